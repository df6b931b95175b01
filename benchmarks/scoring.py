"""Scores answers against gold questions, and checks that what they cite stands where they say it does."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from pydantic import BaseModel, ConfigDict

from benchmarks.question_sets import GoldQuestion, Kind
from models.answer import Timings
from models.article import Article


class CitedLine(BaseModel):
    """A citation as ``newsreader ask --batch`` prints it; ``article`` is the name of a file."""

    model_config = ConfigDict(frozen=True)

    article: str
    paragraph: int
    quote: str
    start: int
    end: int


class AnswerLine(BaseModel):
    """An answer as ``newsreader ask --batch`` prints it."""

    model_config = ConfigDict(frozen=True)

    id: str
    answer: str
    abstained: bool
    citations: tuple[CitedLine, ...] = ()
    timings: Timings


@dataclass(frozen=True)
class Marked:
    """A question with the answer to it, if there is one, and what that is worth.

    An unanswerable question is ``right`` when it was declined, any other when the answer is grounded.
    """

    gold: GoldQuestion
    answer: AnswerLine | None
    answered: bool
    correct: bool
    grounded: bool
    declined: bool
    precision: float
    """Share of the cited paragraphs that support the answer; 0 where none is cited."""
    recall: float
    """Share of the gold paragraphs that are cited; 0 where there are none."""

    @property
    def right(self) -> bool:
        """Tell whether a reader got what the question deserves."""
        return self.grounded if self.gold.answerable else self.declined


@dataclass(frozen=True)
class Figure:
    """A share of ``n`` questions, in [0, 1]; more is better. ``value`` is None where there was no question."""

    value: float | None
    n: int


FIGURES: Final[Mapping[str, str]] = {
    "grounded": "answered rightly, citing a paragraph that says so (multi: all that it takes)",
    "correct": "answered rightly, whatever is cited",
    "answered": "answerable and not declined",
    "abstain": "unanswerable and declined",
    "cite_prec": "of the paragraphs cited, those that support the answer",
    "cite_recall": "of the paragraphs that answer, those cited",
}
"""The figures by name, the headline first, with what each counts."""


def mark(gold: GoldQuestion, answer: AnswerLine | None) -> Marked:
    """Mark an answer; a question without one counts as neither answered nor declined."""
    answered = answer is not None and not answer.abstained
    cited = {citation.paragraph for citation in answer.citations} if answer else set()
    found = gold.paragraphs & cited
    correct = answered and answer is not None and holds_keys(answer.answer, gold.keys)
    enough = found == gold.paragraphs if gold.kind is Kind.MULTI else bool(found)
    return Marked(
        gold=gold,
        answer=answer,
        answered=answered,
        correct=correct and gold.answerable,
        grounded=correct and gold.answerable and enough,
        declined=answer is not None and answer.abstained,
        precision=len(cited & (gold.paragraphs | gold.support)) / len(cited) if cited else 0.0,
        recall=len(found) / len(gold.paragraphs) if gold.paragraphs else 0.0,
    )


def holds_keys(text: str, keys: Sequence[Sequence[str]]) -> bool:
    """Tell whether each group of regular expressions has one that matches."""
    return all(any(re.search(key, text, re.IGNORECASE) for key in group) for group in keys)


def figures(marked: Iterable[Marked]) -> dict[str, Figure]:
    """Give the figures of ``FIGURES`` over all questions. Precision is over those answered."""
    everything = list(marked)
    answerable = [m for m in everything if m.gold.answerable]
    shares: dict[str, list[float]] = {
        "grounded": [m.grounded for m in answerable],
        "correct": [m.correct for m in answerable],
        "answered": [m.answered for m in answerable],
        "abstain": [m.declined for m in everything if not m.gold.answerable],
        "cite_prec": [m.precision for m in answerable if m.answered],
        "cite_recall": [m.recall for m in answerable],
    }
    return {name: Figure(fmean(values) if values else None, len(values)) for name, values in shares.items()}


def right_by_kind(marked: Iterable[Marked]) -> dict[Kind, tuple[int, int]]:
    """Count, for each kind of question that occurs, those that went right, and all."""
    by_kind: dict[Kind, list[bool]] = defaultdict(list)
    for m in marked:
        by_kind[m.gold.kind].append(m.right)
    return {kind: (sum(by_kind[kind]), len(by_kind[kind])) for kind in Kind if kind in by_kind}


def false_citations(answer: AnswerLine, articles: Mapping[str, Article]) -> list[str]:
    """Say of each citation that does not stand in its article, word for word, what is wrong with it."""
    problems = []
    for citation in answer.citations:
        where = f"{answer.id}: {citation.article} [{citation.paragraph}]"
        article = articles.get(citation.article)
        if article is None:
            problems.append(f"{where}: no such article")
        elif not 1 <= citation.paragraph <= len(article.paragraphs):
            problems.append(f"{where}: no such paragraph")
        elif not _stands_there(citation, article.text(citation.paragraph)):
            problems.append(f"{where}: {citation.quote!r} does not stand at {citation.start} to {citation.end}")
    return problems


def _stands_there(citation: CitedLine, paragraph: str) -> bool:
    inside = 0 <= citation.start < citation.end <= len(paragraph)
    return inside and paragraph[citation.start : citation.end] == citation.quote
