"""The answerer behind an endpoint: the same prompts, as messages. What it is to read goes with each task."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from models.article import Article
from rag.answerer import Excerpts, OnProgress
from rag.endpoint import Endpoint, NotLetIn, Refused, chat
from rag.failures import EndpointFailed
from rag.passages import Passage
from rag.probe import UNDECIDED, of_yes
from rag.prompt import (
    ANSWER,
    ANSWER_TOKENS,
    ANSWERS_IT,
    BRIEF_TOKENS,
    BRIEFLY,
    CHECKS,
    JUDGED,
    SUMMARISE,
    SUMMARY_TOKENS,
    SYSTEM,
    SYSTEM_EVIDENCE,
    TASK_TOKENS,
    article_text,
    excerpts_text,
)

LETTERS_A_TOKEN: Final = 3
"""Characters of a token, rather too few: English news has 4 to 5, and nobody tells us how the endpoint counts."""

LEAST_ODDS: Final = -1.0
MOST_ODDS: Final = 3.0
"""Log-odds that count at the most. The default model's own lie between these (87 of its answers), and the weights of
``rag.answerability`` are fitted to them: the certainty of a bigger model would outweigh all else."""


class RemoteReading:
    """What goes to the endpoint with a task."""

    def __init__(self, endpoint: Endpoint, system: str, text: str) -> None:
        self._endpoint = endpoint
        self._system = system
        self._text = text

    def answer(self, question: str) -> Iterator[str]:
        """Answer a question from it. Raises ``EndpointFailed`` and ``Stopped``."""
        return self._write(ANSWER.format(question=question), ANSWER_TOKENS)

    def summary(self) -> Iterator[str]:
        """Say in a few sentences what it says. Raises ``EndpointFailed`` and ``Stopped``."""
        return self._write(SUMMARISE, SUMMARY_TOKENS)

    def brief(self) -> Iterator[str]:
        """Say in a sentence or two what happened. Raises ``EndpointFailed`` and ``Stopped``."""
        return self._write(BRIEFLY, BRIEF_TOKENS)

    def _write(self, task: str, most: int) -> Iterator[str]:
        return self._endpoint.write(chat(self._system, self._text + task), most)


class RemoteAnswerer:
    """Answers by the model of an endpoint."""

    def __init__(self, endpoint: Endpoint, context_tokens: int) -> None:
        """``context_tokens`` is how much the endpoint is given to read at the most."""
        self._endpoint = endpoint
        self._context_tokens = context_tokens
        self._tells_chances = True

    @property
    def name(self) -> str:
        """The name of the model, and where it is."""
        return self._endpoint.signature

    def read_article(
        self,
        article: Article,
        passages: Sequence[Passage],
        question: str,
        on_progress: OnProgress,  # noqa: ARG002 -- nothing is read before it is asked about
    ) -> RemoteReading | None:
        """Take a whole article, and send nothing yet; None where it does not fit beside the question."""
        text = article_text(article, passages)
        fits = self.tokens_in(text) <= self._room(question)
        return RemoteReading(self._endpoint, SYSTEM, text) if fits else None

    def read_ahead(self, article: Article, passages: Sequence[Passage], question: str) -> None:
        """Read nothing: what is still being typed is not sent."""

    def read_next(self, article: Article, passages: Sequence[Passage], on_progress: OnProgress) -> None:
        """Read nothing: what has not been asked about is not sent."""

    def read_excerpts(
        self,
        excerpts: Excerpts,
        question: str,
        on_progress: OnProgress,  # noqa: ARG002 -- as above
    ) -> RemoteReading:
        """Take some passages, cut to what fits beside the question, and send nothing yet."""
        text = excerpts_text(excerpts)
        most = self._room(question) * LETTERS_A_TOKEN
        return RemoteReading(self._endpoint, SYSTEM_EVIDENCE, text if len(text) <= most else f"{text[:most]}\n\n")

    def look_closer(self, excerpts: Excerpts, question: str) -> str:
        """Answer from a few passages. Raises ``EndpointFailed`` and ``Stopped``."""
        return "".join(self.read_excerpts(excerpts, question, lambda _: None).answer(question))

    def answers_it(self, question: str, cited: str) -> float:
        """Ask the model whether some text answers a question; give the log-odds that it does.

        An answer is there already: what fails here leaves it undecided. Raises ``EndpointFailed`` only where nothing
        can be asked any more, and ``Stopped``.
        """
        if not self._tells_chances:
            return UNDECIDED
        cited = cited[: self._room(question) * LETTERS_A_TOKEN]
        try:
            chances = self._endpoint.first_token(
                chat(CHECKS, JUDGED.format(cited=cited, question=question) + ANSWERS_IT)
            )
        except Refused:  # a server that answers, but tells no chances, is asked for none again
            self._tells_chances = False
            return UNDECIDED
        except NotLetIn:
            raise
        except EndpointFailed:
            return UNDECIDED
        yes, no = _logs(chances, "yes"), _logs(chances, "no")
        if not yes and not no:
            return UNDECIDED
        least = [min(chances.values())]  # what is not among those told is less likely than any of them
        odds = np.logaddexp.reduce(yes or least) - np.logaddexp.reduce(no or least)
        return of_yes(float(np.clip(odds, LEAST_ODDS, MOST_ODDS)))

    def is_right(self, question: str, cited: str, answer: str) -> float:  # noqa: ARG002 -- nothing tells
        """Leave it undecided: no probe is fitted to what an endpoint thinks, and what it says tells next to nothing."""
        return UNDECIDED

    def tokens_in(self, text: str) -> int:
        """Estimate how many tokens a text takes, rather too many."""
        return -(-len(text) // LETTERS_A_TOKEN)

    def _room(self, question: str) -> int:
        """Give the tokens that are left for what is read, beside a task and what is written."""
        task = max(TASK_TOKENS, self.tokens_in(ANSWER.format(question=question)))
        return self._context_tokens - task - SUMMARY_TOKENS


def _logs(chances: Mapping[str, float], word: str) -> list[float]:
    return [log for token, log in chances.items() if token.strip().casefold() == word]
