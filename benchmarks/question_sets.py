"""Questions with what an answer to them must hold, and the articles they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict

HERE: Final = Path(__file__).parent

Line = TypeVar("Line", bound=BaseModel)


class Kind(StrEnum):
    """What a question asks for."""

    FACT = "fact"
    QUOTE = "quote"
    """What somebody said, whose name the question gives."""
    WHO_SAID = "who-said"
    """Who said something that the question gives."""
    NUMBER = "number"
    MULTI = "multi"
    """Two things that stand in different paragraphs, all of which an answer must cite."""
    UNANSWERABLE = "unanswerable"
    """A near miss: the article speaks of it, but does not say this; or the question takes for true what is not."""


class GoldQuestion(BaseModel):
    """A question and what makes an answer to it right.

    ``keys`` are groups of regular expressions, case ignored; one of each group must match the answer. ``paragraphs``
    answer the question; ``support`` are others that may be cited with them.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    article: str
    kind: Kind
    question: str
    answer: str = ""
    keys: tuple[tuple[str, ...], ...] = ()
    paragraphs: frozenset[int] = frozenset()
    support: frozenset[int] = frozenset()

    @property
    def answerable(self) -> bool:
        """Tell whether the article answers it."""
        return self.kind is not Kind.UNANSWERABLE


@dataclass(frozen=True)
class QuestionSet:
    """A file of questions, a JSON object a line, and the folder of the articles that they name."""

    questions: Path
    articles: Path

    def load(self) -> list[GoldQuestion]:
        """Read the questions. Raises ``ValueError`` that names a bad line, ``OSError`` where there is no such file."""
        return read_lines(self.questions, GoldQuestion)


OWN: Final[Sequence[QuestionSet]] = (
    QuestionSet(HERE / "questions" / "samples.jsonl", HERE.parent / "library" / "samples"),
    QuestionSet(HERE / "questions" / "articles.jsonl", HERE / "articles"),
)
"""The project's own questions: about the samples that come with newsreader, and about articles made for measuring."""


def read_lines(file: Path, line_type: type[Line]) -> list[Line]:
    """Read a JSON Lines file. Raises ``ValueError`` that names a bad line, ``OSError`` where there is no such file."""
    found = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        if line.strip():
            try:
                found.append(line_type.model_validate_json(line))
            except ValueError as error:
                raise ValueError(f"{file.name}, line {number}: {error}") from error
    return found
