"""Suggested questions: there while nothing has been asked, chosen by keys or the mouse, never in the way."""

import pytest

from models.article import Article
from tests.tui.conftest import OpenApp, answered, make_article, ready, seen, span, the_script, wait_until

SUGGESTED = "What did Irena Nowak say about Hollin Island?"


def scripted(article: Article) -> dict[str, object]:
    script = the_script(article)
    nowak, island = script["entities"]
    nowak["statements"] = [{**span(article, 2, "a blow to everybody who lives out there"), "cue": "called"}]
    island["mentions"] = [span(article, 0, "Hollin Island"), span(article, 2, "out there")]
    script["answers"][SUGGESTED] = [answered([], {"text": "She regrets it."})]
    return script


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_they_stand_there_until_something_is_asked(
    open_app: OpenApp, article: Article, size: tuple[int, int]
) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await wait_until(pilot, lambda: f"? {SUGGESTED}" in seen(pilot), "the suggestions")
        await pilot.press("a", "up", "home", "enter")
        await wait_until(pilot, lambda: "She regrets it." in seen(pilot), "the answer")
        assert f"? {SUGGESTED}" not in seen(pilot)
        assert screen.panel.question.has_focus


async def test_on_a_narrow_terminal_they_come_with_the_question_line(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert f"? {SUGGESTED}" not in seen(pilot)
        assert screen.article.size.height >= 19
        await pilot.press("a")
        await wait_until(pilot, lambda: f"? {SUGGESTED}" in seen(pilot), "the suggestions")
        assert screen.article.size.height >= 16
        await pilot.press("escape")
        await wait_until(pilot, lambda: f"? {SUGGESTED}" not in seen(pilot), "their going")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_click_asks_one(open_app: OpenApp, article: Article, size: tuple[int, int]) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.click("QuestionLine")
        await wait_until(pilot, lambda: f"? {SUGGESTED}" in seen(pilot), "the suggestions")
        lines = seen(pilot).splitlines()
        y = next(n for n, line in enumerate(lines) if SUGGESTED in line)
        await pilot.click(offset=(lines[y].index(SUGGESTED) + 3, y))
        await wait_until(pilot, lambda: "She regrets it." in seen(pilot), "the answer")
        assert [view.question for view in screen.panel.answers] == [SUGGESTED]


async def test_keys_lead_up_to_them_and_back(open_app: OpenApp, article: Article) -> None:
    script = scripted(article)
    async with open_app(article, script=script).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("a", "up")
        suggestions = screen.panel.suggestions
        assert suggestions.has_focus
        assert suggestions.highlighted == len(suggestions.questions) - 1
        await pilot.press("j")
        await pilot.pause()
        assert screen.panel.question.has_focus


async def test_each_article_has_its_own(open_app: OpenApp, article: Article) -> None:
    other = make_article("Bakers strike", ["No bread on Sunday."])
    async with open_app(article, other, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        about_the_ferry = "What does the article say about the ferry?"
        assert about_the_ferry in screen.panel.suggestions.questions
        await pilot.press("right_square_bracket")
        assert about_the_ferry not in screen.panel.suggestions.questions
        await pilot.press("left_square_bracket")
        assert about_the_ferry in screen.panel.suggestions.questions


async def test_what_a_name_holds_is_shown_as_it_is(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["entities"][0]["name"] = "[bold]Nowak[/]\x1b[2J"
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await wait_until(pilot, lambda: "? What did [bold]Nowak[/]�[2J say" in seen(pilot), "the suggestion")
