"""Asking: signs of life, the provisional and the checked answer, citations, stopping, failures, what is kept."""

import json
from typing import Any

import pytest
from textual.pilot import Pilot

from models.article import Article
from tests.tui.conftest import (
    QUESTION,
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

BUS = Place(2, 93, 116)
MONDAY = Place(4, 20, 40)


async def asked(pilot: Pilot[Any], question: str = QUESTION) -> ReaderScreen:
    """Ask, and wait for the answer."""
    screen = await ready(pilot)
    await ask(pilot, screen, question)
    await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
    return screen


def scripted(article: Article, *events: dict[str, Any]) -> dict[str, Any]:
    return the_script(article) | {"answers": {QUESTION: list(events)}}


async def test_the_answer_stands_with_its_citations(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        text = " ".join(seen(pilot).replace("▏", "").split())
        assert "Nowak promised a bus until a new ship is found. [2]" in text
        assert "“Nowak and the board meet again on Monday.” [4]" in text
        assert "“a bus over the causeway”" in text
        assert screen.article.evidence == {2, 4}


async def test_enter_jumps_and_arrows_walk(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot)
        await pilot.press("enter")
        assert screen.article.cited == (BUS,)
        assert article.text(2)[BUS.start : BUS.end] == "a bus over the causeway"
        await pilot.press("right", "enter")
        assert screen.article.cited == (MONDAY,)
        await pilot.press("left", "enter")
        assert screen.article.cited == (BUS,)
        assert any("▶" in line and "a bus over the" in line for line in seen(pilot).splitlines()[:12])


async def test_c_walks_the_citations_from_the_article(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        await pilot.press("escape", "G", "c")
        assert screen.article.cited == (BUS,)
        assert screen.article.scroll_offset.y < 10
        await pilot.press("c")
        assert screen.article.cited == (MONDAY,)
        await pilot.press("C")
        assert screen.article.cited == (BUS,)
        await pilot.press("escape")
        assert not screen.article.cited


async def test_tab_goes_through_citations_and_then_on(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        await pilot.press("up", "tab")
        view = screen.panel.latest
        assert view is not None
        assert (view.has_focus, view.current) == (True, 1)
        await pilot.press("tab")
        assert screen.panel.question.has_focus
        await pilot.press("shift+tab", "shift+tab")
        assert (view.has_focus, view.current) == (True, 0)


async def test_a_click_on_a_citation_jumps(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        view = screen.panel.latest
        assert view is not None
        lines = seen(pilot).splitlines()
        y = next(n for n, line in enumerate(lines) if "is found. [2]" in line)
        await pilot.click(offset=(lines[y].index("[2]") + 1, y))
        assert screen.article.cited == (BUS,)
        y = next(n for n, line in enumerate(lines) if "“meet again on Monday”" in line)
        await pilot.click(offset=(lines[y].index("meet again"), y))
        assert screen.article.cited == (MONDAY,)


async def test_signs_of_life_then_a_provisional_text(open_app: OpenApp, article: Article) -> None:
    script = scripted(
        article,
        {"kind": "working", "step": "reading the article", "fraction": 0.4},
        {"pause": 0.4},
        {"kind": "token", "text": "Nowak [bold]\x1b[31m"},
        {"hang": True},
    )
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: "Reading the article 40% · 0.0 s" in seen(pilot), "a sign of life")
        view = screen.panel.latest
        assert view is not None
        await wait_until(pilot, lambda: view.state is State.WRITING, "the draft")
        assert "▏ Nowak [bold]�[31m" in seen(pilot)
        assert not view.citations


async def test_what_is_begun_anew_is_shown_once(open_app: OpenApp, article: Article) -> None:
    draft = {"kind": "token", "text": "Nowak promised a bus over"}
    script = scripted(article, draft, {"kind": "begun-anew"}, draft, {"kind": "token", "text": " it."}, {"hang": True})
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: "▏ Nowak promised a bus over it." in seen(pilot), "the draft")
        assert seen(pilot).count("Nowak promised") == 1


async def test_what_the_article_does_not_say_looks_different(open_app: OpenApp, article: Article) -> None:
    nearest = [citation(article, 4, "meet again on Monday")]
    event = answered(nearest)
    event["answer"] |= {"abstained": True, "text": "The article does not say who pays for the bus."}
    async with open_app(article, script=scripted(article, event)).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        text = seen(pilot)
        assert "∅ The article does not say who pays for the bus." in text
        assert "The nearest thing it says:" in text
        await pilot.press("enter")
        assert screen.article.cited == (MONDAY,)


async def test_the_nearest_words_stand_there_once(open_app: OpenApp, article: Article) -> None:
    not_said = {"text": "The article does not say."}
    nearest = {"text": "meet again on Monday", "citations": [0], "verbatim": True}
    event = answered([citation(article, 4, "meet again on Monday")], not_said, nearest)
    event["answer"] |= {"abstained": True}
    async with open_app(article, script=scripted(article, event)).run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        assert "∅ The article does not say." in seen(pilot)
        assert seen(pilot).count("“meet again on Monday”") == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_of_what_is_nearest_nothing_is_cut_off(
    open_app: OpenApp, article: Article, size: tuple[int, int]
) -> None:
    event = answered([citation(article, 2, article.text(2))], {"text": "The article does not say."})
    event["answer"] |= {"abstained": True}
    async with open_app(article, script=scripted(article, event)).run_test(size=size) as pilot:
        await asked(pilot)
        await wait_until(pilot, lambda: "The nearest thing it says" in seen(pilot), "the nearest")
        panel = seen(pilot).partition("Questions")[2].replace("▏", "")
        assert article.text(2) in " ".join(panel.split())


async def test_an_answer_above_comes_into_sight_with_what_is_marked_in_it(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    whole, starts = article.text(2), [article.text(number)[:40] for number in range(3, 10)]
    cited = [citation(article, number, quote) for number, quote in enumerate([whole, *starts], 2)]
    script["answers"]["Long?"] = [answered(cited, {"text": "Long.", "citations": list(range(8))})]
    async with open_app(article, script=script).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot)
        await ask(pilot, screen, "Long?")
        await wait_until(pilot, lambda: len(screen.panel.answers) == 2 and not screen.panel.asking, "the answer")
        assert QUESTION not in seen(pilot)
        await pilot.press("up", "up")
        await pilot.pause(0.5)  # it may come into sight and be gone again
        assert f"› {QUESTION}" in seen(pilot)
        await pilot.press("down", *["right"] * 7)
        await wait_until(pilot, lambda: f"▶ 9  “{starts[-1]}" in seen(pilot), "the last citation")
        await pilot.press(*["left"] * 7)
        await wait_until(pilot, lambda: "▶ 2  " in seen(pilot), "the first")
        await pilot.press("down")
        assert screen.panel.question.has_focus
        await wait_until(pilot, lambda: f"9  “{starts[-1]}" in seen(pilot), "the end of the last answer")


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            {"kind": "failed", "reason": "bad-model", "message": "my.gguf can't be loaded. Pull it again."},
            "my.gguf can't",
        ),
        ({"crash": True}, "The worker process ended (status 3)"),
    ],
)
async def test_failures_are_told_in_plain_words(
    open_app: OpenApp, article: Article, event: dict[str, Any], message: str
) -> None:
    async with open_app(article, script=scripted(article, event)).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        assert screen.panel.latest is not None
        assert screen.panel.latest.state is State.FAILED
        assert f"✗ {message}" in seen(pilot)
        assert "Traceback" not in seen(pilot)


