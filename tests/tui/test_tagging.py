"""Tagging in the app: a line with completion, tags under the headline, in the list and as folders of the tree."""

from typing import Any

import pytest
from textual.pilot import Pilot

from library.store import Store
from models.settings import Settings
from tests.tui.conftest import OpenApp, ready, seen, wait_until
from tests.tui.library_samples import BREAD, FEEDS, FERRY, NOTES, fill, news
from tests.tui.test_library_pane import in_tree, listed, opened
from tui.screens.reader import ReaderScreen
from tui.screens.tags import TagsScreen, TagSuggester
from tui.widgets.text_line import TextLine

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.fixture(autouse=True)
def library(settings: Settings) -> None:
    fill(settings)


async def bread_opened(pilot: Pilot[Any]) -> ReaderScreen:
    await opened(pilot)
    await pilot.press("enter")
    return await ready(pilot)


async def tag(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press("T")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, TagsScreen), "the line")
    await pilot.press(*keys)
    await wait_until(pilot, lambda: not isinstance(pilot.app.screen, TagsScreen), "its end")


def kept(settings: Settings, article_id: str) -> tuple[str, ...]:
    with Store.open(settings.library_file) as store:
        return store.tags.of([article_id]).get(article_id, ())


@pytest.mark.parametrize("size", SIZES)
async def test_tags_stand_under_the_headline_in_the_list_and_in_the_tree(
    open_app: OpenApp, settings: Settings, size: tuple[int, int]
) -> None:
    async with open_app(script={}).run_test(size=size) as pilot:
        screen = await bread_opened(pilot)
        await tag(pilot, *"to cite, [b]", "enter")
        await wait_until(pilot, lambda: "#[b]  #to cite" in seen(pilot), "the tags")
        assert kept(settings, BREAD.id) == ("[b]", "to cite")
        await pilot.press("l")
        await in_tree(pilot, "to cite")
        assert listed(screen) == [BREAD.id]
        await pilot.press("right")
        await wait_until(pilot, lambda: "#[b] #to cite" in seen(pilot), "the list")


async def test_the_tags_that_it_has_are_edited(open_app: OpenApp, settings: Settings) -> None:
    with Store.open(settings.library_file) as store:
        store.tags.have(BREAD.id, ["prices", "bread"])
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await bread_opened(pilot)
        assert "#bread  #prices" in seen(pilot)
        await tag(pilot, *["backspace"] * len(", prices"), "enter")
        await wait_until(pilot, lambda: "#prices" not in seen(pilot), "the tags that are left")
        assert kept(settings, BREAD.id) == ("bread",)
        await tag(pilot, "x", "escape")
        assert kept(settings, BREAD.id) == ("bread",)
        await tag(pilot, "ctrl+u", "enter")
        await wait_until(pilot, lambda: "#bread" not in seen(pilot), "none")
        assert kept(settings, BREAD.id) == ()


async def test_known_tags_are_completed(open_app: OpenApp, settings: Settings) -> None:
    with Store.open(settings.library_file) as store:
        store.tags.have(NOTES.id, ["Harbour"])
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("j", "T")
        await wait_until(pilot, lambda: "Yours: Harbour" in seen(pilot), "the tags that there are")
        await pilot.press(*"ha")
        line = pilot.app.screen.query_one(TextLine)
        await wait_until(pilot, lambda: line._suggestion == "harbour", "the suggestion")
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: kept(settings, FERRY.id), "the tag")
    assert kept(settings, FERRY.id) == ("Harbour",)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("ha", "harbour"),
        ("bread, HA", "bread, HArbour"),
        ("harbour, ha", "harbour, hall"),
        ("bread, ", None),
        ("x", None),
    ],
)
async def test_the_last_tag_is_completed(typed: str, suggested: str | None) -> None:
    assert await TagSuggester(["bread", "harbour", "hall"]).get_suggestion(typed) == suggested


async def test_what_is_no_tag_is_said_and_can_be_mended(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(script={}).run_test(size=(120, 40), notifications=True) as pilot:
        await bread_opened(pilot)
        await pilot.press("T")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TagsScreen), "the line")
        await pilot.press(*"y" * 70, "enter")
        await wait_until(pilot, lambda: "no more than 60 characters" in seen(pilot), "the reason")
        assert isinstance(pilot.app.screen, TagsScreen)
        await pilot.press("ctrl+u", *"short", "enter")
        await wait_until(pilot, lambda: kept(settings, BREAD.id), "the tag")
    assert kept(settings, BREAD.id) == ("short",)


async def test_a_tag_is_taken_off_all(open_app: OpenApp, settings: Settings) -> None:
    with Store.open(settings.library_file) as store:
        for article in (BREAD, FERRY):
            store.tags.have(article.id, ["harbour"])
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "harbour")
        assert listed(screen) == [BREAD.id, FERRY.id]
        await pilot.press("D", "enter")
        await wait_until(pilot, lambda: all(one.tag is None for one in screen.library.feeds.branches), "the tree")
    assert kept(settings, BREAD.id) == kept(settings, FERRY.id) == ()


async def test_tags_and_feed_leave_the_headline_half_of_its_row(open_app: OpenApp, settings: Settings) -> None:
    long = FEEDS[1].model_copy(update={"url": "https://long.example/feed", "title": "A feed with a name of many words"})
    with Store.open(settings.library_file) as store:
        number = store.feeds.add(long)
        assert number is not None
        told = news("The harbour opens again after years of work", 9, long)
        store.feeds.keep_entry(number, "x", "digest", told)
        store.tags.have(told.id, ["harbour and islands"])
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "#harbour and is" in seen(pilot), "the list")
        assert "The harbour opens again after" in seen(pilot)
