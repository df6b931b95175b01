"""What became of the sentences that the reader saw pass before the answer was complete."""

from collections.abc import Iterable

from models.answer import Answer, AnswerSentence


class Standing:
    """Remembers what stands of an answer that is being written and finished."""

    def __init__(self) -> None:
        self._stood: frozenset[str] = frozenset()
        self._withdrawn = False

    def passed(self, sentences: Iterable[AnswerSentence]) -> None:
        """Take in what has passed so far; what had passed before and is not among it was withdrawn."""
        stands = _texts(sentences)
        self._withdrawn |= not self._stood <= stands
        self._stood = stands

    def became(self, answer: Answer) -> str | None:
        """Say what became of it in the answer; None where all of it stands there."""
        stands = _texts(answer.sentences)
        if not self._withdrawn and self._stood <= stands:
            return None
        if answer.abstained:
            return "What was written at first did not hold."
        if self._withdrawn or not self._stood & stands:
            return "Looked closer, and answered anew."
        return (
            "What was beside the point is left out."
            if stands < self._stood
            else "Looked closer, and answered a part anew."
        )


def _texts(sentences: Iterable[AnswerSentence]) -> frozenset[str]:
    return frozenset(sentence.text for sentence in sentences)
