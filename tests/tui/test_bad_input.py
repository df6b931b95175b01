"""Wrong, missing, huge and foreign arguments: it is said what is wrong, in a few words, and nothing is lost."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from library.store import Store
from models.article import Article
from models.feed import Feed
from models.settings import Settings
from tests.tui.command_line import Run
from tui.cli import LONGEST_LINE, newsreader

HUGE = "x" * 100_000
ARTICLE = Article.build("Ferry", ["The ferry stops."], origin="-")


def invoke(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(newsreader, [*map(str, args)], **more)


@pytest.fixture(autouse=True)
def store() -> Iterator[Store]:
    """One feed with one article, the first of what was listed."""
    with Store.open(Settings().library_file) as opened:
        opened.feeds.add(Feed(url="https://gazette.example/rss", title="Gazette"))
        opened.feeds.keep_entry(1, "1", "d", ARTICLE)
        opened.numbering.keep([ARTICLE.id])
        yield opened


@pytest.mark.parametrize("nothing", ["", "  "])
@pytest.mark.parametrize(
    "args",
    [
        ("remove",),
        ("sync",),
        ("list",),
        ("mark", "read"),
        ("mark", "read", "--feed"),
        ("open",),
        ("add",),
        ("add", "--watch"),
        ("import",),
        ("export", "--article"),
        ("search", "--save"),
        ("search", "--forget"),
        ("tag", "--forget"),
    ],
)
def test_nothing_stands_for_nothing(store: Store, args: tuple[str, ...], nothing: str) -> None:
    """A variable of the shell that is empty must not stand for whatever there is."""
    done = invoke(*args, nothing)
    assert done.exit_code == 2, done.output
    assert [one.number for one in store.feeds.feeds()] == [1]


@pytest.mark.parametrize(
    "args",
    [
        ("doctor", "--backup", HUGE),
        ("export", "--opml", HUGE),
        ("export", "--article", HUGE),
        ("export", "--article", "1", "folder/" + HUGE),
        ("models", "use", HUGE),
        ("models", "import", HUGE),
        ("models", "remove", HUGE),
        ("add", "--title", HUGE, "example.org"),
        ("add", "--folder", HUGE, "example.org"),
        ("search", "ferry", "--save", HUGE),
        ("tag", HUGE, "1"),
    ],
)
def test_a_name_that_is_too_long_is_refused(store: Store, args: tuple[str, ...]) -> None:
    done = invoke(*args)
    assert done.exit_code == 2
    assert "so long a name" in done.stderr or "has no more than" in done.stderr
    assert (store.searches.all(), store.tags.all()) == ([], [])


def test_what_was_typed_neither_fills_the_screen_nor_steers_it(run: Run) -> None:
    for args in (("list", HUGE), ("search", "--from", HUGE), ("mark", HUGE), ("models", "list", "\x1b[2J\u202e")):
        done = run(*args)
        assert done.returncode == 2
        assert max(map(len, done.stderr.splitlines())) <= LONGEST_LINE + 1
        assert not {"\x1b", "\u202e"} & set(done.stderr)


# --- writing files ---


@pytest.mark.parametrize("args", [("export", "--opml"), ("export", "--article", "1"), ("doctor", "--backup")])
def test_a_file_that_can_not_be_written_is_said_to_be(tmp_path: Path, args: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("mine")
    for target in (tmp_path / "nowhere" / "a", tmp_path / "file" / "a", tmp_path):
        done = invoke(*args, target)
        assert done.exit_code == 2
        assert "can't be written" in done.stderr or "is a directory" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_what_is_exported_replaces_a_file_as_a_whole_and_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "real.md", tmp_path / "link.md"
    file.write_text("mine " * 10_000)
    file.chmod(0o640)
    link.symlink_to(file)
    assert invoke("export", "--article", "1", "--force", link).exit_code == 0
    assert link.is_symlink()
    assert file.read_text() == "# Ferry\n\nThe ferry stops.\n"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """So would be a device: the superuser could lose /dev/null."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    assert invoke("export", "--article", "1", pipe).exit_code == 0
    reader.join(timeout=20)
    assert read == ["# Ferry\n\nThe ferry stops.\n"]
    assert pipe.is_fifo()


def test_what_can_not_be_written_whole_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "story.md"
    file.write_text("mine")

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = invoke("export", "--article", "1", "--force", file)
    assert (done.exit_code, "No space left on device" in done.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["story.md"]
    assert file.read_text() == "mine"
