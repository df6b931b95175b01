"""``newsreader add --watch``, and folders in the other commands."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from library.feed_store import FeedStore
from models.feed import Feed
from tui.cli import newsreader


def run(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(newsreader, [*map(str, args)], **more)


def listed() -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("list", "--json").stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Inbox\x1b[2J"
    folder.mkdir()
    (folder / "ferry.txt").write_text("Ferry\n\nIt stops.\n")
    return folder


def test_a_folder_is_watched_from_then_on(folder: Path) -> None:
    done = run("add", "--watch", "--folder", "Mine", folder)
    assert (done.exit_code, done.stdout) == (0, "Watching Inbox: 1 new article.\n")
    (folder / "bridge.txt").write_text("Bridge\n\nIt opens.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = run("sync", "inbox")
    assert (done.exit_code, done.stdout) == (0, "Inbox: 1 new\n1 new article from 1 feed.\n")
    assert "Inbox: left out: " in done.stderr
    assert "picture.png" in done.stderr
    assert "\x1b" not in done.output
    [feed] = listed()
    assert (feed["title"], feed["folder"], feed["articles"], feed["error"]) == ("Inbox", ["Mine"], 2, None)
    assert "watched: " in run("list", env={"COLUMNS": "200"}).stdout
    assert run("remove", "Inbox").exit_code == 0
    assert (folder / "ferry.txt").exists()


def test_watching_again_changes_what_was_chosen(folder: Path) -> None:
    run("add", "--watch", folder)
    again = folder.with_name("link")
    again.symlink_to(folder)
    assert run("add", "--watch", again).stdout == "Inbox is there already.\n"
    assert run("add", "--watch", "--title", "Mine", again).stdout == "Mine is changed: it was called Inbox.\n"
    assert len(listed()) == 1


def test_a_folder_that_another_newsreader_watches_first_is_there_already(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = FeedStore.add

    def quicker(store: FeedStore, feed: Feed) -> int | None:
        add(store, feed)
        return add(store, feed)

    monkeypatch.setattr(FeedStore, "add", quicker)
    done = run("add", "--watch", folder)
    assert (done.exit_code, done.stdout) == (0, "Inbox is there already.\n")


def test_a_folder_that_has_gone_fails_beside_the_others(folder: Path) -> None:
    run("add", "--watch", folder)
    folder.rename(folder.with_name("aside"))
    done = run("sync")
    assert (done.exit_code, done.stderr) == (1, "Inbox: the folder can't be read: No such file or directory\n")
    assert listed()[0]["error"] == "the folder can't be read: No such file or directory"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nowhere",), "nowhere is no folder"),
        (("{folder}/ferry.txt",), "ferry.txt is no folder"),
        (("{folder}", "https://a.example/rss"), "https://a.example/rss is no folder"),
        (("-",), "- is no folder"),
        (("x" * 5000,), "is no folder"),
        (("a\0b",), "is no folder"),
        (("file:///etc",), "file:///etc is no folder"),
        (("--private", "{folder}"), "a folder is not"),
        (("--full-text", "{folder}"), "a folder is not"),
    ],
)
def test_what_can_not_be_watched_is_said_and_nothing_is(folder: Path, args: tuple[str, ...], said: str) -> None:
    done = run("add", "--watch", *(arg.format(folder=folder) for arg in args))
    assert done.exit_code == 2
    assert said in done.stderr
    assert "\x1b" not in done.stderr
    assert listed() == []


def test_a_folder_of_pictures_is_not_told_of_file_by_file(folder: Path) -> None:
    for n in range(30):
        (folder / f"{n}.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = run("add", "--watch", folder)
    assert done.exit_code == 0
    assert len(done.stderr.splitlines()) == 21
    assert done.stderr.endswith("10 other files without an article.\n")


def test_only_this_command_makes_a_feed_of_a_folder(tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text('<opml><body><outline text="A" xmlUrl="file:///etc"/></body></opml>')
    assert run("import", "--private", opml).exit_code == 1
    assert run("add", "--private", "file:///etc").exit_code == 2
    assert listed() == []


def test_a_pipe_in_a_folder_that_is_added_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    done = run("add", folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Kept: 1 article of ")
