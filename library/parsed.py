"""What the parsers of the formats have in common: what they find in a text."""

from dataclasses import dataclass
from datetime import date
from typing import Final

HEADLINE_LENGTH: Final = 200
"""Characters of a headline at the most: a longer first line is the text itself."""


@dataclass(frozen=True)
class Parsed:
    """An article as it stands in a file. Without text to read, there are no paragraphs."""

    headline: str
    paragraphs: list[str]
    published: date | None = None
    url: str | None = None
    notices: tuple[str, ...] = ()


def headline_and_paragraphs(texts: list[str], headline: str = "") -> tuple[str, list[str]]:
    """Tell the headline from the paragraphs: it is the first of ``texts``, where it is not known from elsewhere.

    It is no paragraph as well, unless it is the beginning of one, or nothing would be left.
    """
    if texts and not headline:
        headline = shortened(texts[0])
    if len(texts) > 1 and texts[0] == headline:
        texts = texts[1:]
    return headline, texts


def shortened(text: str) -> str:
    """Cut a line down to the length of a headline, at a word."""
    if len(text) <= HEADLINE_LENGTH:
        return text
    return text[: HEADLINE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
