"""Folders are looked through whatever lies about in them."""

import os
from pathlib import Path

import pytest

from library import folder as folders
from library.folder import look_through


def write(path: Path, text: str = "A\n\nOne.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(folder: Path) -> list[str]:
    return [str(file.path.relative_to(folder)) for file in look_through(folder).files]


def test_files_are_found_in_order_and_what_nobody_put_there_is_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "in/c.txt", "in/deep/d.md", ".hidden", ".git/e.txt", "a.txt~"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.txt", "b.txt", "in/c.txt", "in/deep/d.md"]


def test_links_and_what_is_no_file_are_left_alone(tmp_path: Path) -> None:
    inside = write(tmp_path / "folder" / "a.txt")
    (inside.parent / "round").symlink_to(inside.parent)
    (inside.parent / "away.txt").symlink_to(write(tmp_path / "secret.txt"))
    (inside.parent / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(inside.parent / "pipe.txt")
    assert names(inside.parent) == ["a.txt"]


def test_the_state_of_a_file_is_another_when_it_has_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    os.utime(path, (1, 1))
    [before] = look_through(tmp_path).files
    assert look_through(tmp_path).files == (before,)
    write(path, "B\n\nTwo.")
    [after] = look_through(tmp_path).files
    assert after.path == before.path
    assert after.state != before.state


def test_names_of_any_bytes_are_found(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J\n.txt"
    Path(os.fsdecode(odd)).write_text("A")
    [file] = look_through(tmp_path).files
    assert os.fsencode(file.path) == odd


def test_a_folder_in_it_that_can_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "locked\x1b[2J" / "b.txt")
    real = os.scandir

    def scandir(path: Path) -> "os._ScandirIterator[str]":
        if "locked" in str(path):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = look_through(tmp_path)
    assert [file.path.name for file in found.files] == ["a.txt"]
    [problem] = found.problems
    assert problem.endswith("locked can't be read: Permission denied.")
    with pytest.raises(FileNotFoundError):
        look_through(tmp_path / "gone")


def test_a_folder_without_end_is_cut_off_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    for n in range(5):
        write(tmp_path / f"{n}.txt")
    found = look_through(tmp_path)
    assert [file.path.name for file in found.files] == ["0.txt", "1.txt", "2.txt"]
    assert "more than 3 files" in found.problems[0]
