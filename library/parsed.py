"""What the parsers of the formats have in common: what they find in a text."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from models.article import Heading

HEADLINE_LENGTH: Final = 200
"""Characters of a headline at the most: a longer first line is the text itself."""


class Block(NamedTuple):
    """A paragraph, list item, table row or heading."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Parsed:
    """An article as it stands in a file. Without text to read, there are no paragraphs."""

    headline: str
    paragraphs: list[str]
    published: date | None = None
    url: str | None = None
    byline: str | None = None
    headings: tuple[Heading, ...] = ()
    notices: tuple[str, ...] = ()


def shortened(text: str) -> str:
    """Cut a line down to the length of a headline, at a word."""
    if len(text) <= HEADLINE_LENGTH:
        return text
    return text[: HEADLINE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
