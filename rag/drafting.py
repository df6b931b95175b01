"""Drafts answers: found, written, checked, and weighed, but not yet decided upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from library.cleaning import clean_text
from models.answer import Evidence
from models.question import Question
from rag.answerability import Signals, measure, unanswerable
from rag.answering import Settled, settle
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.engines import Engines
from rag.listener import Listener, Stopwatch
from rag.messages import Step
from rag.prompt import cited_text
from rag.researcher import Researcher

SECOND_LOOK: Final = 0.4
"""Doubt above which an answer from the whole article is held against another. Of the wrong ones, more than half lie
above it; of the right ones, a fifth."""

CLOSER_PASSAGES: Final = 5
"""Paragraphs that the second answer rests on: the right one is among them for every question of docs/quality.md."""


@dataclass(frozen=True)
class Draft:
    """An answer that has been checked, with what speaks for and against its being one."""

    settled: Settled
    signals: Signals
    attributor: Attributor

    @property
    def doubt(self) -> float:
        """The estimated probability that the question has no answer; certainty where nothing is left of this one."""
        return unanswerable(self.signals) if self.settled.sentences else 1.0


class Drafter:
    """Drafts answers to questions about articles."""

    def __init__(self, engines: Engines, articles: Articles, researcher: Researcher) -> None:
        self._engines = engines
        self._articles = articles
        self._researcher = researcher

    def draft(self, question: Question, listener: Listener, clock: Stopwatch) -> Draft:
        """Find evidence, have the model write, and check what it wrote; whether it is an answer is not yet decided.

        A doubtful answer from the whole article is held against one from the best evidence alone: a small model finds
        its way better in five paragraphs than in fifty, but they have to be read for it anew.
        """
        evidence = self._researcher.evidence(question, listener, clock)
        reading, passages = self._researcher.read(question, evidence, listener)
        scores = {(e.article_id, e.paragraph): e.score for e in evidence}
        attributor = Attributor(passages, remembered(self._articles.similarity), scores, question.text)
        listener.working(Step.ANSWERING)
        pieces = reading.answer(question.text)
        text = self._researcher.take_down(
            pieces, lambda begun: settle(begun, question.text, attributor), listener, clock
        )
        listener.working(Step.CHECKING)
        first = self._checked(question, text, attributor)
        if question.article_id is None or first.doubt <= SECOND_LOOK or len(passages) <= CLOSER_PASSAGES:
            return first
        listener.working(Step.LOOKING_CLOSER)
        second = self._checked(question, self._look_closer(question, evidence), attributor)
        return min(first, second, key=lambda draft: draft.doubt)

    def _checked(self, question: Question, text: str, attributor: Attributor) -> Draft:
        settled = settle(text, question.text, attributor)
        cited = cited_text([(self._articles.article(p.article_id), p) for p in settled.cited])
        agrees = self._engines.answerer.answers_it(question.text, cited)
        return Draft(settled, measure(question.text, text, settled, attributor, agrees), attributor)

    def _look_closer(self, question: Question, evidence: Sequence[Evidence]) -> str:
        """Have the model answer from the best passages alone."""
        [(article, passages)] = self._articles.excerpts(evidence[:CLOSER_PASSAGES])
        return clean_text(self._engines.answerer.look_closer(article, passages, question.text))
