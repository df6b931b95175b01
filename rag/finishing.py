"""Finishes an answer that stands: what is beside the point is left out, and what it leaves open is answered."""

from typing import Final

from models.question import Question
from rag.answering import Settled
from rag.completing import Completer
from rag.drafting import Draft
from rag.listener import Listener
from rag.question_type import may_have_two_parts

BESIDE_THE_POINT: Final = -1.0
"""Log-odds of answering the question below which what a sentence cites is not what was asked about."""


class Finisher:
    """Finishes answers about one article; one from the library rests on a few paragraphs to begin with."""

    def __init__(self, completer: Completer) -> None:
        self._completer = completer

    def finish(self, question: Question, draft: Draft, listener: Listener) -> Settled:
        """Give what of an answer is shown. Raises ``Stopped``."""
        if question.article_id is None:
            return draft.settled
        parts = self._completer.parts(question)
        if len(parts) > 1:
            return self._completer.complete(parts, draft.settled, listener)
        return draft.settled if may_have_two_parts(question.text) else to_the_point(draft)


def to_the_point(draft: Draft) -> Settled:
    """Leave out the sentences that rest on what does not answer the question, where one rests on what does.

    A small model that has answered goes on with what stands nearby. Where two things are asked for, this does not do:
    one of them may rest on a paragraph that does not look like an answer to both.
    """
    settled = draft.settled
    cited = [settled.passages_of(sentence) for sentence in settled.sentences]
    if len(set(cited)) < 2:
        return settled
    odds = [draft.judging.odds(passages) for passages in cited]
    if max(odds) < BESIDE_THE_POINT:
        return settled
    return settled.only([s for s, answers in zip(settled.sentences, odds, strict=True) if answers >= BESIDE_THE_POINT])
