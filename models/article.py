"""Articles and their paragraphs."""

import hashlib
from collections import deque
from collections.abc import Iterator
from datetime import date
from typing import Self

from models.base import Frozen

HEADLINE = 0
"""The number under which the headline is addressed wherever a paragraph number is expected."""


class Paragraph(Frozen):
    """One paragraph of an article. ``number`` is 1-based and is what citations show."""

    number: int
    text: str


class Heading(Frozen):
    """A heading within an article: it is shown above paragraph ``before``, but has no number and is never cited."""

    before: int
    text: str


class Article(Frozen):
    """A text to read and to ask about.

    ``id`` identifies the content (headline, date and paragraphs): the same story read from two places is one
    article. ``origin`` is where it was read from (a path, a URL, ``-``), cleaned for display. ``byline`` is who wrote
    it and where, as it stands above the text. ``notices`` are things a reader should be told about how the text was
    read ("12 bytes could not be decoded").
    """

    id: str
    headline: str
    published: date | None
    url: str | None
    origin: str
    paragraphs: tuple[Paragraph, ...]
    byline: str | None = None
    headings: tuple[Heading, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def build(
        cls,
        headline: str,
        texts: list[str],
        *,
        published: date | None = None,
        url: str | None = None,
        origin: str,
        byline: str | None = None,
        headings: tuple[Heading, ...] = (),
        notices: tuple[str, ...] = (),
    ) -> Self:
        """Number the paragraphs and derive the identity from the content."""
        content = "\n".join([headline, published.isoformat() if published else "", *texts])
        return cls(
            id=hashlib.sha256(content.encode()).hexdigest()[:32],
            headline=headline,
            published=published,
            url=url,
            origin=origin,
            paragraphs=tuple(Paragraph(number=n, text=text) for n, text in enumerate(texts, start=1)),
            byline=byline,
            headings=headings,
            notices=notices,
        )

    @property
    def body(self) -> Iterator[Heading | Paragraph]:
        """The paragraphs, with the headings between them, as they are read."""
        headings = deque(self.headings)
        for paragraph in self.paragraphs:
            while headings and headings[0].before <= paragraph.number:
                yield headings.popleft()
            yield paragraph
        yield from headings

    def text(self, number: int) -> str:
        """Give the text of a paragraph, or the headline for ``HEADLINE``. Raises ``IndexError`` beyond the last."""
        if number == HEADLINE:
            return self.headline
        if number < 0:
            raise IndexError(number)
        return self.paragraphs[number - 1].text


class ArticleSummary(Frozen):
    """An article as a line of a list. ``paragraphs`` is their number."""

    id: str
    headline: str
    published: date | None
    origin: str
    paragraphs: int
