"""The same prompts, as messages to an endpoint; and what is made of its judgement."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from models.article import Article
from models.endpoint_settings import EndpointSettings
from models.settings import LEAST_CONTEXT_TOKENS
from rag.endpoint import Endpoint
from rag.failures import EndpointFailed
from rag.passages import passages_of
from rag.probe import UNDECIDED, of_yes
from rag.prompt import ANSWER, ANSWERS_IT, CHECKS, JUDGED, SUMMARISE, SYSTEM, SYSTEM_EVIDENCE, article_text
from rag.remote_answerer import LEAST_ODDS, MOST_ODDS, RemoteAnswerer
from rag.stop_flag import StopFlag
from tests.chat_server import ChatServer, chances, judging, reply, words

ARTICLE = Article.build("Bridge closes", ["It rusted."], origin="bridge.txt")
PASSAGES = passages_of(ARTICLE, ())
TEXT = article_text(ARTICLE, PASSAGES)


@dataclass
class Rig:
    server: ChatServer
    answerer: RemoteAnswerer
    shares: list[float] = field(default_factory=list)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """System and user messages of each request."""
        return [(body["messages"][0]["content"], body["messages"][1]["content"]) for body in self.server.asked]

    def read(self, article: Article = ARTICLE) -> Any:
        return self.answerer.read_article(article, passages_of(article, ()), "Why?", self.shares.append)


@pytest.fixture
def rig() -> Iterator[Rig]:
    with (
        ChatServer() as server,
        Endpoint(EndpointSettings(url=server.url, model="tiny"), StopFlag()) as endpoint,
    ):
        yield Rig(server, RemoteAnswerer(endpoint, LEAST_CONTEXT_TOKENS))


def test_nothing_is_sent_before_it_is_asked(rig: Rig) -> None:
    assert rig.read() is not None
    rig.answerer.read_ahead(ARTICLE, PASSAGES, "Wh")
    rig.answerer.read_next(ARTICLE, PASSAGES, rig.shares.append)
    assert rig.shares == []
    assert rig.server.asked == []


def test_a_question_goes_behind_the_whole_article(rig: Rig) -> None:
    assert "".join(rig.read().answer("Why?")) == "It rusted."
    assert rig.asked == [(SYSTEM, TEXT + ANSWER.format(question="Why?"))]
    assert rig.answerer.name.startswith("tiny at 127.0.0.1:")


def test_a_summary_is_a_task_behind_the_same_text(rig: Rig) -> None:
    assert "".join(rig.read().summary()) == "It rusted."
    assert rig.asked == [(SYSTEM, TEXT + SUMMARISE)]


def test_an_article_that_does_not_fit_is_answered_from_passages_cut_to_what_does(rig: Rig) -> None:
    long = Article.build("Bridge closes", ["rust " * 4000], origin="bridge.txt")
    assert rig.read(long) is None
    excerpts = [(long, passages_of(long, ()))]
    list(rig.answerer.read_excerpts(excerpts, "Why?", rig.shares.append).answer("Why?"))
    [(system, text)] = rig.asked
    assert system == SYSTEM_EVIDENCE
    assert text.endswith(ANSWER.format(question="Why?"))
    assert len(text) < LEAST_CONTEXT_TOKENS * 3


def test_a_closer_look_is_a_question_behind_a_few_passages(rig: Rig) -> None:
    assert rig.answerer.look_closer([(ARTICLE, PASSAGES)], "Why?") == "It rusted."
    assert rig.asked == [(SYSTEM_EVIDENCE, TEXT + ANSWER.format(question="Why?"))]


@pytest.mark.parametrize(
    ("tokens", "odds"),
    [
        ({"Yes": -0.5, "No": -2.5}, 2.0),
        ({" no": -0.5, "YES": -1.0, "Maybe": -3.0}, -0.5),
        ({"Yes": -0.5, "Well": -2.5}, 2.0),
        ({" no": -0.1, "Yes": -5.1}, LEAST_ODDS),
        ({"Yes": 0.0, "No": -9999.0}, MOST_ODDS),
    ],
)
def test_its_judgement_is_how_much_likelier_yes_is_than_no(rig: Rig, tokens: dict[str, float], odds: float) -> None:
    rig.server.behaviour = chances(tokens)
    assert rig.answerer.answers_it("Why?", "It rusted.") == pytest.approx(of_yes(odds))
    assert rig.asked == [(CHECKS, JUDGED.format(cited="It rusted.", question="Why?") + ANSWERS_IT)]


def test_whether_an_answer_is_right_is_not_asked(rig: Rig) -> None:
    assert rig.answerer.is_right("Why?", "It rusted.", "Rust.") == UNDECIDED
    assert rig.server.asked == []


def test_a_reply_of_neither_yes_nor_no_leaves_it_undecided(rig: Rig) -> None:
    rig.server.behaviour = chances({"Well": -0.1})
    assert rig.answerer.answers_it("Why?", "It rusted.") == UNDECIDED


def test_an_endpoint_that_tells_no_chances_is_asked_once(rig: Rig) -> None:
    rig.server.behaviour = judging(words("It rusted."), reply({"error": {"message": "no logprobs"}}, 500))
    assert [rig.answerer.answers_it("Why?", "It rusted.") for _ in range(2)] == [UNDECIDED, UNDECIDED]
    assert len(rig.server.asked) == 1
    assert "".join(rig.read().answer("Why?")) == "It rusted."


@pytest.mark.parametrize(
    "behaviour",
    [
        reply({"error": {"message": "slow down"}}, 429),
        reply({"error": {"message": "context is full"}}, 400),
        reply({"choices": "none"}),
    ],
)
def test_a_judgement_that_fails_leaves_the_answer_undecided_and_is_asked_for_again(rig: Rig, behaviour: Any) -> None:
    rig.server.behaviour = behaviour
    assert rig.answerer.answers_it("Why?", "It rusted.") == UNDECIDED
    rig.server.behaviour = chances({"Yes": -0.5, "No": -2.5})
    assert rig.answerer.answers_it("Why?", "It rusted.") == pytest.approx(of_yes(2.0))


def test_an_endpoint_that_fails_is_not_taken_for_undecided(rig: Rig) -> None:
    rig.server.behaviour = reply({"error": "no"}, 401)
    with pytest.raises(EndpointFailed):
        rig.answerer.answers_it("Why?", "It rusted.")
