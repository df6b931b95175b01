"""What the pipeline makes of a question before and after it is drafted, with drafts that are scripted."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from entities.recognise import VERSION
from library.store import Store
from models.answer import AnswerSentence, Timings
from models.article import Article
from models.entity import Entity, EntityType
from models.question import Question, Turn
from rag.answerability import Signals
from rag.answering import NOT_SAID, Settled
from rag.attribution import Attributor
from rag.pipeline import Draft, Pipeline

STORY = Article.build("Talks begin", ["Orlov spoke in Oslo. Reed replied."], origin="talks.txt")
ENTITIES = tuple(
    Entity(name=name, type=EntityType.PERSON, aliases=(name.split()[1],)) for name in ("Pavel Orlov", "James Reed")
)
SPOKE = Turn(question="What did Orlov say?", answer="Orlov spoke.", article_ids=(STORY.id,))


class Drafting(Pipeline):
    """Drafts what it is told to, and remembers what was asked."""

    asked: Question
    sentences: tuple[AnswerSentence, ...] = (AnswerSentence(text="Reed agreed."),)

    def draft(self, question: Question, _: Any) -> Draft:
        self.asked = question
        signals = Signals(**{f.name: 1.0 if f.name == "answer_supported" else 0.0 for f in fields(Signals)})
        settled = Settled(self.sentences, (), (), 1.0)
        return Draft(settled, signals, Attributor((), lambda *_: (), {}, ""), Timings(total_s=0.1))  # type: ignore[arg-type]


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Drafting]:
    with Store.open(tmp_path / "library.db") as store:
        store.add(STORY)
        store.keep_entities(STORY.id, VERSION, ENTITIES)
        yield Drafting(SimpleNamespace(model=SimpleNamespace(name="m")), store)  # type: ignore[arg-type]


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
