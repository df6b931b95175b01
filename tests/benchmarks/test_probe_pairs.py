"""Which paragraphs a probe is fitted to."""

from benchmarks.probe import pairs_of
from benchmarks.question_sets import GoldQuestion, Kind


def gold(kind: Kind, *paragraphs: int) -> GoldQuestion:
    return GoldQuestion(
        id="q", article="a.txt", kind=kind, question="Why?", paragraphs=frozenset(paragraphs), support=frozenset({5})
    )


def test_the_best_gold_paragraph_and_the_best_that_does_not_support_it() -> None:
    assert list(pairs_of(gold(Kind.FACT, 2, 4), [5, 4, 3, 2, 1])) == [((4,), True), ((3,), False)]


def test_a_question_of_two_parts_is_answered_by_both_paragraphs_together() -> None:
    assert list(pairs_of(gold(Kind.MULTI, 2, 4), [4, 3, 2])) == [((2, 4), True), ((3,), False)]


def test_two_near_misses_of_a_question_that_has_no_answer() -> None:
    assert list(pairs_of(gold(Kind.UNANSWERABLE), [1, 2, 3])) == [((1,), False), ((2,), False)]
