"""Questions that are stopped, by a key, by the next one or by going on, and asked again."""

from models.article import Article
from models.question import Question
from tests.tui.conftest import QUESTION, OpenApp, ask, make_article, ready, seen, the_script, wait_until
from tui.widgets.answer_view import State


async def test_esc_stops_and_the_next_question_is_answered(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["answers"]["Slow?"] = [{"kind": "token", "text": "Well"}, {"hang": True}]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen, "Slow?")
        view = screen.panel.latest
        assert view is not None
        await wait_until(pilot, lambda: view.state is State.WRITING, "the draft")
        await pilot.press("escape")
        await wait_until(pilot, lambda: view.state is State.STOPPED, "the stop")
        assert "■ Stopped." in seen(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        assert screen.panel.latest is not view
        assert "is found. [2]" in seen(pilot)


async def test_a_new_question_stops_the_one_under_way_and_says_so(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["answers"]["Slow?"] = [{"kind": "token", "text": "Well, now"}, {"hang": True}]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen, "Slow?")
        slow = screen.panel.latest
        assert slow is not None
        await wait_until(pilot, lambda: slow.state is State.WRITING, "the draft")
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        assert [view.question for view in screen.panel.answers] == ["Slow?", QUESTION]
        await wait_until(pilot, lambda: "is found. [2]" in seen(pilot), "the answer")
        assert "▏ Well, now" in seen(pilot)
        assert "■ Stopped for the new question." in seen(pilot)


async def test_two_questions_at_once_leave_none_waiting_for_ever(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        screen.panel.ask(Question(text="Slow?", article_id=article.id))
        screen.panel.ask(Question(text=QUESTION, article_id=article.id))
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        first, second = screen.panel.answers
        assert (first.state, second.state) == (State.STOPPED, State.ANSWERED)


async def test_what_was_stopped_is_asked_again_by_a_key(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["answers"][QUESTION].insert(0, {"hang": True})
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await pilot.press("escape", "up")
        await wait_until(pilot, lambda: "■ Stopped." in seen(pilot) and "r Ask again" in seen(pilot), "the stop")
        stopped = screen.panel.latest
        await pilot.press("r")
        await wait_until(pilot, lambda: screen.panel.asking, "the question")
        assert len(screen.panel.answers) == 1
        assert screen.panel.latest is not stopped
        assert screen.panel.latest is not None
        assert screen.panel.latest.question == QUESTION


async def test_leaving_the_article_says_which_question_is_stopped(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["answers"]["Slow?"] = [{"hang": True}]
    other = make_article("Bakers strike", ["No bread."])
    async with open_app(article, other, script=script).run_test(size=(120, 40), notifications=True) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen, "Slow?")
        await pilot.press("tab", "right_square_bracket")
        await wait_until(pilot, lambda: "Stopped, because you went on: Slow?" in seen(pilot), "the notice")
