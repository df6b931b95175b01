"""Paragraphs are judged by themselves, each once, with a scripted answerer."""

from types import SimpleNamespace
from typing import Any

import pytest

from models.answer import Evidence
from models.article import Article
from models.question import Question
from rag.judging import Judging
from rag.passages import passages_of

STORY = Article.build("Bridge closes", ["It opened in 1931.", "It rusted.", "Gulls nest there."], origin="bridge.txt")
ODDS = {1: 0.0, 2: 2.0, 3: -2.0}


class Answerer:
    """Finds that the second paragraph answers, and remembers what it was asked about."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def answers_it(self, _: str, cited: str) -> float:
        self.read.append(cited)
        return next(odds for number, odds in ODDS.items() if STORY.text(number) in cited)

    def is_right(self, question: str, cited: str, answer: str) -> float:
        return self.answers_it(question, f"{cited} {answer}")


@pytest.fixture
def answerer() -> Answerer:
    return Answerer()


@pytest.fixture
def judging(answerer: Answerer) -> Judging:
    articles: Any = SimpleNamespace(article=lambda _: STORY, passages=lambda article: passages_of(article, ()))
    engines: Any = SimpleNamespace(answerer=answerer)
    return Judging(Question(text="Why?", article_id=STORY.id), engines, articles)


def evidence(number: int) -> Evidence:
    return Evidence(article_id=STORY.id, paragraph=number, score=0.9)


def test_what_answers_best_comes_first_with_its_probability(judging: Judging) -> None:
    judged = judging.each([evidence(n) for n in (1, 2, 3)])
    assert [found.paragraph for found in judged] == [2, 1, 3]
    assert [round(found.score, 2) for found in judged] == [0.88, 0.5, 0.12]


def test_an_answer_is_checked_against_what_it_cites(judging: Judging, answerer: Answerer) -> None:
    assert judging.rightness("Rust.", passages_of(STORY, ())[1:2]) == ODDS[2]
    assert answerer.read == ["Bridge closes. It rusted. Rust."]


def test_a_text_is_read_for_it_once(judging: Judging, answerer: Answerer) -> None:
    passage = passages_of(STORY, ())[1]
    assert judging.odds([passage]) == ODDS[2]
    judging.each([evidence(2)])
    assert answerer.read == ["Bridge closes. It rusted."]
