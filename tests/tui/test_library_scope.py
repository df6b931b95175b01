"""The whole library as scope: a key switches to it, its citations name their articles and open them."""

import json
from typing import Any

import pytest
from textual.pilot import Pilot

from library.store import Store
from models.article import Article
from models.feed import Feed
from models.filters import Filters
from models.settings import Settings
from tests.tui.conftest import (
    OpenApp,
    answered,
    ask,
    citation,
    make_article,
    reading,
    ready,
    seen,
    the_script,
    wait_until,
)
from tui.screens.reader import ReaderScreen
from tui.widgets.answer_view import State
from tui.widgets.marks import Place

WHICH = "What has stopped?"
SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.fixture
def other(settings: Settings) -> Article:
    """An article that the library holds and that is not open."""
    article = make_article("[b]Bakers[/] strike", ["No [i]bread on Sunday.", "None on Monday."])
    with Store.open(settings.library_file) as store:
        store.add(article)
    return article


def scripted(article: Article, other: Article) -> dict[str, Any]:
    script = the_script(article)
    cited = [
        citation(article, 1, "The ferry to Hollin Island"),
        citation(other, 1, "No [i]bread"),
        citation(other, 2, "None on Monday"),
    ]
    both = answered(cited, {"text": "A ferry and the bread.", "citations": [0, 1, 2]})
    script["answers"] |= {WHICH: [both], "And then?": [answered([], {"text": "After <EARLIER> in <ARTICLE>."})]}
    return script


async def asked_library(pilot: Pilot[Any], question: str = WHICH) -> ReaderScreen:
    screen = await ready(pilot)
    if not screen.panel.of_library:
        await pilot.press("escape", "L")
    screen.panel.question.value = question
    await pilot.press("enter")
    await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_line_says_whom_it_asks(open_app: OpenApp, article: Article, size: tuple[int, int]) -> None:
    async with open_app(article).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press("L")
        assert screen.panel.question.has_focus
        await wait_until(pilot, lambda: "library › Ask … feed:" in seen(pilot), "the scope")
        await pilot.press(*"Who", "ctrl+l")
        await wait_until(pilot, lambda: "library ›" not in seen(pilot), "the article")
        assert "› Who" in seen(pilot)
        assert screen.panel.question.has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_citations_name_the_articles_that_they_are_from(
    open_app: OpenApp, article: Article, other: Article, size: tuple[int, int]
) -> None:
    async with open_app(article, script=scripted(article, other)).run_test(size=size) as pilot:
        screen = await asked_library(pilot)
        assert "A ferry and the bread. [1] [2] [3]" in " ".join(seen(pilot).split())
        assert "7 Mar 2024 · Ferry to Hollin Island stops on Friday" in seen(pilot)
        assert "7 Mar 2024 · [b]Bakers[/] strike" in seen(pilot)
        assert screen.panel.latest is not None
        assert screen.panel.latest.as_text().splitlines()[-3:] == [
            "[1] 7 Mar 2024 · Ferry to Hollin Island stops on Friday, paragraph 1: “The ferry to Hollin Island”",
            "[2] 7 Mar 2024 · [b]Bakers[/] strike, paragraph 1: “No [i]bread”",
            "[3] 7 Mar 2024 · [b]Bakers[/] strike, paragraph 2: “None on Monday”",
        ]


async def test_a_citation_opens_its_article_from_the_library_and_the_answer_stays(
    open_app: OpenApp, article: Article, other: Article
) -> None:
    async with open_app(article, script=scripted(article, other)).run_test(size=(80, 24)) as pilot:
        screen = await asked_library(pilot)
        view = screen.panel.latest
        assert view is not None
        await pilot.press("enter", "right", "enter")
        await wait_until(pilot, lambda: screen.article.cited == (Place(1, 0, 11),), "the other article")
        assert "No [i]bread on Sunday." in seen(pilot)
        assert screen.status.place == "2 of 2"
        assert view.has_focus
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: screen.article.cited == (Place(2, 0, 14),), "the next place")
        await pilot.press("escape", "c", "c")
        await wait_until(pilot, lambda: screen.article.cited == (Place(1, 0, 26),), "the first article again")
        assert screen.status.place == "1 of 2"
        assert screen.panel.latest is view


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_article_that_a_citation_opens_leaves_its_answer_where_it_is(
    open_app: OpenApp, other: Article, size: tuple[int, int]
) -> None:
    both = answered([citation(other, 1, "No [i]bread")], {"text": "The bread.", "citations": [0]})
    async with open_app(script={"answers": {WHICH: [both]}}).run_test(size=size) as pilot:
        screen = await reading(pilot)
        await pilot.press("a")
        screen.panel.question.value = WHICH
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")
        view = screen.panel.latest
        assert view is not None
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.article.cited == (Place(1, 0, 11),), "the article")
        assert screen.panel.latest is view
        assert view.has_focus
        await pilot.press("c")  # no letter of a question
        assert not screen.panel.question.value


