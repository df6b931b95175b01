"""What is on the screen and under way stays so, whatever the size of the terminal becomes."""

from typing import Any

import pytest
from textual.pilot import Pilot

from models.article import Article
from models.settings import Settings
from tests.tui.conftest import OpenApp, ask, ready, seen, the_script, wait_until
from tests.tui.library_samples import fill
from tests.tui.test_library_pane import opened
from tui.screens.reader import ReaderScreen


async def resized(pilot: Pilot[Any], width: int, height: int) -> None:
    await pilot.resize_terminal(width, height)
    await wait_until(pilot, lambda: pilot.app.screen.size == (width, height), "the size")
    await pilot.pause(0.2)


async def test_what_is_found_stays_in_sight_with_the_focus(open_app: OpenApp, settings: Settings) -> None:
    fill(settings)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("F", *"ferry")
        await wait_until(pilot, lambda: "Search: ferry" in seen(pilot), "the search")
        found = list(screen.library.headlines.ids)
        for size in ((80, 24), (40, 10), (120, 40), (200, 60)):
            await resized(pilot, *size)
            assert screen.library.search.has_focus
            assert screen.library.search.display
            assert list(screen.library.headlines.ids) == found
            assert screen.library.headlines.region.height > 0


async def test_the_names_stay_in_sight_while_the_reader_is_there(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "down")
        await resized(pilot, 80, 24)
        assert screen.names.names.has_focus
        assert "Irena Nowak" in seen(pilot)
        await pilot.press("escape")
        await resized(pilot, 120, 40)
        await resized(pilot, 80, 24)
        assert not screen.names.display


async def test_a_list_that_was_opened_over_the_article_stands_beside_it(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("l")
        await resized(pilot, 120, 40)
        assert screen.library.headlines.has_focus
        assert screen.library.display


async def running(pilot: Pilot[Any]) -> ReaderScreen:
    screen = await ready(pilot)
    await ask(pilot, screen, "Slow?")
    await wait_until(pilot, lambda: "Well, now" in seen(pilot), "the draft")
    return screen


@pytest.mark.parametrize("first", [(120, 40), (80, 24)])
async def test_a_question_under_way_stays_in_sight_and_goes_on(
    open_app: OpenApp, article: Article, first: tuple[int, int]
) -> None:
    script = the_script(article)
    script["answers"]["Slow?"] = [{"kind": "token", "text": "Well, now"}, {"hang": True}]
    async with open_app(article, script=script).run_test(size=first) as pilot:
        screen = await running(pilot)
        for size in ((80, 24), (40, 10), (200, 60), (120, 40)):
            await resized(pilot, *size)
            assert "Well, now" in seen(pilot), size
            assert screen.panel.asking
            assert screen.panel.question.has_focus


async def test_a_question_to_the_library_is_not_covered_by_its_list(open_app: OpenApp, settings: Settings) -> None:
    fill(settings)
    script = {"answers": {"Slow?": [{"kind": "token", "text": "Well, now"}, {"hang": True}]}}
    async with open_app(script=script).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await ask(pilot, screen, "Slow?")
        await wait_until(pilot, lambda: "Well, now" in seen(pilot), "the draft")
        await resized(pilot, 80, 24)
        assert "Well, now" in seen(pilot)