async def test_after_a_crash_the_next_question_starts_the_worker_again(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["answers"]["Crash?"] = [{"crash": True}]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot, "Crash?")
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        assert "is found. [2]" in seen(pilot)


async def test_a_question_waits_in_the_panel(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, question=QUESTION).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        assert screen.panel.question.has_focus
        assert screen.panel.latest is None
        await pilot.press("enter")
        await wait_until(pilot, lambda: "is found. [2]" in seen(pilot), "the answer")


async def test_answers_are_there_again_tomorrow(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        await asked(pilot)
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        assert [view.question for view in screen.panel.answers] == [QUESTION]
        assert "is found. [2]" in seen(pilot)


async def test_each_article_has_its_own_questions(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, make_article("Bakers strike", ["No bread."])).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        await pilot.press("escape", "right_square_bracket")
        await wait_until(pilot, lambda: not screen.panel.answers, "the other article")
        assert QUESTION not in seen(pilot)
        await pilot.press("left_square_bracket")
        await wait_until(pilot, lambda: screen.panel.answers, "the answer")
        assert [view.question for view in screen.panel.answers] == [QUESTION]
        assert "is found. [2]" in screen.panel.answers[0].as_text()


async def test_a_citation_of_another_open_article_opens_it(open_app: OpenApp, article: Article) -> None:
    other = make_article("Bakers strike", ["No bread on Sunday."])
    event = answered([citation(other, 1, "No bread")], {"text": "There is no bread.", "citations": [0]})
    async with open_app(article, other, script=scripted(article, event)).run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        assert "There is no bread. [1↗]" in seen(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.article.cited == (Place(1, 0, 8),), "the other article")
        assert "No bread on Sunday." in seen(pilot)


async def test_copying_an_answer_takes_its_citations_along(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        await asked(pilot)
        await pilot.press("escape", "Y")
    assert app.clipboard.splitlines() == [
        QUESTION,
        "",
        "Nowak promised a bus until a new ship is found. [2] “Nowak and the board meet again on Monday.” [4]",
        "[2] “a bus over the causeway”",
        "[4] “meet again on Monday”",
    ]


async def test_a_follow_up_goes_with_the_conversation_and_shows_what_it_was_understood_as(
    open_app: OpenApp, article: Article
) -> None:
    script = the_script(article)
    meaning = "When was [bold]it[/] that \x1b[2J the bus was promised?"
    when = answered([], {"text": "After: EARLIER", "citations": []})
    when["answer"]["understood_as"] = meaning
    script["answers"] |= {"When was that?": [when], "And then?": [answered([], {"text": "Before: EARLIER"})]}
    app = open_app(article, script=script)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot)
        for question in ("When was that?", "And then?"):
            await ask(pilot, screen, question)
            await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        text = " ".join(seen(pilot).replace("▏", "").split())
        assert "understood as: When was [bold]it[/] that �[2J the bus was promised?" in text
        assert f"After: {QUESTION}" in text
        assert f"Before: {QUESTION} / When was [bold]it[/] that �[2J the bus was promised?" in text
        first, second, _ = screen.panel.answers
        assert "understood as" not in first.as_text()
        assert second.as_text().splitlines()[1].startswith("understood as: When was")


async def test_a_conversation_is_that_of_its_article(open_app: OpenApp, article: Article) -> None:
    script = the_script(article) | {"answers": {"Why?": [answered([], {"text": "Before: EARLIER."})]}}
    async with open_app(article, make_article("Bakers strike", ["No bread."]), script=script).run_test() as pilot:
        screen = await asked(pilot, "Why?")
        await pilot.press("escape", "right_square_bracket")
        await wait_until(pilot, lambda: not screen.panel.answers, "the other article")
        await asked(pilot, "Why?")
        assert "Before: ." in seen(pilot)


async def test_a_missing_worker_is_told(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    assert app._client is not None
    app._client._command = ("/nowhere/worker",)
    async with app.run_test(size=(120, 40)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: screen.status.trouble, "the trouble")
        assert "The worker process can't be" in seen(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the failure")
        assert "✗ The worker process can't be started" in seen(pilot)


def test_the_script_speaks_the_protocol(article: Article) -> None:
    from rag.messages import EVENT

    for event in the_script(article)["answers"][QUESTION]:
        assert EVENT.validate_json(json.dumps({"id": 1, **event})).kind == event["kind"]
