"""What the screens look like: pictures at fixed sizes, without clock, cursor blink or anything of the user's."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from models.article import Article
from models.settings import Settings
from tests.tui.conftest import OpenApp, ask, make_article, ready, seen, wait_until
from tests.tui.library_samples import fill

SETTLED_S = 0.3
"""The last layout follows the last key; nothing tells when it is done."""

SIZES = [(80, 24), (120, 40), (200, 60)]


async def with_a_citation_chosen(pilot: Pilot[Any]) -> None:
    """Ask, and jump to the first citation."""
    screen = await ready(pilot)
    for line in screen.query(Input):
        line.cursor_blink = False
    await ask(pilot, screen)
    await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
    await pilot.press("enter")
    await wait_until(pilot, lambda: "⏎ Show" in seen(pilot) and "Citation" in seen(pilot), "the footer")
    await pilot.pause(SETTLED_S)


async def with_a_name_chosen(pilot: Pilot[Any]) -> None:
    """Choose the first name."""
    await ready(pilot)
    await pilot.press("e", "enter")
    await wait_until(pilot, lambda: "n Next" in seen(pilot) and "1 of 2" in seen(pilot), "the footer")
    await pilot.pause(SETTLED_S)


async def with_the_library(pilot: Pilot[Any]) -> None:
    """Wait until the library is listed, and, where there is room beside it, open its second article."""
    await wait_until(pilot, lambda: "Bakers" in seen(pilot), "the list")
    if not pilot.app.screen.has_class("-narrow"):
        await pilot.press("down", "enter")
        await ready(pilot)
        await wait_until(pilot, lambda: "Unread  " in seen(pilot) and "2 of 3" in seen(pilot), "the mark")
    await pilot.pause(SETTLED_S)


async def with_the_help(pilot: Pilot[Any]) -> None:
    """Open the list of keys."""
    await ready(pilot)
    await pilot.press("question_mark")
    await wait_until(pilot, lambda: "One line down" in seen(pilot), "the help")
    await pilot.pause(SETTLED_S)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40", "200x60"])
def test_an_answer(
    open_app: OpenApp, article: Article, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    assert snap_compare(open_app(article), terminal_size=size, run_before=with_a_citation_chosen)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40", "200x60"])
def test_names_and_several_articles(
    open_app: OpenApp, article: Article, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    app = open_app(article, make_article("Bakers strike", ["No bread."]), appearance={"theme": "newsreader-light"})
    assert snap_compare(app, terminal_size=size, run_before=with_a_name_chosen)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40", "200x60"])
def test_the_library(
    open_app: OpenApp, settings: Settings, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    fill(settings)
    assert snap_compare(open_app(script={}), terminal_size=size, run_before=with_the_library)


def test_help(open_app: OpenApp, article: Article, snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(open_app(article, script={}), terminal_size=(80, 24), run_before=with_the_help)
