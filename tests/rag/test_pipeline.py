"""What the pipeline makes of a question before and after it is drafted, with drafts that are scripted."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from entities.recognise import VERSION
from library.store import Store
from models.answer import AnswerSentence, Evidence
from models.article import Article
from models.entity import Entity, EntityType
from models.question import Question, Turn
from rag.answerability import Signals
from rag.answering import NOT_SAID, Settled
from rag.attribution import Attributor
from rag.messages import Step
from rag.passages import Passage
from rag.pipeline import Draft, Pipeline, Stopwatch
from rag.prompt import SUMMARY_TOKENS

STORY = Article.build("Talks begin", ["Orlov spoke in Oslo. Reed replied."], origin="talks.txt")
ENTITIES = tuple(
    Entity(name=name, type=EntityType.PERSON, aliases=(name.split()[1],)) for name in ("Pavel Orlov", "James Reed")
)
SPOKE = Turn(question="What did Orlov say?", answer="Orlov spoke.", article_ids=(STORY.id,))


class Drafting(Pipeline):
    """Drafts what it is told to, and remembers what was asked."""

    asked: Question
    sentences: tuple[AnswerSentence, ...] = (AnswerSentence(text="Reed agreed."),)

    def draft(self, question: Question, *_: Any) -> Draft:
        self.asked = question
        signals = Signals(**{f.name: 1.0 if f.name == "answer_supported" else 0.0 for f in fields(Signals)})
        settled = Settled(self.sentences, (), (), 1.0)
        return Draft(settled, signals, Attributor((), lambda *_: (), {}, ""))  # type: ignore[arg-type]


class Summarising(Pipeline):
    """Finds and reads what it is told to."""

    def _evidence(self, question: Question, _: Any) -> tuple[Evidence, ...]:
        self.looked_for = question.text
        return (Evidence(article_id=STORY.id, paragraph=1, score=0.9),)

    def _read(self, *_: Any) -> tuple[tuple[int, ...], tuple[Passage, ...]]:
        return (1, 2), self.passages(STORY)

    def _similarity(self, _: str, passages: Sequence[Passage]) -> Any:
        return np.full(len(passages), 0.5)


class Listening:
    """Hears what is done."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def working(self, step: Step, _: float | None = None) -> None:
        self.heard.append(step)

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        self.heard.append([one.paragraph for one in found])

    def token(self, text: str) -> None:
        self.heard.append(text)


class SummaryModel:
    """Writes a summary behind the right prompt."""

    name = "m"

    def feed(self, tokens: list[int]) -> None:
        assert tokens == [1, 2, 99]

    def generate(self, most: int) -> list[str]:
        assert most == SUMMARY_TOKENS
        return ["Orlov spoke ", "in Oslo."]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(STORY)
        opened.keep_entities(STORY.id, VERSION, ENTITIES)
        yield opened


@pytest.fixture
def pipeline(store: Store) -> Drafting:
    return Drafting(SimpleNamespace(model=SimpleNamespace(name="m")), store)  # type: ignore[arg-type]


@pytest.mark.parametrize("article_id", [STORY.id, None])
def test_a_follow_up_is_drafted_as_it_is_understood(pipeline: Drafting, article_id: str | None) -> None:
    question = Question(text="And what did Reed reply?", article_id=article_id, earlier=(SPOKE,))
    answer = pipeline.answer(question, None)  # type: ignore[arg-type]
    assert pipeline.asked.text == "What did Reed reply to Pavel Orlov?"
    assert pipeline.asked.article_id == article_id
    assert answer.understood_as == "What did Reed reply to Pavel Orlov?"


def test_a_question_that_stands_on_its_own_is_not_said_to_be_understood_otherwise(pipeline: Drafting) -> None:
    question = Question(text="What did Reed reply?", article_id=STORY.id, earlier=(SPOKE,))
    assert pipeline.answer(question, None).understood_as is None  # type: ignore[arg-type]
    assert pipeline.asked.text == "What did Reed reply?"


def test_what_a_follow_up_was_understood_as_is_said_where_it_is_declined(pipeline: Drafting) -> None:
    pipeline.sentences = ()
    answer = pipeline.answer(Question(text="Why did he?", article_id=STORY.id, earlier=(SPOKE,)), None)  # type: ignore[arg-type]
    assert answer.abstained
    assert answer.text.startswith(NOT_SAID)
    assert answer.understood_as == "Why did Pavel Orlov?"


def test_a_summary_is_made_from_what_bears_on_the_headline_and_never_declined(store: Store) -> None:
    prompter = SimpleNamespace(to_summarise=lambda prefix: [*prefix, 99])
    pipeline = Summarising(SimpleNamespace(model=SummaryModel(), prompter=prompter), store)  # type: ignore[arg-type]
    listener = Listening()
    answer = pipeline.answer(Question.summary(STORY.id), listener)
    assert pipeline.looked_for == STORY.headline
    assert answer.text.startswith("Orlov spoke in Oslo.")
    assert not answer.abstained
    assert answer.citations[0].quote == "Orlov spoke in Oslo."
    assert listener.heard == [[1], Step.ANSWERING, "Orlov spoke ", "in Oslo.", Step.CHECKING]


LONG = Article.build("Talks go on", [f"Orlov spoke of point {n}." for n in range(1, 9)], origin="long.txt")


class Doubting(Pipeline):
    """Doubts its first answer, and its second, as much as it is told to."""

    doubts: tuple[float, float]

    def _evidence(self, *_: Any) -> tuple[Evidence, ...]:
        return tuple(Evidence(article_id=LONG.id, paragraph=n, score=1 / n) for n in range(8, 0, -1))

    def _read(self, *_: Any) -> tuple[tuple[int, ...], tuple[Passage, ...]]:
        return (1, 2), self.passages(LONG)

    def _checked(self, _: Question, text: str, __: Attributor) -> Draft:
        doubt = self.doubts[text == "closer"]
        return SimpleNamespace(text=text, doubt=doubt)  # type: ignore[return-value]


class TwoAnswers:
    """Writes one answer from the article, another aside."""

    def feed(self, tokens: list[int]) -> None:
        pass

    def generate(self, _: int) -> list[str]:
        return ["whole"]

    def write_aside(self, tokens: list[int], _: int) -> str:
        self.read_again = tokens
        return "closer"


@pytest.mark.parametrize(
    ("doubts", "wins", "looks"),
    [((0.3, 0.1), "whole", False), ((0.8, 0.2), "closer", True), ((0.6, 0.9), "whole", True)],
)
def test_a_doubtful_answer_gives_way_to_a_less_doubtful_one_from_the_best_paragraphs(
    store: Store, doubts: tuple[float, float], wins: str, looks: bool
) -> None:
    store.add(LONG)
    store.keep_entities(LONG.id, VERSION, ())
    prompter = SimpleNamespace(
        asked=lambda prefix, _: [*prefix, 3], asked_closer=lambda _, passages, __: [p.number for p in passages]
    )
    model = TwoAnswers()
    pipeline = Doubting(SimpleNamespace(model=model, prompter=prompter), store)  # type: ignore[arg-type]
    pipeline.doubts = doubts
    listener = Listening()
    draft: Any = pipeline.draft(Question(text="Why?", article_id=LONG.id), listener, Stopwatch())
    assert draft.text == wins
    assert (Step.LOOKING_CLOSER in listener.heard) == looks
    assert not looks or model.read_again == [4, 5, 6, 7, 8]
