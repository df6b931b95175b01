"""A disk that is full, and one that can't be written: a real file system of its own, in a mount namespace."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from library.store import Store

NEWSREADER = Path(sys.executable).with_name("newsreader")
SAMPLE = Path(__file__).parents[2] / "library" / "samples" / "harbour-bridge.txt"
DISK_KB = 700


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a folder that becomes a small disk in ``on_disk``, and holds the library."""
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(tmp_path)]
    if not shutil.which("unshare") or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no mount namespaces here: unshare -m is not permitted")
    monkeypatch.setenv("NEWSREADER_LIBRARY_DIR", str(tmp_path / "disk"))
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def on_disk(disk: Path, commands: str) -> subprocess.CompletedProcess[str]:
    """Run shell commands with a small disk mounted; what they leave on it is copied beside it."""
    mounted = (
        f"mount -t tmpfs -o size={DISK_KB}k none {disk}; {commands}; status=$?; cp -r {disk} {disk}-after; exit $status"
    )
    shell = ["unshare", "-rm", "sh", "-c", mounted]
    return subprocess.run(shell, capture_output=True, text=True, check=False, cwd=disk.parent)


def test_a_full_disk_is_said_to_be_and_what_was_kept_is_there(disk: Path, tmp_path: Path) -> None:
    for number in range(60):
        text = "".join(f"Word{number}x{line} is said. " * 20 + "\n" for line in range(20))
        (tmp_path / f"{number}.txt").write_text(f"Story {number}\n20240307\nhttps://gazette.example/{number}\n{text}")
    done = on_disk(disk, f"{NEWSREADER} add *.txt")
    assert done.returncode == 1
    assert "its disk is full. Make room, and try again." in done.stderr
    with Store.open(Path(f"{disk}-after") / "library.db") as store:
        kept = {article.headline for article in store.articles()}
    assert kept
    assert kept == set(done.stdout.removesuffix("\n").replace("Kept: ", "").split("\n"))


def test_a_disk_that_can_not_be_written_is_read_and_what_is_to_be_kept_has_a_way_out(
    disk: Path, tmp_path: Path
) -> None:
    kept = f"{NEWSREADER} add {SAMPLE} && mount -o remount,ro {disk}"
    done = on_disk(disk, f"{kept} && {NEWSREADER} search bridge && {NEWSREADER} add {SAMPLE}")
    assert done.returncode == 1
    assert "Galway closes harbour bridge" in done.stdout.split("\n", 1)[1]
    assert "library.db can only be read." in done.stderr
    assert "--data-dir FOLDER" in done.stderr
    none = on_disk(disk, f"mount -o remount,ro {disk}; {NEWSREADER} add {SAMPLE}")
    assert none.returncode == 1
    assert "can't be" in none.stderr
    assert "--data-dir FOLDER" in none.stderr
    elsewhere = on_disk(
        disk, f"mount -o remount,ro {disk}; NEWSREADER_LIBRARY_DIR={tmp_path}/else {NEWSREADER} add {SAMPLE}"
    )
    assert elsewhere.returncode == 0, elsewhere.stderr
