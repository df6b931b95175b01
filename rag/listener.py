"""What is told of an answer while it is made: steps, evidence, pieces of text; and how long each took."""

import time
from typing import Protocol

from models.answer import AnswerSentence, Citation, Evidence, Timings
from rag.messages import Step


class Listener(Protocol):
    """Hears what the pipeline is doing while it does it."""

    def working(self, step: Step, fraction: float | None = None) -> None:
        """A step has begun or has come a fraction (0 to 1) further."""

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        """The paragraphs that bear on the question are known."""

    def token(self, text: str) -> None:
        """The model has written a piece of its answer."""

    def settled(self, sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...], written: int) -> None:
        """The sentences of the first ``written`` characters have passed, as far as can be told before the end."""


class Stopwatch:
    """Takes the times of an answer, from its making."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.evidence_s: float | None = None
        self.first_token_s: float | None = None

    def now(self) -> float:
        """Give the seconds passed."""
        return round(time.monotonic() - self._began, 3)

    def timings(self) -> Timings:
        """Give the times taken, with now as the end."""
        return Timings(evidence_s=self.evidence_s, first_token_s=self.first_token_s, total_s=self.now())
