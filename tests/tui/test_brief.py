"""The brief: on the command line and in the app."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from library.store import Store
from models.answer import Answer, Timings
from models.article import Article
from models.brief import Brief, Story
from models.settings import Settings
from tests.tui.conftest import OpenApp, answered, citation, make_article, ready, seen, the_script, wait_until
from tui.brief_text import heading, novelty
from tui.screens.brief import NO_NEWS, BriefScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.marks import Place
from tui.widgets.story_view import StoryView

SIZES = [(80, 24), (120, 40), (200, 60)]
BEGINS = "It began like [this]."
WORDS = "Bakers [b]strike[/b] for more pay."


ANSWER = Answer(text="Yes.", sentences=(), citations=(), abstained=False, model="m", timings=Timings(total_s=0.1))
STORY = Story(headline="Bakers strike", article_ids=("a",), new=1, answer=ANSWER)


@pytest.fixture
def other(settings: Settings) -> Article:
    """An article that the library holds and that is not open."""
    article = make_article("[b]Bakers[/] strike", ["Bakers strike for more pay, they said.", "None on Monday."])
    with Store.open(settings.library_file) as store:
        store.add(article)
    return article


def summed_up(article: Article, words: str = WORDS, paragraph: int = 1) -> Answer:
    cited = "for more pay" if paragraph == 1 else article.text(paragraph)
    event = answered([citation(article, paragraph, cited)], {"text": words, "citations": [0]})
    return Answer.model_validate(event["answer"])


def brief_of(article: Article, other: Article, *, done: int, complete: bool = False) -> Brief:
    stories = [
        Story(
            headline=other.headline,
            article_ids=(other.id,),
            new=1,
            answer=summed_up(other) if done > 0 else summed_up(other, BEGINS),
            summed_up=done > 0,
        ),
        Story(headline=article.headline, article_ids=(article.id,), new=0, answer=summed_up(article, BEGINS, 3)),
    ]
    made_at = datetime(2024, 3, 7, 12, tzinfo=UTC)
    return Brief(
        since=date(2024, 3, 6), until=date(2024, 3, 7), made_at=made_at, stories=tuple(stories), complete=complete
    )


def ready_event(brief: Brief) -> dict[str, Any]:
    return {"kind": "brief-ready", "brief": brief.model_dump(mode="json")}


def script(article: Article, *events: dict[str, Any]) -> dict[str, Any]:
    return the_script(article) | {"brief": list(events)}


@pytest.mark.parametrize("size", SIZES)
async def test_stories_come_at_once_and_are_summed_up_one_by_one(
    open_app: OpenApp, article: Article, other: Article, tmp_path: Path, size: tuple[int, int]
) -> None:
    events = [
        ready_event(brief_of(article, other, done=0)),
        {"kind": "working", "step": "summing up the stories", "fraction": 0.5},
        {"until": str(tmp_path / "go on")},
        ready_event(brief_of(article, other, done=1, complete=True)),
        {"kind": "done"},
    ]
    async with open_app(article, script=script(article, *events)).run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("B")
        await wait_until(pilot, lambda: "◐ Summing up the stories 50% …" in seen(pilot), "the progress")
        assert "[b]Bakers[/] strike" in seen(pilot)
        assert BEGINS in seen(pilot)
        assert WORDS not in seen(pilot)
        (tmp_path / "go on").touch()
        await wait_until(pilot, lambda: f"{WORDS} [1]" in seen(pilot), "the summary")
        assert "6 March 2024 to 7 March 2024: 2 articles, 2 stories" in seen(pilot)
        assert "1 report, new" in seen(pilot)
        assert "1 report, nothing new" in seen(pilot)
        assert isinstance(pilot.app.focused, StoryView)


async def test_enter_opens_what_is_cited_and_escape_leads_back(
    open_app: OpenApp, article: Article, other: Article
) -> None:
    events = [ready_event(brief_of(article, other, done=1, complete=True)), {"kind": "done"}]
    async with open_app(article, script=script(article, *events)).run_test(size=(120, 40)) as pilot:
        reader = await ready(pilot)
        await pilot.press("B")
        await wait_until(pilot, lambda: f"{WORDS} [1]" in seen(pilot), "the summary")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReaderScreen)
        await pilot.press("B", "enter")
        start = other.text(1).index("for more pay")
        place = Place(1, start, start + len("for more pay"))
        await wait_until(pilot, lambda: reader.article.cited == (place,), "the citation")
        assert pilot.app.screen is reader


async def test_it_is_made_on_while_the_reader_is_elsewhere_and_told_when_done(
    open_app: OpenApp, article: Article, other: Article, tmp_path: Path
) -> None:
    events = [
        ready_event(brief_of(article, other, done=0)),
        {"until": str(tmp_path / "go on")},
        ready_event(brief_of(article, other, done=1, complete=True)),
        {"kind": "done"},
    ]
    async with open_app(article, script=script(article, *events)).run_test(size=(120, 40), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("B")
        await wait_until(pilot, lambda: "[b]Bakers[/] strike" in seen(pilot), "the stories")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert "The brief is ready" not in seen(pilot)
        (tmp_path / "go on").touch()
        await wait_until(pilot, lambda: "The brief is ready: press B." in seen(pilot), "the notice")
        await pilot.press("B")
        assert f"{WORDS} [1]" in seen(pilot)


async def test_it_can_be_stopped_and_what_is_done_stays(open_app: OpenApp, article: Article, other: Article) -> None:
    events = [ready_event(brief_of(article, other, done=1)), {"hang": True}]
    async with open_app(article, script=script(article, *events)).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("B")
        await wait_until(pilot, lambda: WORDS in seen(pilot), "the summary")
        screen = pilot.app.screen
        assert isinstance(screen, BriefScreen)
        assert screen.making
        await pilot.press("s")
        await wait_until(pilot, lambda: "■ Stopped. What is done is kept" in seen(pilot), "the stop")
        assert WORDS in seen(pilot)
        assert not screen.making
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: pilot.app.screen is not screen, "the palette")
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is screen, "its end")
        assert not screen.making


async def test_the_last_one_is_there_before_the_worker_is(
    open_app: OpenApp, article: Article, other: Article, settings: Settings
) -> None:
    with Store.open(settings.library_file) as store:
        store.briefs.keep(brief_of(article, other, done=1, complete=True))
    async with open_app(article, script=script(article, {"hang": True})).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("B")
        await wait_until(pilot, lambda: WORDS in seen(pilot), "the last brief")
        assert isinstance(pilot.app.screen, BriefScreen)
        assert pilot.app.screen.making, "it is brought up to date meanwhile"
        assert "6 March 2024 to 7 March 2024: 2 articles, 2 stories" in seen(pilot)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([{"kind": "done"}], NO_NEWS),
        ([{"kind": "failed", "reason": "no-model", "message": "[The model] is missing."}], "✗ [The model] is missing."),
        ([{"crash": True}], "✗ The worker process ended (status 3)"),
    ],
)
async def test_why_there_is_none_is_said(
    open_app: OpenApp, article: Article, events: list[dict[str, Any]], said: str
) -> None:
    async with open_app(article, script=script(article, *events)).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("B")
        screen = pilot.app.screen
        assert isinstance(screen, BriefScreen)
        await wait_until(pilot, lambda: not screen.making, "the end of it")
        assert said in seen(pilot)
        assert not screen.query(StoryView)


@pytest.mark.parametrize(
    ("new", "reports", "said"),
    [
        (1, 1, "1 report, new"),
        (0, 2, "2 reports, nothing new"),
        (1, 2, "2 reports, 1 of them new"),
        (2, 2, "2 reports, new"),
    ],
)
def test_how_new_a_story_is(new: int, reports: int, said: str) -> None:
    assert novelty(STORY.model_copy(update={"article_ids": tuple(map(str, range(reports))), "new": new})) == said


def test_the_days_of_one_day_are_one() -> None:
    brief = Brief(since=date(2024, 3, 7), until=date(2024, 3, 7), made_at=datetime.now(UTC), stories=())
    assert heading(brief) == "7 March 2024: 0 articles, 0 stories"
