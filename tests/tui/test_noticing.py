"""What the app notices while it is open: feeds that are due, and what is new in watched folders."""

import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from library.feeds.watched import watched_url
from library.store import Store
from models.feed import Feed
from models.settings import LibrarySettings, Settings
from tests.library.feeds.samples import item, rss_of
from tests.tui.conftest import OpenApp, reading, seen, wait_until
from tests.tui.test_marking import said
from tests.web_server import Reply, WebServer
from tui.screens import syncing
from tui.shelf import ShelfUnusable
from tui.widgets.sync_line import SyncLine


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(syncing, "LOOK_S", 0.05)
    library = LibrarySettings(sync_minutes=60, watch_seconds=1)
    return Settings(data_dir=tmp_path / "data", log_dir=tmp_path / "log", library=library)


def subscribe(settings: Settings, *feeds: Feed) -> None:
    with Store.open(settings.library_file) as store:
        for feed in feeds:
            store.feeds.add(feed)


async def test_feeds_that_are_due_are_fetched_once_by_themselves(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    server.pages["/good"] = Reply(rss_of(item("First news", guid="1")))
    subscribe(settings, *(Feed(url=server.site + path, title=path[1:], private=True) for path in ("/good", "/bad")))
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "First news" in seen(pilot), "what is new")
        line = pilot.app.screen.query_one(SyncLine)
        await wait_until(pilot, lambda: "1 could not be fetched" in str(line.content), "the trouble")
        asked = list(server.paths)
        await pilot.pause(0.5)
        assert sorted(server.paths) == sorted(asked) == ["/bad", "/good"]


async def test_one_that_fails_is_left_alone_for_longer_and_says_until_when(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    subscribe(settings, Feed(url=f"{server.site}/bad", title="bad", private=True))
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: server.paths == ["/bad"], "the sync")
        screen = await reading(pilot)
        await wait_until(pilot, lambda: "bad" in [one.label for one in screen.library.feeds.branches], "the feed")
        screen.library.feeds.go_to("feed 1")
        await wait_until(pilot, lambda: "it is tried again at" in said_of(pilot), "when")
        assert "times" not in said_of(pilot)
        with Store.open(settings.library_file) as store:
            assert store.feeds.feeds()[0].feed.failures == 1
            store.feeds.count_failures([1])
        await pilot.press("r")
        await wait_until(pilot, lambda: "as it has failed 2 times" in said_of(pilot), "how often")
        assert server.paths == ["/bad", "/bad"]


def said_of(pilot: Pilot[Any]) -> str:
    """Give what stands above the list, on one line."""
    return str(pilot.app.screen.query_one("#library-state", Static).content)


async def test_what_brings_nothing_says_nothing(open_app: OpenApp, settings: Settings, server: WebServer) -> None:
    server.pages["/empty"] = Reply(rss_of())
    subscribe(settings, Feed(url=f"{server.site}/empty", title="empty", private=True))
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: server.paths == ["/empty"], "the sync")
        line = pilot.app.screen.query_one(SyncLine)
        await wait_until(pilot, lambda: not line.syncing, "its end")
        assert not line.display


async def test_what_was_stopped_does_not_begin_again_at_once(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        server.released.wait(20)

    server.pages["/silent"] = silent
    subscribe(settings, Feed(url=f"{server.site}/silent", title="silent", private=True))
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: server.paths, "the sync")
        await pilot.press("x")
        await wait_until(pilot, lambda: "Stopped. What was fetched" in seen(pilot), "the end")
        await pilot.pause(0.5)
        assert server.paths == ["/silent"]
        server.released.set()


async def test_a_new_file_in_a_watched_folder_is_noticed(open_app: OpenApp, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "Inbox"
    folder.mkdir()
    subscribe(settings, Feed(url=watched_url(folder), title="Inbox"))
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "Inbox" in seen(pilot), "the folder")
        (folder / "ferry.txt").write_text("Ferry stops\n\nIt does.\n")
        await wait_until(pilot, lambda: "Ferry stops" in seen(pilot), "the file")
        folder.rename(tmp_path / "aside")
        line = pilot.app.screen.query_one(SyncLine)
        await wait_until(pilot, lambda: "the folder can't be read" in str(line.content), "the trouble")
        (tmp_path / "aside").rename(folder)
        with Store.open(settings.library_file) as store:
            await wait_until(pilot, lambda: store.feeds.feeds()[0].feed.error is None, "the folder again")


async def test_nothing_is_fetched_where_that_is_not_set(
    open_app: OpenApp, settings: Settings, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "library", LibrarySettings(watch_seconds=0))
    subscribe(settings, Feed(url=f"{server.site}/feed", title="feed", private=True))
    began = time.monotonic()
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: time.monotonic() - began > 1 and "feed" in seen(pilot), "the feeds")
        assert server.paths == []


async def test_a_library_that_fails_is_told_of_once(
    open_app: OpenApp, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> list[object]:
        raise ShelfUnusable("The library is [gone].")

    monkeypatch.setattr(syncing, "due_feeds", fails)
    subscribe(settings, Feed(url="https://a.example/feed", title="feed"))
    app = open_app(script={})
    async with app.run_test(size=(120, 40)) as pilot:
        await said(pilot, "The library is [gone].")
        await pilot.pause(0.3)
        assert len([one for one in app._notifications if "gone" in one.message]) == 1
