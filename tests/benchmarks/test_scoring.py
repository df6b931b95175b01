from collections.abc import Iterable

import pytest

from benchmarks.question_sets import GoldQuestion, Kind
from benchmarks.scoring import AnswerLine, CitedLine, Figure, false_citations, figures, holds_keys, mark, right_by_kind
from models.answer import Timings
from models.article import Article

ARTICLE = Article.build(
    "Ferry stops", ["The ferry stops on Friday.", "The mayor objects.", "Rain."], origin="ferry.txt"
)


def gold(kind: Kind = Kind.FACT, **fields: object) -> GoldQuestion:
    given: dict[str, object] = {"id": "q", "article": "ferry.txt", "kind": kind, "question": "When?"}
    if kind is not Kind.UNANSWERABLE:
        given |= {"answer": "Friday", "keys": [["friday", "in two days"]], "paragraphs": [1], "support": [2]}
    return GoldQuestion.model_validate(given | fields)


def cited(paragraph: int, quote: str = "The", start: int = 0, article: str = "ferry.txt") -> CitedLine:
    return CitedLine(article=article, paragraph=paragraph, quote=quote, start=start, end=start + len(quote))


def answer(text: str = "On Friday.", *paragraphs: int, abstained: bool = False) -> AnswerLine:
    citations = tuple(cited(n) for n in paragraphs)
    return AnswerLine(id="q", answer=text, abstained=abstained, citations=citations, timings=Timings(total_s=1))


@pytest.mark.parametrize(
    ("text", "keys", "holds"),
    [
        ("On FRIDAY.", [["friday"]], True),
        ("Tomorrow.", [["friday", "tomorrow"]], True),
        ("On Friday, said Nowak.", [["friday"], ["nowak"]], True),
        ("On Friday.", [["friday"], ["nowak"]], False),
        ("5,300 operations", [[r"5[,. ]?300"]], True),
        ("", [["friday"]], False),
    ],
)
def test_every_group_of_keys_must_match(text: str, keys: list[list[str]], holds: bool) -> None:
    assert holds_keys(text, keys) is holds


def test_an_answer_that_cites_its_paragraph_is_grounded() -> None:
    marked = mark(gold(), answer("On Friday.", 1))
    assert (marked.answered, marked.correct, marked.grounded, marked.right) == (True, True, True, True)
    assert (marked.precision, marked.recall) == (1.0, 1.0)


def test_a_right_answer_with_another_citation_is_correct_but_not_grounded() -> None:
    marked = mark(gold(), answer("On Friday.", 2))
    assert (marked.correct, marked.grounded, marked.right) == (True, False, False)
    assert (marked.precision, marked.recall) == (1.0, 0.0)  # paragraph 2 is no error, but no proof


def test_a_wrong_answer_is_not_grounded_by_what_it_cites() -> None:
    marked = mark(gold(), answer("On Monday.", 1))
    assert (marked.answered, marked.correct, marked.grounded) == (True, False, False)


def test_one_gold_paragraph_is_enough_but_for_a_question_with_two_parts() -> None:
    one = answer("On Friday.", 1, 3)
    assert mark(gold(paragraphs=[1, 2]), one).grounded
    assert not mark(gold(Kind.MULTI, paragraphs=[1, 2]), one).grounded
    assert mark(gold(Kind.MULTI, paragraphs=[1, 2]), answer("On Friday.", 2, 1)).grounded
    assert mark(gold(paragraphs=[1, 2]), one).recall == 0.5


def test_a_paragraph_cited_twice_counts_once() -> None:
    assert mark(gold(), answer("On Friday.", 1, 1, 3)).precision == 0.5


def test_no_citation_has_no_precision() -> None:
    assert mark(gold(), answer("On Friday.")).precision == 0.0


def test_a_declined_answer_is_not_correct_whatever_it_says() -> None:
    marked = mark(gold(), answer("It does not say. “On Friday.”", 1, abstained=True))
    assert (marked.answered, marked.correct, marked.grounded, marked.declined) == (False, False, False, True)


def test_an_unanswerable_question_is_right_when_declined() -> None:
    unanswerable = gold(Kind.UNANSWERABLE)
    assert mark(unanswerable, answer("It does not say.", 1, abstained=True)).right
    assert not mark(unanswerable, answer("On Friday.", 1)).right
    assert not mark(unanswerable, answer("On Friday.", 1)).correct


def test_no_answer_at_all_is_neither_an_answer_nor_a_refusal() -> None:
    assert not mark(gold(Kind.UNANSWERABLE), None).right
    nothing = mark(gold(), None)
    assert (nothing.answered, nothing.declined, nothing.right) == (False, False, False)


def test_figures_are_shares_of_the_questions_they_are_about() -> None:
    marked = [
        mark(gold(), answer("On Friday.", 1)),
        mark(gold(), answer("On Friday.", 3)),
        mark(gold(), answer("It does not say.", abstained=True)),
        mark(gold(), None),
        mark(gold(Kind.UNANSWERABLE), answer("It does not say.", abstained=True)),
    ]
    assert figures(marked) == {
        "grounded": Figure(0.25, 4),
        "correct": Figure(0.5, 4),
        "answered": Figure(0.5, 4),
        "abstain": Figure(1.0, 1),
        "cite_prec": Figure(0.5, 2),
        "cite_recall": Figure(0.25, 4),
    }
    assert right_by_kind(marked) == {Kind.FACT: (1, 4), Kind.UNANSWERABLE: (1, 1)}


def test_without_questions_of_a_sort_there_is_no_figure() -> None:
    found = figures([mark(gold(), answer("On Friday.", 1))])
    assert found["abstain"] == Figure(None, 0)


def problems(citations: Iterable[CitedLine]) -> list[str]:
    line = AnswerLine(id="q", answer="", abstained=False, citations=tuple(citations), timings=Timings(total_s=1))
    return false_citations(line, {"ferry.txt": ARTICLE})


def test_citations_that_stand_word_for_word_are_no_problem() -> None:
    assert problems([cited(1, "ferry stops", 4), cited(3, "Rain.")]) == []


@pytest.mark.parametrize(
    ("citation", "problem"),
    [
        (cited(1, "ferry", article="another.txt"), "no such article"),
        (cited(4), "no such paragraph"),
        (cited(0, "Ferry stops"), "no such paragraph"),
        (cited(-1, "Rain."), "no such paragraph"),
        (cited(1, "ferry", 5), "'ferry' does not stand at 5 to 10"),
        (cited(1, "Ferry", 4), "'Ferry' does not stand at 4 to 9"),
        (cited(1, "", 4), "'' does not stand at 4 to 4"),
        (cited(3, "Rain", -5), "'Rain' does not stand at -5 to -1"),
    ],
)
def test_a_false_citation_is_told(citation: CitedLine, problem: str) -> None:
    [found] = problems([citation])
    assert found.startswith("q: ")
    assert found.endswith(problem)
