"""The footer shows the keys that work where the reader is, in dialogs, too."""

import pytest

from models.article import Article
from models.settings import Settings
from tests.tui.conftest import OpenApp, make_article, ready, seen, wait_until
from tests.tui.library_samples import fill
from tests.tui.test_library_pane import in_tree

OF_THE_ARTICLE = ("a Ask", "e Names", "/ Find")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("T", ["⏎ OK", "esc Leave"]),
        ("w", ["⏎ OK", "esc Leave"]),
        ("plus", ["⏎ OK", "tab Next field", "esc Leave"]),
        ("question_mark", ["esc Close"]),
    ],
)
async def test_a_dialog_shows_its_own_keys(
    open_app: OpenApp, article: Article, size: tuple[int, int], key: str, keys: list[str]
) -> None:
    async with open_app(article).run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press(key)
        await wait_until(pilot, lambda: pilot.app.screen.is_modal, "the dialog")
        await wait_until(pilot, lambda: all(one in last_line(seen(pilot)) for one in keys), "its keys")
        assert not [one for one in OF_THE_ARTICLE if one in last_line(seen(pilot))]


async def test_a_choice_shows_its_own_keys(open_app: OpenApp, settings: Settings) -> None:
    fill(settings)
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        await in_tree(pilot, "Harbour Gazette")
        await pilot.press("D")
        await wait_until(pilot, lambda: "⏎ Choose  esc Leave" in last_line(seen(pilot)), "its keys")


@pytest.mark.parametrize(("key", "pane"), [("l", "library"), ("e", "names")])
async def test_the_key_of_a_pane_hides_it_there_and_says_so(
    open_app: OpenApp, article: Article, key: str, pane: str
) -> None:
    async with open_app(article, make_article("Bakers strike", ["No bread."])).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await wait_until(pilot, lambda: f"{key} Hide" not in seen(pilot), "the article's keys")
        await pilot.press(key)
        await wait_until(pilot, lambda: f"{key} Hide" in last_line(seen(pilot)), "the key")
        await pilot.press(key)
        await wait_until(pilot, lambda: not screen.query_one(f"#{pane}").display, "the article alone")
        assert screen.article.has_focus


async def test_the_library_is_not_hidden_where_there_is_nothing_else(open_app: OpenApp, settings: Settings) -> None:
    fill(settings)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "Harbour Gazette")
        await pilot.press("l")
        assert screen.library.display
        assert screen.library.has_focus_within


def last_line(text: str) -> str:
    return text.splitlines()[-1]
