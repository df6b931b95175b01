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
from rag.answering import Settled, settle, written
from rag.articles import Articles
from rag.attribution import Attributor
from rag.completing import Completer
from rag.drafting import Draft
from rag.failures import EndpointFailed
from rag.finishing import Finisher
from rag.judging import Judging
from rag.passages import passages_of

STORY = Article.build(
    "Bridge closes",
    ["The bridge rusted for years.", "Gulls nest under the deck.", "A ferry sails at 7."],
    origin="bridge.txt",
)
WRITTEN = "The bridge rusted for years. Gulls nest under the deck. A ferry sails at 7."


class Judge:
    """Finds as likely as it is told that each paragraph answers."""

    def __init__(self, *odds: float) -> None:
        self._odds = dict(zip(STORY.paragraphs, odds, strict=True))

    def answers_it(self, _: str, cited: str) -> float:
        return next(odds for paragraph, odds in self._odds.items() if paragraph.text in cited)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(STORY)
        opened.keep_entities(STORY.id, VERSION, ())
        yield opened


def drafted(
    store: Store, text: str, odds: Sequence[float], *, said: str = WRITTEN, of_library: bool = False
) -> tuple[Question, Draft, Articles]:
    engines: Any = SimpleNamespace(answerer=Judge(*odds))
    question = Question(text=text, article_id=None if of_library else STORY.id)
    articles = Articles(engines, store)
    attributor = Attributor(passages_of(STORY, ()), lambda _, those: np.full(len(those), 0.5), {}, text)
    settled = settle(said, text, attributor)
    signals = measure(text, said, settled, attributor, 0.0, 0.0)
    return question, Draft(settled, signals, attributor, Judging(question, engines, articles)), articles


def finished(
    store: Store, text: str, odds: Sequence[float], *, said: str = WRITTEN, of_library: bool = False
) -> Settled:
    question, draft, articles = drafted(store, text, odds, said=said, of_library=of_library)
    completer = Completer(SimpleNamespace(), articles, SimpleNamespace(), SimpleNamespace())  # type: ignore[arg-type]
    return Finisher(completer).finish(question, draft, SimpleNamespace())


def test_a_question_of_several_parts_is_completed_and_nothing_left_out(store: Store) -> None:
    question, draft, articles = drafted(store, "Why did it rust, and when does the ferry sail?", (3.0, -3.0, -3.0))
    whole = draft.settled.only(draft.settled.sentences[:1])

    class Completing(Completer):
        def complete(self, parts: Sequence[Question], settled: Settled, _: Any) -> Settled:
            assert [part.text for part in parts] == ["Why did it rust?", "When does the ferry sail?"]
            assert written(settled) == WRITTEN
            return whole

    completer = Completing(SimpleNamespace(), articles, SimpleNamespace(), SimpleNamespace())  # type: ignore[arg-type]
    assert Finisher(completer).finish(question, draft, SimpleNamespace()) is whole


@pytest.mark.parametrize("text", ["Why did it rust?", "Why did it rust, and when does the ferry sail?"])
def test_where_the_model_fails_the_answer_stands_that_is_there(store: Store, text: str) -> None:
    question, draft, articles = drafted(store, text, (3.0, -3.0, -3.0))

    class Failing:
        def answers_it(self, *_: str) -> float:
            raise EndpointFailed("It is busy.")

    engines: Any = SimpleNamespace(answerer=Failing())
    failing = Draft(draft.settled, draft.signals, draft.attributor, Judging(question, engines, articles))
    completer = Completer(engines, articles, SimpleNamespace(), SimpleNamespace())  # type: ignore[arg-type]
    assert Finisher(completer).finish(question, failing, SimpleNamespace()) is draft.settled


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
    settled = finished(store, "Why was the bridge closed?", odds)
    assert written(settled) == kept
    assert [settled.citations[i].quote for s in settled.sentences for i in s.citations] == [
        sentence.text for sentence in settled.sentences
    ]
    assert [passage.text for passage in settled.cited] == [sentence.text for sentence in settled.sentences]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Gulls nest under the deck. They rusted the bridge for years.", [0, 1]),
        ("A ferry sails at 7. Gulls nest under the deck. They rusted the bridge for years.", [1, 2]),
        ("Gulls nest under the deck. The bridge rusted for years.", [1]),
    ],
)
def test_a_sentence_that_says_whom_a_pronoun_means_stays(store: Store, said: str, kept: list[int]) -> None:
    sentences = said.replace(". ", ".\n").split("\n")
    settled = finished(store, "Why was it closed?", (3.0, -3.0, -3.0), said=said)
    assert [s.text for s in settled.sentences] == [sentences[i] for i in kept]


@pytest.mark.parametrize(("question", "of_library"), [("Why and when?", False), ("Why was it closed?", True)])
def test_nothing_is_left_out_where_two_things_are_asked_for_or_of_the_library(
    store: Store, question: str, of_library: bool
) -> None:
    assert written(finished(store, question, (3.0, -3.0, -3.0), of_library=of_library)) == WRITTEN


JOINED = "The bridge rusted for years and gulls nest under the deck."


@pytest.mark.parametrize(
    ("odds", "cited"),
    [((3.0, -3.0, 0.0), [1]), ((-3.0, 2.0, 0.0), [2]), ((1.0, 2.0, 0.0), [1, 2]), ((-3.0, -3.0, 0.0), [1, 2])],
    ids=["the second does not answer", "the first does not", "both answer", "none does"],
)
def test_of_what_a_sentence_rests_on_that_is_cited_which_answers(
    store: Store, odds: tuple[float, ...], cited: list[int]
) -> None:
    settled = finished(store, "What happened?", odds, said=JOINED)
    assert written(settled) == JOINED
    assert sorted(passage.number for passage in settled.cited) == cited
    assert sorted(settled.citations[i].paragraph for i in settled.sentences[0].citations) == cited


def test_what_alone_holds_a_number_stays_cited(store: Store) -> None:
    said = "The bridge rusted for years and a ferry sails at 7."
    settled = finished(store, "What happened?", (3.0, 0.0, -3.0), said=said)
    assert sorted(passage.number for passage in settled.cited) == [1, 3]
