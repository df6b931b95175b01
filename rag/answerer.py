"""What writes answers: a model on this machine (``rag.local_answerer``), or one behind an endpoint.

All that is found, checked, cited and declined is done around it, in the same way for each. Whatever is asked of one may
raise ``EndpointFailed``, where it is behind an endpoint.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias

from models.article import Article
from rag.passages import Passage

Excerpts: TypeAlias = Sequence[tuple[Article, Sequence[Passage]]]
"""Some passages of some articles, the best article first."""

OnProgress: TypeAlias = Callable[[float], None]
"""Called with the share (0 to 1) of a text that has been read."""


class Reading(Protocol):
    """What an answerer has read, ready to be asked about. All methods give pieces as they are written."""

    def answer(self, question: str) -> Iterator[str]:
        """Answer a question from it. Raises ``Stopped``."""

    def summary(self) -> Iterator[str]:
        """Say in a few sentences what it says. Raises ``Stopped``."""

    def brief(self) -> Iterator[str]:
        """Say in a sentence or two what happened. Raises ``Stopped``."""


class Answerer(Protocol):
    """Writes answers from what it is given to read, and judges them."""

    @property
    def name(self) -> str:
        """What its answers are signed with."""

    def read_article(
        self, article: Article, passages: Sequence[Passage], question: str, on_progress: OnProgress
    ) -> Reading | None:
        """Read a whole article; None where it does not fit beside the question. Raises ``Stopped``."""

    def read_excerpts(self, excerpts: Excerpts, question: str, on_progress: OnProgress) -> Reading:
        """Read some passages, cut to what fits beside the question. Raises ``Stopped``."""

    def read_ahead(self, article: Article, passages: Sequence[Passage], question: str) -> None:
        """Read a question about a whole article before it is asked, if the article has been. Raises ``Stopped``."""

    def read_next(self, article: Article, passages: Sequence[Passage], on_progress: OnProgress) -> None:
        """Read an article that may be opened next, so that it is there at once. Raises ``Stopped``."""

    def look_closer(self, excerpts: Excerpts, question: str) -> str:
        """Answer from a few passages, and keep what was read before. Raises ``Stopped``."""

    def answers_it(self, question: str, cited: str) -> float:
        """Judge whether some text answers a question; give the log-odds that it does. Raises ``Stopped``."""

    def is_right(self, question: str, cited: str, answer: str) -> float:
        """Judge whether an answer is right by what it cites; give the log-odds. Raises ``Stopped``."""

    def tokens_in(self, text: str) -> int:
        """Give about how many tokens a text takes."""
