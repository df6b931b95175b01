"""Subscribing, syncing and unsubscribing in the app, against a web server that behaves and one that does not."""

import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from library.store import Store
from models.feed import Feed
from models.settings import Settings
from tests.library.feeds.samples import item, rss_of
from tests.tui.conftest import OpenApp, seen, wait_until
from tests.tui.library_samples import fill
from tests.tui.test_library_pane import in_tree, opened
from tests.web_server import Reply, WebServer
from tui.screens.add import AddScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.sync_line import SyncLine

PAGE = """<html><head><title>The island</title>
<link rel="alternate" type="application/rss+xml" title="[b]Gazette[/]" href="/feed"></head>
<body><article><h1>The island</h1><p>Hollin Island has a harbour, a bakery and a ferry twice a day.</p></article></body>
</html>"""


def titles(settings: Settings) -> list[str]:
    with Store.open(settings.library_file) as store:
        return [one.feed.title for one in store.feeds.feeds()]


async def test_an_address_is_asked_for_and_near_ones_only_by_consent(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    fill(settings)
    server.pages["/feed"] = Reply(rss_of(item("Ferry stops", guid="1")))
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("plus")
        screen = pilot.app.screen
        assert isinstance(screen, AddScreen)
        screen.address.value = f"{server.site}/feed"
        screen.folder.value = "News/Harbour"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Enter once more" in seen(pilot))
        assert not server.paths
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen), "the feed")
        await wait_until(pilot, lambda: "Harbour" in seen(pilot) and "Ferry stops" in seen(pilot), "its articles")
    assert "Gazette" in titles(settings)


async def test_what_is_no_address_or_fails_is_told_and_can_be_mended(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    fill(settings)
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("plus", *"ftp://[x]", "enter")
        await wait_until(pilot, lambda: "✗ " in seen(pilot), "the trouble")
        screen = pilot.app.screen
        assert isinstance(screen, AddScreen)
        screen.address.value = f"{server.site}/missing"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "? This address" in seen(pilot))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "✗ there is nothing at this address" in seen(pilot), "the trouble")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_a_page_is_kept_and_the_feeds_of_its_site_offered(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    fill(settings)
    server.pages |= {
        "/page": Reply(PAGE, headers={"Content-Type": "text/html"}),
        "/feed": Reply(rss_of(item("Ferry stops", guid="1"))),
    }
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("plus")
        screen = pilot.app.screen
        assert isinstance(screen, AddScreen)
        screen.address.value = f"{server.site}/page"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "? This address" in seen(pilot))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "[b]Gazette[/]" in seen(pilot), "the offer")
        await pilot.press("enter")  # consent is to the host, so there is no second question
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen), "the feed")
    assert "Gazette" in titles(settings)


async def added(pilot: Pilot[Any], source: str) -> AddScreen:
    await pilot.press("plus")
    screen = pilot.app.screen
    assert isinstance(screen, AddScreen)
    screen.address.value = source
    await pilot.press("enter")
    return screen


async def test_a_folder_is_watched_and_a_file_kept(open_app: OpenApp, settings: Settings, tmp_path: Path) -> None:
    fill(settings)
    inbox = tmp_path / "In[b]box"
    inbox.mkdir()
    (inbox / "bridge.txt").write_text("Bridge opens\n\nIt opens in June.\n")
    (inbox / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "tram.txt").write_text("Tram line planned\n\nIt is planned.\n")
    async with open_app(script={}).run_test(size=(120, 40), notifications=True) as pilot:
        screen = await opened(pilot)
        await added(pilot, str(inbox))
        await wait_until(pilot, lambda: "Watching In[b]box: 1 new article." in seen(pilot), "the folder")
        await wait_until(pilot, lambda: "picture.png" in seen(pilot), "what is left out")
        await wait_until(pilot, lambda: "In[b]box" in [one.label for one in screen.library.feeds.branches], "the tree")
        await added(pilot, str(tmp_path / "tram.txt"))
        await wait_until(pilot, lambda: "Kept: Tram line planned" in seen(pilot), "the file")
    assert "In[b]box" in titles(settings)
    with Store.open(settings.library_file) as store:
        assert {"Bridge opens", "Tram line planned"} <= {one.headline for one in store.articles()}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{folder}/nothing", "There is no file or folder"),
        ("{folder}/picture.png", "it is a picture"),
        ("{folder}/feeds.opml", "is a list of feeds: newsreader import"),
        ("~nobody-of-this-name/x", "nobody-of-this-name"),
        ("file:///etc/hosts", "only http and https are fetched"),
        ("x" * 5000, "There is no file or folder"),
    ],
)
async def test_a_path_that_can_not_be_added_is_told(
    open_app: OpenApp, settings: Settings, tmp_path: Path, source: str, said: str
) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen), "the app")
        screen = await added(pilot, source.format(folder=tmp_path))
        await wait_until(pilot, lambda: said in str(screen.state.content), said)
        assert "✗" in seen(pilot)
        assert screen.is_current
    assert titles(settings) == []


