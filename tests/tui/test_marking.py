"""Read and unread: by opening, by the end, by hand; taken back; the next unread; lists hidden, sorted and narrowed."""

from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from library.store import Store
from models.article import Article
from models.listing import Mark, Scope
from models.settings import LibrarySettings, MarkRead, Settings
from tests.tui.conftest import OpenApp, make_article, ready, seen, wait_until
from tests.tui.library_samples import BREAD, BRIDGE, FEEDS, FERRY, NOTES, fill, news
from tests.tui.test_library_pane import choose, in_tree, listed, opened
from tui.app import NewsreaderApp
from tui.screens.reader import ReaderScreen
from tui.screens.tags import TagsScreen
from tui.shelf import Shelf, ShelfUnusable

UNREAD = [BREAD.id, FERRY.id, NOTES.id]


@pytest.fixture(autouse=True)
def library(settings: Settings) -> None:
    fill(settings)


def unread(settings: Settings) -> list[str]:
    with Store.open(settings.library_file) as store:
        return store.listings.ids(Scope(unread=True))


def marking(settings: Settings, when: MarkRead) -> None:
    """Set when an article counts as read, before the app is made."""
    object.__setattr__(settings, "library", LibrarySettings(mark_read=when))


async def said(pilot: Pilot[Any], words: str) -> None:
    def notices() -> list[str]:
        app = pilot.app
        assert isinstance(app, NewsreaderApp)
        return [notice.message for notice in app._notifications]

    await wait_until(pilot, lambda: any(words in notice for notice in notices()), words)


async def test_a_key_toggles_and_another_takes_it_back(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("U")
        await said(pilot, "Marked as read.")
        assert unread(settings) == [FERRY.id, NOTES.id]
        await pilot.press("U")
        await said(pilot, "Marked as unread.")
        await pilot.press("z", "z")
        await said(pilot, "Taken back: 1 article read again.")
        await said(pilot, "Taken back: 1 article unread again.")
        assert unread(settings) == UNREAD
        await pilot.press("z")
        await said(pilot, "There is no marking to take back.")


async def test_what_is_marked_in_an_article_that_a_sync_has_replaced_is_listed(
    open_app: OpenApp, settings: Settings
) -> None:
    newer = news("[i]Bakers[/] strike again", 9, FEEDS[1])
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await ready(pilot)
        with Store.open(settings.library_file) as store:
            store.feeds.keep_entry(2, BREAD.headline, "other digest", newer)
        await pilot.press("asterisk")
        await said(pilot, "Starred.")
        await pilot.press("p")
        await said(pilot, "Put by for later.")
        await pilot.press("}", "}", "H")
        await wait_until(pilot, lambda: screen.article.highlighted == {2}, "the highlight")
        await pilot.press("T")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TagsScreen), "the line")
        await pilot.press(*"strikes", "enter")
        await wait_until(pilot, lambda: "strikes" in seen(pilot), "the tag")
        assert screen.open_article == BREAD
        for folder in ("Starred", "For later", "Highlighted", "strikes"):
            await choose(pilot, screen, folder)
            assert listed(screen) == [newer.id]
        await pilot.press("z")
        await said(pilot, "Taken back: paragraph 2 not highlighted again.")
        await pilot.press("z")
        await said(pilot, "Taken back: 1 article not put by again.")
    with Store.open(settings.library_file) as store:
        [line] = store.listings.headlines([newer.id])
        assert (line.starred, line.later, line.tags) == (True, False, ("strikes",))
        assert store.highlights.of([newer.id]) == {}


async def test_what_could_not_be_taken_back_is_taken_back_by_the_next_key(
    open_app: OpenApp, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object, **__: object) -> list[str]:
        raise ShelfUnusable("The library is in use.")

    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("U")
        await said(pilot, "Marked as read.")
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(Shelf, "mark", busy)
            await pilot.press("z")
            await said(pilot, "The library is in use.")
        await pilot.press("z")
        await said(pilot, "Taken back: 1 article unread again.")
        assert unread(settings) == UNREAD


