"""Drafts answers: found, written, checked, and weighed, but not yet decided upon."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from models.answer import Evidence
from models.question import Question
from rag.answerability import MOST_DOUBT, Signals, measure, unanswerable
from rag.answering import NOTHING, Settled, settle, written
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.closer_look import JUDGED_PASSAGES, answer_from_best, is_worth_answering
from rag.engines import Engines
from rag.failures import EndpointFailed
from rag.gates import new_names
from rag.judging import Judging
from rag.listener import Listener, Stopwatch
from rag.messages import Step
from rag.probe import UNDECIDED
from rag.question_type import Asks, asks, may_have_two_parts
from rag.researcher import Researcher

SECOND_LOOK: Final = 0.25
"""Doubt above which an answer is held against another. Of the wrong ones, seven tenths lie above it; of the right
ones, a quarter."""

SURE_OF_SPEAKER: Final = 0.05
"""The same where the question asks who said something: the name of somebody stands in many a paragraph, and which of
them holds what was said shows when they are judged. Of 75 such answers 46 were right before and 68 after; of the 24
others, 22 are."""


@dataclass(frozen=True)
class Draft:
    """An answer that has been checked, with what speaks for and against its being one."""

    settled: Settled
    signals: Signals
    attributor: Attributor
    judging: Judging
    streamed: int = 0
    """Characters of what the reader saw being written, in whose place it comes."""

    @property
    def doubt(self) -> float:
        """The estimated probability that the question has no answer; certainty where nothing is left of this one."""
        return unanswerable(self.signals) if self.settled.sentences else 1.0

    @property
    def verbatim(self) -> bool:
        """Whether it is the article's words alone: what the model wrote did not pass, or names nobody asked for."""
        return all(sentence.verbatim for sentence in self.settled.sentences)


def _names_nobody(draft: Draft, question: Question) -> bool:
    """Tell whether it is asked who said something, and an answer says no name: the other answer may."""
    return asks(question.text) is Asks.SPEAKER and not new_names(written(draft.settled), question.text)


class Drafter:
    """Drafts answers to questions about articles."""

    def __init__(self, engines: Engines, articles: Articles, researcher: Researcher) -> None:
        self._engines = engines
        self._articles = articles
        self._researcher = researcher

    def draft(self, question: Question, listener: Listener, clock: Stopwatch) -> Draft:
        """Find evidence, have the model write, and check what it wrote; whether it is an answer is not yet decided.

        A doubtful answer is held against one from the paragraphs alone that answer the question best, as the model
        judges each: it finds its way better in two paragraphs than in fifty, but they have to be read for it anew. So
        is one that rests on a single paragraph where two things may be asked for: it may be half of what was wanted.
        What is asked of a library rests on a few paragraphs to begin with.
        """
        judging = Judging(question, self._engines, self._articles)
        evidence = self._researcher.evidence(question, listener, clock)
        reading, passages = self._researcher.read(question, evidence, listener)
        scores = {(e.article_id, e.paragraph): e.score for e in evidence}
        attributor = Attributor(passages, remembered(self._articles.similarity), scores, question.text)
        if not passages:  # nothing bears on it: there is nothing to be written
            signals = measure(question.text, "", NOTHING, attributor, agrees=UNDECIDED, right=UNDECIDED)
            return Draft(NOTHING, signals, attributor, judging)
        listener.working(Step.ANSWERING)
        pieces = reading.answer(question.text)
        text = self._researcher.take_down(
            pieces, lambda begun: settle(begun, question.text, attributor), listener, clock
        )
        listener.working(Step.CHECKING)
        first = replace(self.checked(question, text, attributor, judging), streamed=len(text))
        surely = SURE_OF_SPEAKER if asks(question.text) is Asks.SPEAKER else SECOND_LOOK
        doubtful = first.doubt > surely or first.verbatim
        half = not doubtful and may_have_two_parts(question.text) and len(first.settled.cited) == 1
        if question.article_id is None or not (doubtful or half):
            return first
        listener.working(Step.LOOKING_CLOSER)
        try:
            return self._looked_at_closer(question, first, evidence, half=half)
        except EndpointFailed:  # it has answered already
            return first

    def _looked_at_closer(self, question: Question, first: Draft, evidence: Sequence[Evidence], *, half: bool) -> Draft:
        """Give the better of an answer and another, from the paragraphs that answer best; ``half``: the fuller."""
        judged = first.judging.each(evidence[:JUDGED_PASSAGES])
        first = replace(first, attributor=first.attributor.knowing(judged))
        if not is_worth_answering(judged):
            return first
        text = answer_from_best(self._engines, self._articles, question.text, judged)
        second = replace(self.checked(question, text, first.attributor, first.judging), streamed=first.streamed)
        if half:
            fuller = len(second.settled.cited) > 1 and second.doubt <= SECOND_LOOK
            return second if fuller else first
        return min(
            first, second, key=lambda draft: (draft.doubt > MOST_DOUBT, _names_nobody(draft, question), draft.doubt)
        )

    def checked(self, question: Question, text: str, attributor: Attributor, judging: Judging) -> Draft:
        """Check what the model wrote to a question, and weigh what speaks for an answer. Raises ``Stopped``."""
        settled = settle(text, question.text, attributor)
        agrees = right = UNDECIDED
        if settled.cited:
            agrees = judging.odds(settled.cited)
            right = judging.rightness(written(settled), settled.cited)
        signals = measure(question.text, text, settled, attributor, agrees, right)
        return Draft(settled, signals, attributor, judging)
