"""Keys that come faster than the app acts on them, as from a script, a paste, or fingers at a busy moment."""

import pytest
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from models.article import Article
from tests.tui.conftest import QUESTION, OpenApp, reading, ready, seen, wait_until
from tui import typed_ahead
from tui.app import NewsreaderApp
from tui.screens.opening import OpeningScreen
from tui.screens.reader import ReaderScreen


def typed(app: NewsreaderApp, keys: str) -> None:
    """Press keys without waiting for any of them."""
    for key in keys:
        name = {"/": "slash", "?": "question_mark", "\n": "enter", " ": "space"}.get(key, key)
        app.post_message(events.Key(name, None if key == "\n" else key))


async def test_a_question_is_put_before_the_panes_are_there(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = OpeningScreen.compose

    def pressed(screen: OpeningScreen) -> ComposeResult:
        assert isinstance(screen.app, NewsreaderApp)
        typed(screen.app, f"a{QUESTION}\n")
        yield from compose(screen)

    monkeypatch.setattr(OpeningScreen, "compose", pressed)
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")
        assert [view.question for view in screen.panel.answers] == [QUESTION]
        assert screen.panel.answers[0].answer is not None


async def test_a_question_that_waits_is_sent_at_once(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = ReaderScreen.on_mount

    def sent(screen: ReaderScreen) -> None:
        mounted(screen)
        line = screen.panel.question
        line.post_message(Input.Submitted(line, line.value))

    monkeypatch.setattr(ReaderScreen, "on_mount", sent)
    async with open_app(article, question=QUESTION).run_test(size=(120, 40)) as pilot:
        screen = await reading(pilot)
        await wait_until(pilot, lambda: screen.panel.latest and screen.panel.latest.answer, "the answer")


async def test_what_is_typed_behind_a_key_goes_where_that_leads(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        typed(app, f"a{QUESTION}\n")
        await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")
        assert screen.panel.latest is not None
        assert screen.panel.latest.question == QUESTION
        app.post_message(events.Key("escape", None))
        typed(app, "/board\nn")
        await wait_until(pilot, lambda: screen.article.has_focus and screen.article.trail.places, "the places")
        assert screen.article.trail.label == "board"


async def test_what_is_pasted_behind_a_key_goes_there_too(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        typed(app, "a")
        app.post_message(events.Paste(QUESTION))
        typed(app, "\n")
        await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")


async def test_a_key_that_is_never_acted_on_holds_the_next_one_up_for_a_moment_only(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "LOST_S", 0.05)
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        with monkeypatch.context() as gone:
            gone.setattr(screen.article, "post_message", lambda _: False)  # as one that is being removed
            typed(app, "ja")
            await wait_until(pilot, lambda: not app._typed, "the keys")


async def test_whoever_wants_to_quit_waits_neither_for_the_panes_nor_for_another_key(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpeningScreen, "on_mount", lambda _: None)  # the panes never come
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        typed(app, "j")
        app.post_message(events.Key("ctrl+q", None))
        await wait_until(pilot, lambda: not app.is_running or app._exit, "the end")
    assert app.return_code == 0


async def test_the_timer_of_a_key_that_was_acted_on_says_nothing_of_the_next(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        typed(app, "j")
        await wait_until(pilot, lambda: app._patience and app._under_way is None, "the key")
        assert app._patience is not None
        late = app._patience._callback
        assert late is not None
        with monkeypatch.context() as slow:
            slow.setattr(screen.article, "post_message", lambda _: False)  # the next key is not acted on yet
            typed(app, "a")
            await wait_until(pilot, lambda: app._under_way, "the next key")
            late()
            await pilot.pause()
            assert app._under_way is not None


async def test_what_is_pasted_is_taken_as_one_line_as_far_as_there_is_room(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await ready(pilot)
        await pilot.press("a")
        app.post_message(events.Paste("What did\n  \x1b[31mNowak\r\npromise?\n"))
        await wait_until(pilot, lambda: screen.panel.question.value, "the question")
        assert screen.panel.question.value.startswith("What did")
        assert screen.panel.question.value.endswith("Nowak promise?")
        assert "\x1b" not in screen.panel.question.value
        app.post_message(events.Paste("and the bus " * 9000))
        await wait_until(pilot, lambda: "There is room for 1,000 characters" in seen(pilot), "the notice")
        assert len(screen.panel.question.value) == 1000