async def test_that_there_is_nothing_to_take_back_any_more_is_said(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("U")
        await said(pilot, "Marked as read.")
        with Store.open(settings.library_file) as store:
            store.states.mark([BREAD.id], Mark.READ, on=False)
        await pilot.press("z")
        await said(pilot, "There is nothing to take back: what was marked last is so no more")
        await pilot.press("z")
        await said(pilot, "There is no marking to take back.")


async def test_all_of_a_list_are_marked_and_only_those_come_back(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await in_tree(pilot, "Harbour Gazette")
        await pilot.press("M")
        await said(pilot, "1 article marked as read.")
        assert unread(settings) == [BREAD.id, NOTES.id]
        await pilot.press("z")
        await said(pilot, "Taken back: 1 article unread again.")
        assert unread(settings) == UNREAD


async def test_read_by_the_end_alone(open_app: OpenApp, settings: Settings) -> None:
    long = make_article("A long story")
    with Store.open(settings.library_file) as store:
        store.add(long)
    marking(settings, MarkRead.END)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        screen.library.open(long.id)
        await ready(pilot)
        await pilot.pause(0.2)
        assert long.id in unread(settings)
        await pilot.press("G")
        await wait_until(pilot, lambda: long.id not in unread(settings), "the mark")
        screen.library.open(BREAD.id)  # all of it is in sight
        await wait_until(pilot, lambda: BREAD.id not in unread(settings), "the mark")


async def test_never_read_unless_told(open_app: OpenApp, settings: Settings) -> None:
    marking(settings, MarkRead.NEVER)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("G")
        await pilot.pause(0.2)
        assert unread(settings) == UNREAD
        await pilot.press("U")
        await said(pilot, "Marked as read.")
        assert unread(settings) == [FERRY.id, NOTES.id]


def is_open(screen: ReaderScreen, article: Article) -> bool:
    return screen.open_article == article


async def test_one_key_goes_from_unread_to_unread_across_feeds(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "Harbour Gazette")
        for article in (FERRY, BREAD, NOTES):
            await pilot.press("u")
            await wait_until(pilot, partial(is_open, screen, article), article.headline)
            await ready(pilot)
        assert screen.library.branch is not None
        assert screen.library.branch.label == "Unread"
        await pilot.press("u")
        await said(pilot, "Nothing is unread.")


@pytest.mark.parametrize(
    ("key", "folder", "signs", "off"),
    [("asterisk", "Starred", "●★  [i]Bakers", "not starred"), ("p", "For later", "● » [i]Bakers", "not put by")],
)
async def test_what_is_marked_stands_in_the_tree_and_is_taken_back(
    open_app: OpenApp, key: str, folder: str, signs: str, off: str
) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press(key)
        await wait_until(pilot, lambda: folder in seen(pilot) and signs in seen(pilot), "the mark")
        screen = await in_tree(pilot, folder)
        assert listed(screen) == [BREAD.id]
        await pilot.press("z")
        await said(pilot, f"Taken back: 1 article {off} again.")
        await wait_until(pilot, lambda: signs not in seen(pilot), "its end")
        await pilot.press("right", key, key)
        await said(pilot, "No longer ")


async def test_an_open_article_is_starred(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("asterisk")
        await said(pilot, "Starred.")
    with Store.open(settings.library_file) as store:
        assert store.listings.ids(Scope(starred=True)) == [BREAD.id]


async def test_read_ones_are_hidden_and_listed_again(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "Harbour Gazette")
        await pilot.press("h")
        await wait_until(pilot, lambda: listed(screen) == [FERRY.id], "the list")
        await pilot.press("h")
        await wait_until(pilot, lambda: listed(screen) == [BRIDGE.id, FERRY.id], "the list")


async def test_lists_are_sorted_otherwise(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "News")
        await pilot.press("S")
        await wait_until(pilot, lambda: listed(screen) == [FERRY.id, BRIDGE.id, BREAD.id], "oldest first")
        await pilot.press("S")
        await wait_until(pilot, lambda: listed(screen) == [BREAD.id, BRIDGE.id, FERRY.id], "by feed")


async def test_typing_narrows_a_list_and_escape_shows_all(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"FERRY")
        await wait_until(pilot, lambda: listed(screen) == [FERRY.id], "the list")
        await pilot.press("enter")
        assert screen.library.headlines.has_focus
        await pilot.press("escape")
        await wait_until(pilot, lambda: listed(screen) == UNREAD, "the list")
        assert screen.library.headlines.has_focus


async def test_files_are_marked_too(open_app: OpenApp, article: Article, settings: Settings) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        assert article.id not in unread(settings)
        await pilot.press("U")
        await said(pilot, "Marked as unread.")
        assert article.id in unread(settings)


async def test_what_is_marked_is_the_list_that_the_reader_is_on(
    open_app: OpenApp, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "News")

        async def busy(*_: object, **__: object) -> list[str]:
            raise ShelfUnusable("The library is busy.")

        monkeypatch.setattr(Shelf, "listed", busy)
        await pilot.press("down", "M")  # before the cursor has come to rest
        await wait_until(pilot, lambda: "✗ The library is busy." in seen(pilot), "the trouble")
        assert listed(screen) == []
        await pilot.press("M")
        await pilot.pause(0.1)
        assert unread(settings) == UNREAD


async def test_what_is_not_in_the_library_yet_is_kept_and_marked(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    other, more = make_article("Another story"), make_article("One more")
    async with open_app(article, other, more).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("l", "down", "down")
        assert screen.library.headlines.at_cursor == more.id
        assert not screen.library.headlines.is_read(more.id)
        await pilot.press("U")
        await wait_until(pilot, lambda: screen.library.headlines.is_read(more.id), "the mark")
        await said(pilot, "Marked as read.")
        await pilot.press("p")
        await said(pilot, "Put by for later.")
        with Store.open(settings.library_file) as store:
            assert store.listings.ids(Scope(later=True)) == [more.id]


async def test_a_removed_article_is_not_said_to_be_marked(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        with Store.open(settings.library_file) as store:
            store.remove(BREAD.id)
        await pilot.press("U")
        await said(pilot, "This article is not in the library any more.")
