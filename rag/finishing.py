"""Finishes an answer that stands: what is beside the point is left out, and what it leaves open is answered."""

from models.question import Question
from rag.answering import Settled
from rag.completing import Completer
from rag.drafting import Draft
from rag.failures import EndpointFailed
from rag.listener import Listener
from rag.question_type import may_have_two_parts
from rag.to_the_point import to_the_point


class Finisher:
    """Finishes answers about one article; one from the library rests on a few paragraphs to begin with."""

    def __init__(self, completer: Completer) -> None:
        self._completer = completer

    def finish(self, question: Question, draft: Draft, listener: Listener) -> Settled:
        """Give what of an answer is shown; as it is, where the model fails meanwhile. Raises ``Stopped``."""
        if question.article_id is None:
            return draft.settled
        parts = self._completer.parts(question)
        try:
            if len(parts) > 1:
                return self._completer.complete(parts, draft.settled, listener)
            return draft.settled if may_have_two_parts(question.text) else to_the_point(question.text, draft)
        except EndpointFailed:
            return draft.settled
