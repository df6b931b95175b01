"""What an answer leaves open of a question of two parts is asked by itself, with an answerer that is scripted."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from entities.recognise import VERSION
from library.store import Store
from models.answer import Evidence
from models.article import Article
from models.question import Question
from rag.answerer import Excerpts
from rag.answering import NOTHING, Settled, settle, written
from rag.articles import Articles
from rag.attribution import Attributor
from rag.completing import Completer
from rag.drafting import Drafter
from rag.messages import Step
from rag.passages import Passage, passages_of

CLOSED = "The bridge closed in May after long talks."
COST, GULLS = "Repairs will cost nine million.", "Gulls nest under the deck."
STORY = Article.build("Bridge closes", [CLOSED, COST, GULLS], origin="bridge.txt")
WHEN, PRICE = "When did the bridge close?", "What will the repairs cost?"
BOTH = "When did the bridge close, and what will the repairs cost?"


class Answerer:
    """Finds that the paragraphs it is told of answer a question, and answers with these, or writes something else.

    ``odds`` are those of a paragraph of which it is not told; of a question and a paragraph, or of any.
    """

    def __init__(
        self,
        answers: dict[str, str],
        writes: str | None,
        odds: dict[tuple[str, str], float] | None = None,
    ) -> None:
        self._answers = answers
        self._writes = writes
        self._odds = odds or {}
        self.asked: list[str] = []

    def answers_it(self, question: str, cited: str) -> float:
        told = next((odds for (q, text), odds in self._odds.items() if q == question and text in cited), None)
        if told is not None:
            return told
        right = self._answers.get(question)
        return 4.0 if right is not None and right in cited else -5.0

    def is_right(self, question: str, cited: str, _: str) -> float:
        return self.answers_it(question, cited)

    def look_closer(self, excerpts: Excerpts, question: str) -> str:
        self.asked.append(question)
        assert any(p.text == self._answers[question] for _, group in excerpts for p in group)
        return self._writes or self._answers[question]


class AllAlike(Articles):
    """Finds every passage half alike to anything."""

    def similarity(self, _: str, passages: Sequence[Passage]) -> Any:
        return np.full(len(passages), 0.5)


class Steps:
    """Hears what is done."""

    def __init__(self) -> None:
        self.heard: list[Step] = []

    def working(self, step: Step, _: float | None = None) -> None:
        self.heard.append(step)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(STORY)
        opened.keep_entities(STORY.id, VERSION, ())
        yield opened


def settled(text: str) -> Settled:
    passages = passages_of(STORY, ())
    return settle(text, BOTH, Attributor(passages, lambda _, those: np.full(len(those), 0.5), {}, BOTH))


def completed(
    store: Store,
    said: str,
    answers: dict[str, str],
    writes: str | None = None,
    *,
    odds: dict[tuple[str, str], float] | None = None,
    asked: str = BOTH,
) -> tuple[Settled, Answerer, Steps]:
    answerer, listener = Answerer(answers, writes, odds), Steps()
    engines: Any = SimpleNamespace(answerer=answerer)
    found = tuple(Evidence(article_id=STORY.id, paragraph=n, score=1 - n / 10) for n in (1, 2, 3))
    researcher: Any = SimpleNamespace(found=lambda *_: found)
    articles = AllAlike(engines, store)
    completer = Completer(engines, articles, researcher, Drafter(engines, articles, researcher))
    parts = completer.parts(Question(text=asked, article_id=STORY.id))
    return completer.complete(parts, settled(said), listener), answerer, listener  # type: ignore[arg-type]


def test_the_part_that_is_left_open_is_answered_behind_the_other(store: Store) -> None:
    whole, answerer, listener = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST})
    assert written(whole) == f"{CLOSED} {COST}"
    assert [[whole.citations[i].quote for i in s.citations] for s in whole.sentences] == [[CLOSED], [COST]]
    assert [p.number for p in whole.cited] == [1, 2]
    assert answerer.asked == [PRICE]
    assert listener.heard == [Step.LOOKING_CLOSER]


def test_the_answers_stand_in_the_order_asked(store: Store) -> None:
    assert written(completed(store, COST, {WHEN: CLOSED, PRICE: COST})[0]) == f"{CLOSED} {COST}"


def test_what_was_written_in_the_place_of_the_answer_is_left_out(store: Store) -> None:
    assert written(completed(store, f"{CLOSED} {GULLS}", {WHEN: CLOSED, PRICE: COST})[0]) == f"{CLOSED} {COST}"
    assert written(completed(store, GULLS, {WHEN: CLOSED, PRICE: COST})[0]) == f"{CLOSED} {COST}"


def test_an_answer_to_both_stays_as_it_is(store: Store) -> None:
    whole, answerer, listener = completed(store, f"{CLOSED} {COST}", {WHEN: CLOSED, PRICE: COST})
    assert written(whole) == f"{CLOSED} {COST}"
    assert answerer.asked == []
    assert listener.heard == []


@pytest.mark.parametrize("text", [CLOSED, f"{CLOSED} {GULLS}"])
def test_where_no_paragraph_answers_the_other_part_nothing_is_written(store: Store, text: str) -> None:
    whole, answerer, _ = completed(store, text, {WHEN: CLOSED})
    assert written(whole) == text
    assert answerer.asked == []


@pytest.mark.parametrize(
    "writes",
    ["The article does not say what the repairs will cost.", "Repairs will cost 12 million, said Lind.", ""],
    ids=["declines", "does not pass", "nothing"],
)
def test_what_is_no_answer_is_not_added(store: Store, writes: str) -> None:
    whole, answerer, _ = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST}, writes or " ")
    assert written(whole) == CLOSED
    assert answerer.asked == [PRICE]


def test_it_is_completed_by_two_sentences_at_the_most(store: Store) -> None:
    writes = f"{COST} Nine million it will cost. A million repairs cost nine."
    whole, _, _ = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST}, writes)
    assert written(whole) == f"{CLOSED} {COST} Nine million it will cost."


def test_what_is_said_already_is_not_said_again(store: Store) -> None:
    whole, _, _ = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST}, f"{COST} The repairs will cost nine million.")
    assert written(whole) == f"{CLOSED} {COST}"


def test_what_is_beside_the_point_of_a_part_is_not_added(store: Store) -> None:
    whole, _, _ = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST}, f"{COST} {GULLS}")
    assert written(whole) == f"{CLOSED} {COST}"


@pytest.mark.parametrize(("odds", "asked"), [(-0.1, [PRICE]), (0.1, [])])
def test_a_part_is_open_where_nothing_cited_rather_answers_it(store: Store, odds: float, asked: list[str]) -> None:
    _, answerer, _ = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST}, odds={(PRICE, CLOSED): odds})
    assert answerer.asked == asked


@pytest.mark.parametrize(("odds", "asked"), [(-1.5, []), (-1.3, [PRICE])])
def test_an_open_part_is_answered_where_a_paragraph_is_worth_it(store: Store, odds: float, asked: list[str]) -> None:
    _, answerer, _ = completed(store, CLOSED, {WHEN: CLOSED, PRICE: COST}, odds={(PRICE, COST): odds})
    assert answerer.asked == asked


@pytest.mark.parametrize(("odds", "kept"), [(-3.1, CLOSED), (-2.9, f"{CLOSED} {GULLS}")])
def test_what_is_far_from_the_other_part_gives_way(store: Store, odds: float, kept: str) -> None:
    told = {(WHEN, GULLS): odds}
    whole, _, _ = completed(store, f"{CLOSED} {GULLS}", {WHEN: CLOSED, PRICE: COST}, odds=told)
    assert written(whole) == f"{kept} {COST}"


def test_of_three_parts_each_is_answered_in_its_place(store: Store) -> None:
    birds = "Which birds nest under the deck?"
    asked = f"When did the bridge close and what will the repairs cost, and {birds.lower()}"
    whole, _, _ = completed(store, f"{GULLS} {CLOSED}", {WHEN: CLOSED, PRICE: COST, birds: GULLS}, asked=asked)
    assert written(whole) == f"{CLOSED} {COST} {GULLS}"


@pytest.mark.parametrize("text", [WHEN, "Where and when was it?"])
def test_a_question_that_asks_for_one_thing_is_its_only_part(store: Store, text: str) -> None:
    completer = Completer(SimpleNamespace(), AllAlike(SimpleNamespace(), store), SimpleNamespace(), SimpleNamespace())  # type: ignore[arg-type]
    question = Question(text=text, article_id=STORY.id)
    assert completer.parts(question) == (question,)


def test_what_is_joined_never_says_the_same_twice() -> None:
    once = settled(f"{CLOSED} {COST}")
    assert Settled.joined([once, settled(CLOSED), NOTHING]) == once
