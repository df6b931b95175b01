"""Searching the library in the app: results with what was found, opened at it, and searches kept in the tree."""

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from library.store import Store
from models.article import Article
from models.listing import SavedSearch
from models.settings import Settings
from tests.tui.conftest import OpenApp, ready, seen, wait_until
from tests.tui.library_samples import BREAD, BRIDGE, FERRY, fill, news
from tests.tui.test_library_pane import in_tree, listed, opened
from tui.branches import found_by
from tui.screens.reader import ReaderScreen
from tui.widgets.marks import Place

SIZES = [(80, 24), (120, 40), (200, 60)]
LATE = Article.build("Council minutes", ["Nothing new.", "The [b]gulls[/b] sleep."], origin="minutes.txt")


@pytest.fixture(autouse=True)
def library(settings: Settings) -> None:
    fill(settings)
    with Store.open(settings.library_file) as store:
        store.add(LATE)
        store.feeds.keep_entry(1, "other", "digest", news("Gulls return", 3))


async def searched(pilot: Pilot[Any], line: str, count: int) -> ReaderScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    await pilot.press("F")
    assert screen.library.search.has_focus
    screen.library.search.value = line
    await wait_until(
        pilot,
        lambda: screen.library.branch and screen.library.branch.search == line and len(listed(screen)) == count,
        line,
    )
    await pilot.press("enter")
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_found_is_shown_and_opened_where_it_stands(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(script={}).run_test(size=size) as pilot:
        await opened(pilot)
        screen = await searched(pilot, "gulls sleep", 1)
        await wait_until(pilot, lambda: "The [b]gulls[/b]" in seen(pilot), "what was found")
        await pilot.press("enter")
        await ready(pilot)
        assert screen.open_article == LATE
        assert screen.article.cited == (Place(2, 7, 12), Place(2, 17, 22))
        assert screen.article.has_focus


async def test_what_is_found_far_down_is_brought_into_sight(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    with Store.open(settings.library_file) as store:
        store.add(article)
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        screen = await searched(pilot, '"sailing 31"', 1)
        await pilot.press("enter")
        await ready(pilot)
        assert "Sailing 31 of the timetable" in seen(pilot)
        assert screen.article.scroll_offset.y > 0


async def test_filters_narrow_it(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        screen = await searched(pilot, "is:unread name:Nowak feed:News", 3)
        assert BRIDGE.id not in listed(screen)
        screen = await searched(pilot, 'name:"Irena Nowak" from:2024-03-07 to:2024-03-08', 2)
        assert listed(screen) == [BRIDGE.id, FERRY.id]


async def test_a_mistake_in_it_is_told_and_mended(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("F", *"last:x")
        await wait_until(pilot, lambda: "✗ last:x can't be read" in seen(pilot), "the mistake")
        await searched(pilot, "bakers", 1)
        await wait_until(pilot, lambda: listed(screen) == [BREAD.id])
        assert "✗ last" not in seen(pilot)


def unread_of(screen: ReaderScreen, label: str) -> int:
    return next(branch.unread for branch in screen.library.feeds.branches if branch.label == label)


async def test_a_search_is_kept_in_the_tree_and_forgotten(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        screen = await searched(pilot, "name:Nowak is:unread", 3)
        await pilot.press("K")
        await pilot.pause()
        await pilot.press(*"Mayor", "enter")
        await wait_until(pilot, lambda: "/ Mayor" in seen(pilot), "its folder")
        with Store.open(settings.library_file) as store:
            assert store.searches.all() == [SavedSearch(name="Mayor", line="name:Nowak is:unread")]
        await wait_until(pilot, lambda: unread_of(screen, "Mayor") == 3, "how many of them are unread")
        await in_tree(pilot, "All articles")
        assert not screen.library.search.display
        await pilot.press("right", "U")
        await wait_until(pilot, lambda: unread_of(screen, "Mayor") == 2, "one less")
        await pilot.press("U", "left")
        await in_tree(pilot, "Mayor")
        await wait_until(pilot, lambda: len(listed(screen)) == 3, "what it finds")
        await pilot.press("D", "enter")
        await wait_until(pilot, lambda: "/ Mayor" not in seen(pilot), "its end")
    with Store.open(settings.library_file) as store:
        assert store.searches.all() == []


async def test_with_files_the_library_can_be_searched(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = await searched(pilot, "bakers strike", 1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.open_article == BREAD, "the article")
        assert not screen.library.display


async def test_what_is_found_is_narrowed_and_keeps_its_order(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        screen = await searched(pilot, "name:Nowak", 4)
        assert not screen.check_action("change_order", ())
        assert not screen.check_action("toggle_hide_read", ())
        await pilot.press("slash", *"BRIDGE", "enter")
        await wait_until(pilot, lambda: listed(screen) == [BRIDGE.id], "the list")
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(listed(screen)) == 4, "the list")


async def test_a_letter_typed_while_the_list_comes_stays(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("F")
        with screen.library.prevent(Input.Changed):
            screen.library.search.value = "bakers"  # typed, and not told of yet
        screen.library._turn_to(found_by("baker"))
        assert screen.library.search.value == "bakers"
