"""``newsreader import`` and ``newsreader export``."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.library.feeds.test_opml import FEEDS, NESTED, opml
from tui.cli import newsreader


def run(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(newsreader, [*map(str, args)], **more)


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    file = tmp_path / "subscriptions.opml"
    file.write_text(NESTED)
    return file


def test_a_list_is_imported_and_exported_again(nested: Path, tmp_path: Path) -> None:
    done = run("import", nested)
    assert (done.exit_code, done.stdout) == (0, "3 feeds added. Fetch them: newsreader sync\n")
    assert {json.loads(line)["url"] for line in run("list", "--json").stdout.splitlines()} == {f.url for f in FEEDS}

    exported = tmp_path / "exported.opml"
    done = run("export", "--opml", exported)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"Written to {exported}.\n")
    assert run("export", "--opml").stdout_bytes == exported.read_bytes()
    again = run("import", "-", input=exported.read_bytes())
    assert (again.exit_code, again.stdout) == (0, "0 feeds added, 3 were there already.\n")

    fresh = ("--data-dir", str(tmp_path / "fresh"))
    assert run("import", exported, *fresh).exit_code == 0
    assert run("export", "--opml", *fresh).stdout_bytes == exported.read_bytes()


def test_what_is_refused_is_named_and_taken_by_consent(tmp_path: Path) -> None:
    file = tmp_path / "a.opml"
    file.write_bytes(
        opml('<outline text="Router\x1b[2J" xmlUrl="http://192.168.1.1/"/>', '<outline xmlUrl="file:///etc/passwd"/>')
    )
    done = run("import", file)
    assert (done.exit_code, done.stdout) == (1, "0 feeds added, 2 left out.\n")
    assert "Router: it is on this machine or in its network" in done.stderr
    assert "\x1b" not in done.stderr
    done = run("import", "--private", file)
    assert (done.exit_code, done.stdout) == (1, "1 feed added, 1 left out. Fetch them: newsreader sync\n")


@pytest.mark.parametrize("content", [None, "hello", "<rss/>"])
def test_what_is_no_list_is_bad_input(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "a.opml"
    if content is not None:
        file.write_text(content)
    done = run("import", file)
    assert done.exit_code == 2
    assert "a.opml" in done.stderr


def test_what_to_export_must_be_said() -> None:
    done = run("export")
    assert (done.exit_code, "--opml" in done.stderr) == (2, True)


def test_a_file_that_is_there_is_written_over_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text("mine")
    done = run("export", "--opml", file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"There is a file {file} already. --force puts this in its place." in done.stderr
    assert file.read_text() == "mine"
    assert run("export", "--opml", "--force", file).exit_code == 0
    assert file.read_bytes() == run("export", "--opml").stdout_bytes


def test_a_file_that_comes_meanwhile_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text("mine")
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self, **more: self != file and exists(self, **more))  # as before it came
    done = run("export", "--opml", file)
    assert (done.exit_code, "already" in done.stderr) == (2, True)
    assert file.read_text() == "mine"


def test_a_list_that_can_be_written_nowhere_is_bad_input(tmp_path: Path) -> None:
    done = run("export", "--opml", tmp_path / "no" / "where.opml")
    assert (done.exit_code, "where.opml" in done.stderr) == (2, True)