async def test_the_same_place_in_two_articles_is_two_places(open_app: OpenApp, article: Article) -> None:
    twin = make_article("Ferry stops, second edition")
    script = the_script(article)
    cited = [citation(one, 2, "a bus over the causeway") for one in (article, twin)]
    script["answers"][WHICH] = [answered(cited, {"text": "A bus, twice.", "citations": [0, 1]})]
    async with open_app(article, twin, script=script).run_test(size=(120, 40)) as pilot:
        screen = await asked_library(pilot)
        await pilot.press("escape", "c")
        await wait_until(pilot, lambda: screen.article.cited, "the first")
        await pilot.press("c")
        await wait_until(pilot, lambda: screen.status.place == "2 of 2" and screen.article.cited, "the second")
        assert "Ferry stops, second edition" in seen(pilot)


async def test_answers_of_the_library_are_kept_apart_and_there_again_tomorrow(
    open_app: OpenApp, article: Article, other: Article
) -> None:
    script = scripted(article, other)
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        await pilot.press("escape", "L")
        await wait_until(pilot, lambda: not screen.panel.answers, "the library")
        await asked_library(pilot)
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        assert [view.question for view in screen.panel.answers] != [WHICH]
        await pilot.press("L")
        await wait_until(pilot, lambda: [v.question for v in screen.panel.answers] == [WHICH], "the answer")
        assert "7 Mar 2024 · [b]Bakers[/] strike" in seen(pilot)
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: "Nowak promised a bus" in seen(pilot), "the article's own")
        assert len(screen.panel.answers) == 1


async def test_a_follow_up_goes_on_from_what_the_library_was_asked(
    open_app: OpenApp, article: Article, other: Article
) -> None:
    async with open_app(article, script=scripted(article, other)).run_test(size=(120, 40)) as pilot:
        await asked_library(pilot)
        await asked_library(pilot, "And then?")
        assert f"After <{WHICH}> in <>." in seen(pilot)


async def test_an_answer_of_the_library_is_not_stopped_by_opening_an_article(
    open_app: OpenApp, article: Article, other: Article
) -> None:
    script = scripted(article, other)
    script["answers"]["Slow?"] = [{"pause": 1.0}, answered([], {"text": "At last."})]
    async with open_app(article, make_article("Bridge"), script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("L")
        screen.panel.question.value = "Slow?"
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.panel.asking, "the question")
        screen.action_open_next()
        await wait_until(pilot, lambda: "At last." in seen(pilot), "the answer")


async def test_an_article_that_is_gone_is_said_to_be(
    open_app: OpenApp, article: Article, other: Article, settings: Settings
) -> None:
    script = scripted(article, other)
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        await asked_library(pilot)
    with Store.open(settings.library_file) as store:
        store.remove(other.id)
    async with open_app(article, script=script).run_test(size=(120, 40), notifications=True) as pilot:
        screen = await ready(pilot)
        await pilot.press("L")
        await wait_until(pilot, lambda: "An article that your library does not hold any more" in seen(pilot), "that")
        await pilot.press("up", "right", "enter")
        await wait_until(pilot, lambda: "This article is not in the library any more." in seen(pilot), "the notice")
        assert screen.status.place == ""


async def test_a_summary_is_one_of_the_article_also_from_the_library(
    open_app: OpenApp, article: Article, other: Article
) -> None:
    script = scripted(article, other)
    script["answers"]["Summary"] = [answered([], {"text": "In short."})]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await asked_library(pilot)
        await pilot.press("escape", "s")
        await wait_until(pilot, lambda: "In short." in seen(pilot), "the summary")
        assert not screen.panel.of_library
        assert [view.is_summary for view in screen.panel.answers] == [True]
        await pilot.press("L")
        await wait_until(pilot, lambda: "A ferry and the bread." in seen(pilot), "the library")
        await pilot.press("escape", "s")
        await wait_until(pilot, lambda: screen.panel.latest and screen.panel.latest.is_summary, "the kept summary")
        assert len(screen.panel.answers) == 1


def feed(settings: Settings, title: str) -> int:
    with Store.open(settings.library_file) as store:
        store.feeds.add(Feed(url=f"https://{title.casefold()}.example/feed", title=title))
        [number] = [one.number for one in store.feeds.feeds() if one.feed.title == title]
    return number


async def test_filters_in_the_question_narrow_the_library(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    number = feed(settings, "Gazette")
    question = f"{WHICH} feed:gazette name:Nowak from:2024-03-01"
    script = the_script(article) | {"answers": {question: [answered([], {"text": "FILTERS"})]}}
    async with open_app(article, script=script).run_test(size=(200, 60)) as pilot:
        screen = await asked_library(pilot, question)
        assert screen.panel.latest
        assert screen.panel.latest.answer
        filters = dict(zip(Filters._fields, json.loads(screen.panel.latest.answer.text), strict=True))
        given = {name: value for name, value in filters.items() if value}
        assert given == {"since": "2024-03-01", "feeds": [number], "names": ["Nowak"]}
        assert screen.panel.latest.turn
        assert screen.panel.latest.turn.question == WHICH


@pytest.mark.parametrize(
    ("filters", "said"),
    [("feed:Herald", "There is no feed Herald"), ("from:monday", "monday is no day"), ("to:2024-3-1", "is no day")],
)
async def test_a_filter_that_can_not_be_is_said(open_app: OpenApp, article: Article, filters: str, said: str) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await asked_library(pilot, f"{WHICH} {filters}")
        assert screen.panel.latest
        assert screen.panel.latest.state is State.FAILED
        assert said in seen(pilot)
