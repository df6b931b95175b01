"""Sentences that rest on what does not answer the question are left out of an answer, with judgements scripted."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from entities.recognise import VERSION
from library.store import Store
from models.article import Article
from models.question import Question
from rag.answerability import measure
from rag.answering import settle, written
from rag.articles import Articles
from rag.attribution import Attributor
from rag.drafting import Draft, Drafter
from rag.listener import Stopwatch
from rag.passages import passages_of

STORY = Article.build(
    "Bridge closes",
    ["The bridge rusted for years.", "Gulls nest under the deck.", "A ferry sails at noon."],
    origin="bridge.txt",
)
WRITTEN = "The bridge rusted for years. Gulls nest under the deck. A ferry sails at noon."


class Judge:
    """Finds as likely as it is told that each paragraph answers."""

    def __init__(self, *odds: float) -> None:
        self._odds = dict(zip(STORY.paragraphs, odds, strict=True))

    def answers_it(self, _: str, cited: str) -> float:
        return next(odds for paragraph, odds in self._odds.items() if paragraph.text in cited)


class Drafted(Drafter):
    """Has drafted what it is told to."""

    def _drafted(self, question: Question, *_: Any) -> Draft:
        passages = passages_of(STORY, ())
        attributor = Attributor(passages, lambda _, those: np.full(len(those), 0.5), {}, question.text)
        settled = settle(WRITTEN, question.text, attributor)
        return Draft(settled, measure(question.text, WRITTEN, settled, attributor, 0.0, 0.0), attributor)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(STORY)
        opened.keep_entities(STORY.id, VERSION, ())
        yield opened


def drafted(store: Store, question: str, odds: Sequence[float], *, of_library: bool = False) -> Draft:
    engines: Any = SimpleNamespace(answerer=Judge(*odds))
    drafter = Drafted(engines, Articles(engines, store), SimpleNamespace())  # type: ignore[arg-type]
    asked = Question(text=question, article_id=None if of_library else STORY.id)
    return drafter.draft(asked, SimpleNamespace(), Stopwatch())


@pytest.mark.parametrize(
    ("odds", "kept"),
    [
        ((3.0, 1.0, -2.0), "The bridge rusted for years. Gulls nest under the deck."),
        ((-2.0, 1.0, -2.0), "Gulls nest under the deck."),
        ((-3.0, -2.0, -5.0), WRITTEN),
        ((0.0, 0.0, 0.0), WRITTEN),
    ],
    ids=["one is beside the point", "two are", "all are", "all answer"],
)
def test_what_rests_on_what_does_not_answer_is_left_out_with_what_it_cites(
    store: Store, odds: tuple[float, ...], kept: str
) -> None:
    settled = drafted(store, "Why was the bridge closed?", odds).settled
    assert written(settled) == kept
    assert [settled.citations[i].quote for s in settled.sentences for i in s.citations] == [
        sentence.text for sentence in settled.sentences
    ]
    assert [passage.text for passage in settled.cited] == [sentence.text for sentence in settled.sentences]


@pytest.mark.parametrize(("question", "of_library"), [("Why and when?", False), ("Why was it closed?", True)])
def test_nothing_is_left_out_where_two_things_are_asked_for_or_of_the_library(
    store: Store, question: str, of_library: bool
) -> None:
    assert written(drafted(store, question, (3.0, -3.0, -3.0), of_library=of_library).settled) == WRITTEN
