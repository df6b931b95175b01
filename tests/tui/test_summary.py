"""The summary on a key: written once, shown again, written anew where that is wanted."""

from typing import Any

from textual.pilot import Pilot

from models.article import Article
from models.question import SUMMARY
from tests.tui.conftest import OpenApp, answered, ask, citation, ready, seen, the_script, wait_until
from tui.screens.reader import ReaderScreen
from tui.widgets.answer_view import State
from tui.widgets.marks import Place


def scripted(article: Article, text: str = "The ferry stops, and a bus is promised.") -> dict[str, Any]:
    script = the_script(article)
    cited = [citation(article, 2, "a bus over the causeway")]
    script["answers"][SUMMARY] = [{"kind": "token", "text": "The"}, answered(cited, {"text": text, "citations": [0]})]
    return script


async def summarised(pilot: Pilot[Any]) -> ReaderScreen:
    screen = await ready(pilot)
    await pilot.press("s")
    await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the summary")
    return screen


async def test_s_summarises_with_citations_to_jump_to(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=(80, 24)) as pilot:
        screen = await summarised(pilot)
        assert "› Summary" in seen(pilot)
        assert "The ferry stops, and a bus is promised. [2]" in seen(pilot)
        await pilot.press("c")
        assert screen.article.cited == (Place(2, 93, 116),)


async def test_s_again_shows_the_summary_and_once_more_has_it_written_anew(open_app: OpenApp, article: Article) -> None:
    script = scripted(article)
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await summarised(pilot)
        first = screen.panel.latest
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        await pilot.press("escape", "s")
        assert first is not None
        assert first.has_focus
        assert len(screen.panel.answers) == 2
        await pilot.press("s")
        await wait_until(pilot, lambda: first not in screen.panel.answers, "the new one")
        assert [view.is_summary for view in screen.panel.answers] == [False, True]
        assert screen.panel.answers[1].has_focus


async def test_the_summary_is_there_again_tomorrow(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        await summarised(pilot)
    async with open_app(article, script=scripted(article, "Not this one.")).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("s")
        (view,) = screen.panel.answers
        assert view.has_focus
        assert "The ferry stops" in seen(pilot)


async def test_a_summary_that_failed_keeps_the_one_before_and_is_tried_again(
    open_app: OpenApp, article: Article
) -> None:
    script = scripted(article)
    script["answers"][SUMMARY] = [{"kind": "failed", "reason": "internal", "message": "Oops."}]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await summarised(pilot)
        await pilot.press("s")
        await wait_until(pilot, lambda: len(screen.panel.answers) == 2 and not screen.panel.asking, "another try")
        assert [view.state for view in screen.panel.answers] == [State.FAILED, State.FAILED]
    script = scripted(article)
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await summarised(pilot)
        assert [view.state for view in screen.panel.answers] == [State.ANSWERED]


async def test_a_summary_is_no_part_of_the_conversation(open_app: OpenApp, article: Article) -> None:
    script = scripted(article)
    script["answers"]["Who?"] = [answered([], {"text": "Before: <EARLIER>"})]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await summarised(pilot)
        await ask(pilot, screen, "Who?")
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        assert "Before: <>" in seen(pilot)
