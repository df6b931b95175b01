"""Folders that are watched: what is new and changed in them is taken in by a sync."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from library import reader
from library.feeds import watched
from library.feeds.opml import read_opml, write_opml
from library.feeds.sync import Outcome, Sync
from library.feeds.watched import has_changed, watched_url
from library.fetching.fetcher import Fetcher
from library.folder import look_through
from library.reader import UnreadableArticle, article_from, read_bytes
from library.store import Store
from models.article import Article
from models.feed import Feed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in\x1b[2J & out"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.feeds.add(Feed(url=watched_url(folder), title="Inbox"))
        yield opened


def sync(store: Store) -> Outcome:
    async def run() -> list[Outcome]:
        async with Fetcher() as fetcher:
            return await Sync(store.feeds, fetcher, lambda _: None).run(store.feeds.feeds())

    [outcome] = asyncio.run(run())
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, str | None]:
    return outcome.new, outcome.updated, outcome.error


def headlines(store: Store) -> list[str]:
    return sorted(one.headline for one in store.articles())


def write(path: Path, headline: str, text: str = "It is said.", changed: float | None = None) -> None:
    path.write_text(f"{headline}\n\n{text}\n")
    if changed is not None:
        os.utime(path, (changed, changed))


def error_of(store: Store) -> str | None:
    [listed] = store.feeds.feeds()
    return listed.feed.error


def test_new_and_changed_files_are_taken_in_once(store: Store, folder: Path) -> None:
    write(folder / "ferry.txt", "Ferry", changed=1)
    write(folder / "bridge.txt", "Bridge", changed=2)
    assert counts(sync(store)) == (2, 0, None)
    assert counts(sync(store)) == (0, 0, None)
    write(folder / "ferry.txt", "Ferry", "It is said again.", changed=3)
    assert counts(sync(store)) == (0, 1, None)
    assert headlines(store) == ["Bridge", "Ferry"]
    [listed] = store.feeds.feeds()
    assert (listed.articles, listed.unread, listed.feed.watched) == (2, 2, folder)


def test_what_is_deleted_stays_in_the_library(store: Store, folder: Path) -> None:
    write(folder / "ferry.txt", "Ferry")
    sync(store)
    (folder / "ferry.txt").unlink()
    assert counts(sync(store)) == (0, 0, None)
    assert headlines(store) == ["Ferry"]
    assert [one.headline for one, _ in store.feeds.articles(1)] == ["Ferry"]


def test_a_file_that_is_renamed_and_written_to_stays_one_article(store: Store, folder: Path) -> None:
    write(folder / "draft.txt", "Ferry")
    sync(store)
    (folder / "draft.txt").rename(folder / "final.txt")
    assert counts(sync(store)) == (0, 0, None)
    write(folder / "final.txt", "Ferry", "It is said again.", changed=3)
    assert counts(sync(store)) == (0, 1, None)
    assert headlines(store) == ["Ferry"]


def test_a_folder_that_has_gone_is_told_beside_it_and_nothing_else_happens(store: Store, folder: Path) -> None:
    write(folder / "ferry.txt", "Ferry")
    sync(store)
    aside = folder.rename(folder.with_name("aside"))
    assert counts(sync(store)) == (0, 0, "the folder can't be read: No such file or directory")
    assert error_of(store) == "the folder can't be read: No such file or directory"
    assert headlines(store) == ["Ferry"]
    aside.rename(folder)
    assert counts(sync(store)) == (0, 0, None)
    assert error_of(store) is None


def test_what_holds_no_article_is_named_once(store: Store, folder: Path) -> None:
    write(folder / "ferry.txt", "Ferry")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "empty.txt").touch()
    outcome = sync(store)
    assert counts(outcome) == (1, 0, None)
    assert {reason.split("/")[-1].split(" ")[0] for reason in outcome.left_out} == {"picture.png", "empty.txt"}
    assert sync(store).left_out == ()
    write(folder / "empty.txt", "No longer empty")
    assert counts(sync(store)) == (1, 0, None)


def test_what_can_not_be_read_is_told_until_it_can(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path) -> bytes:
        if path.name.startswith("locked"):
            raise UnreadableArticle(f"{path.name} can't be read: you have no permission to.")
        return read_bytes(path)

    monkeypatch.setattr(watched, "read_bytes", locked)
    for n in range(5):
        write(folder / f"locked{n}.txt", f"Locked {n}", changed=n)
    write(folder / "ferry.txt", "Ferry")
    for expected in (1, 0):
        outcome = sync(store)
        assert outcome.new == expected
        assert error_of(store) == outcome.error
        assert (outcome.error or "").startswith("locked0.txt can't be read: you have no permission to.")
        assert (outcome.error or "").endswith("So it is with 2 more.")
    assert not has_changed(look_through(folder).files, folder, store.feeds.digests(1))
    monkeypatch.setattr(watched, "read_bytes", read_bytes)
    assert counts(sync(store)) == (5, 0, None)


def test_a_file_that_breaks_what_reads_it_stops_no_other(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(data: bytes, **more: str) -> Article:
        if b"Broken" in data:
            raise ValueError("year 0 is out of range\x1b[2J")
        return article_from(data, **more)

    monkeypatch.setattr(watched, "article_from", breaking)
    write(folder / "broken.txt", "Broken")
    write(folder / "ferry.txt", "Ferry")
    outcome = sync(store)
    assert counts(outcome) == (1, 0, None)
    assert outcome.left_out[0].endswith("broken.txt can't be read: year 0 is out of range.")


def test_a_huge_file_is_told_and_not_even_read(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(100 * reader.SIZE_LIMIT)  # nothing of it is on disk
    monkeypatch.setattr(watched, "read_bytes", lambda _: pytest.fail("it was read"))
    outcome = sync(store)
    assert outcome.new == 0
    assert "is larger than 10 MB" in (outcome.error or "")


def test_thousands_of_files_with_any_name_are_taken_in(store: Store, folder: Path) -> None:
    for n in range(2000):
        write(folder / f"{n}.txt", f"Story {n}", f"It is said for the {n}th time.")
    write(Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9\x1b[2J\n\xe2\x80\xae.txt")), "Odd")
    assert counts(sync(store)) == (2001, 0, None)
    assert counts(sync(store)) == (0, 0, None)
    [odd] = [one for one in store.articles() if one.headline == "Odd"]
    assert not {"\x1b", "\n", "\u202e"} & set(odd.origin)


def test_the_app_can_tell_whether_there_is_something_to_take_in(store: Store, folder: Path) -> None:
    def changed() -> bool:
        return has_changed(look_through(folder).files, folder, store.feeds.digests(1))

    assert not changed()
    write(folder / "ferry.txt", "Ferry")
    assert changed()
    sync(store)
    assert not changed()
    (folder / "ferry.txt").unlink()
    assert not changed()


def test_a_folder_is_no_feed_for_others(store: Store, folder: Path) -> None:
    feeds = [one.feed for one in store.feeds.feeds()]
    assert read_opml(write_opml(feeds)).feeds == ()
    assert str(folder) not in write_opml(feeds).decode()