def subscribed(settings: Settings, server: WebServer, *paths: str) -> None:
    with Store.open(settings.library_file) as store:
        for path in paths:
            store.feeds.add(Feed(url=f"{server.site}{path}", title=path[1:], private=True))


async def test_a_sync_brings_what_is_new_and_shows_what_fails_beside_its_feed(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    server.pages["/good"] = Reply(rss_of(item("First news", guid="1"), item("Second news", guid="2")))
    subscribed(settings, server, "/bad", "/good")
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "good" in seen(pilot), "the feeds")
        assert not server.paths  # nothing is fetched unless it is asked for
        await pilot.press("R")
        line = pilot.app.screen.query_one(SyncLine)
        done = "✗ 2 new articles from 2 feeds; 1 could not be fetched."
        await wait_until(pilot, lambda: str(line.content) == done, "the end")
        await wait_until(pilot, lambda: "First news" in seen(pilot), "what is new")
        await in_tree_of(pilot, "bad")
        await wait_until(pilot, lambda: "✗ there is nothing" in seen(pilot), "the error")
        server.requests.clear()
        await in_tree_of(pilot, "good")
        await pilot.press("r")
        await wait_until(pilot, lambda: server.paths == ["/good"] and not pilot.app.screen.query_one(SyncLine).syncing)


async def in_tree_of(pilot: Pilot[Any], label: str) -> None:
    """Go to a feed of a library that is not that of the samples."""
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    screen.library.feeds.cursor = [branch.label for branch in screen.library.feeds.branches].index(label)
    await wait_until(pilot, lambda: screen.library.branch and screen.library.branch.label == label, label)


async def test_a_sync_is_stopped_and_the_app_stays_awake(
    open_app: OpenApp, settings: Settings, server: WebServer
) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        server.released.wait(20)

    server.pages["/silent"] = silent
    subscribed(settings, server, "/silent")
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "silent" in seen(pilot), "the feed")
        await pilot.press("R")
        await wait_until(pilot, lambda: server.paths, "the request")
        assert "x stops" in seen(pilot)
        await pilot.press("left", "j", "k")  # keys are taken meanwhile
        began = time.monotonic()
        await pilot.press("x")
        await wait_until(pilot, lambda: "Stopped. What was fetched" in seen(pilot), "the end")
        assert time.monotonic() - began < 15  # the server would have been silent for longer
        server.released.set()


@pytest.mark.parametrize(("presses", "left"), [(["enter"], 4), (["down", "enter"], 2), (["escape"], 4)])
async def test_unsubscribing_asks_first(open_app: OpenApp, settings: Settings, presses: list[str], left: int) -> None:
    fill(settings)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "Harbour Gazette")
        await pilot.press("D")
        await wait_until(pilot, lambda: "Harbour Gazette: 2 articles, 1 of them unread." in seen(pilot))
        await pilot.press(*presses)
        gone = presses != ["escape"]
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        await wait_until(
            pilot,
            lambda: ("Harbour Gazette" in [branch.label for branch in screen.library.feeds.branches]) is not gone,
            "the tree",
        )
    with Store.open(settings.library_file) as store:
        assert len(store.articles()) == left
