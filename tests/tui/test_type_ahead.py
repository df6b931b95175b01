"""What happens while a question is typed, with a worker that says what the test tells it to."""

from typing import Any

import pytest

from models.article import Article
from rag import client
from rag.messages import Anticipate, Cancel, Prepare, Request
from tests.tui.conftest import QUESTION, OpenApp, make_article, ready, the_script, wait_until
from tui.widgets import question_line


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Give what is sent to the worker."""
    requests: list[Request] = []
    send = client.WorkerClient._send

    async def listened(self: client.WorkerClient, request: Request) -> None:
        requests.append(request)
        await send(self, request)

    monkeypatch.setattr(client.WorkerClient, "_send", listened)
    return requests


def scripted(article: Article) -> dict[str, Any]:
    return the_script(article) | {"anticipated": {"What did": [1, 3], "What did Nowak": [2]}}


async def test_evidence_lights_up_as_the_question_takes_shape(
    open_app: OpenApp, article: Article, sent: list[Request]
) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("a", *"What")
        assert not [request for request in sent if isinstance(request, Anticipate)]  # one word says nothing
        screen.panel.question.value = "What did"
        await wait_until(pilot, lambda: screen.article.evidence == {1, 3}, "the evidence")
        screen.panel.question.value = "What did Nowak "
        await wait_until(pilot, lambda: screen.article.evidence == {2}, "the evidence of more")
        screen.panel.question.value = ""
        await wait_until(pilot, lambda: not screen.article.evidence, "the light to go out")


async def test_a_space_settles_the_words_before_it(
    open_app: OpenApp, article: Article, sent: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_line, "SETTLED_S", 60.0)
    async with open_app(article, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("a", *"What", "space", *"did", "space", *"No")
        await wait_until(pilot, lambda: [one for one in sent if isinstance(one, Anticipate)], "the words")
        (words,) = [one for one in sent if isinstance(one, Anticipate)]
        assert words.question.text == "What did "
        assert not words.paused
        assert not [one for one in sent if isinstance(one, Cancel)]


async def test_what_is_typed_on_at_once_is_not_anticipated(
    open_app: OpenApp, article: Article, sent: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_line, "SETTLED_S", 60.0)
    async with open_app(article, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("a")
        screen.panel.question.value = QUESTION
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")
        assert screen.article.evidence == {2, 4}  # what the answer cites
        assert not [request for request in sent if isinstance(request, Anticipate)]


async def test_enter_lets_the_worker_go_on_with_the_question(
    open_app: OpenApp, article: Article, sent: list[Request]
) -> None:
    async with open_app(article, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("a")
        screen.panel.question.value = QUESTION
        await wait_until(pilot, lambda: [one for one in sent if isinstance(one, Anticipate)], "the anticipation")
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.panel.latest and not screen.panel.asking, "the answer")
        assert not [request for request in sent if isinstance(request, Cancel)]


async def test_the_library_is_not_searched_while_one_types(
    open_app: OpenApp, article: Article, sent: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_line, "SETTLED_S", 0.001)
    async with open_app(article, script=scripted(article)).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("L")
        screen.panel.question.value = "What did Nowak"
        await pilot.pause(0.2)
        assert not [request for request in sent if isinstance(request, Anticipate)]


async def test_the_article_that_follows_is_made_ready_when_the_open_one_is(
    open_app: OpenApp, article: Article, sent: list[Request]
) -> None:
    other = make_article("Bakers strike", ["No bread."])
    async with open_app(article, other).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await wait_until(pilot, lambda: len([r for r in sent if isinstance(r, Prepare)]) == 2, "the one that follows")
        first, second = [request for request in sent if isinstance(request, Prepare)]
        assert (first.article_id, first.ahead) == (article.id, False)
        assert (second.article_id, second.ahead) == (other.id, True)
