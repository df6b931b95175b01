"""An article broken into the rows of a pane, a slice at a time: 5,000 paragraphs must not hold up the first frame."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from rich._wrap import divide_line  # what Textual's own ``Content`` breaks its lines with

from models.article import HEADLINE, Article
from tui.foreign import shown
from tui.notices import notices_of
from tui.widgets.marks import Place, headings

ABOVE: Final = -1
"""The "paragraph" of the rows that belong to none: date, source, notices."""

GAP: Final = "  "
"""Between the margin sign and the text."""

LEAST_WIDTH: Final = 12
"""Columns of text below which a pane is too narrow to care about: lines are then cut by the terminal."""


class Role(StrEnum):
    """What a row shows."""

    HEADLINE = auto()
    BYLINE = auto()
    TAGS = auto()
    NOTICE = auto()
    HEADING = auto()
    TEXT = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the pane: ``text`` is what stands in ``paragraph`` from ``start`` on."""

    role: Role
    paragraph: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset in the paragraph at which the row ends."""
        return self.start + len(self.text)


class Beside(NamedTuple):
    """What the library knows of an article: the name of the feed that has brought it, and its tags."""

    feed: str | None = None
    tags: tuple[str, ...] = ()


NOTHING_BESIDE: Final = Beside()


class ArticleLines:
    """The rows of an article at a width. They grow with ``extend`` until ``complete``."""

    def __init__(self, article: Article, width: int, beside: Beside = NOTHING_BESIDE) -> None:
        self._article = article
        self._beside = beside
        self.width = max(width, LEAST_WIDTH)
        self.rows: list[Row] = []
        self._first_rows: list[int] = []
        """Index of the first row of each paragraph that is laid out, in order."""
        self._top_rows: list[int] = []
        """The same, with the headings above it."""
        self._headings: dict[int, list[tuple[str, Place]]] = {}
        for heading, place in headings(article):
            self._headings.setdefault(heading.before, []).append((heading.text, place))
        self._head()

    @property
    def complete(self) -> bool:
        """Whether every paragraph is laid out."""
        return len(self._first_rows) == len(self._article.paragraphs)

    def extend(self, paragraphs: int) -> None:
        """Lay out so many more paragraphs."""
        done = len(self._first_rows)
        for paragraph in self._article.paragraphs[done : done + paragraphs]:
            self._top_rows.append(len(self.rows))
            self._head_section(paragraph.number)
            self._first_rows.append(len(self.rows))
            self._wrap(Role.TEXT, paragraph.number, paragraph.text)
            self._blank()
        if self.complete:
            self._head_section(len(self._article.paragraphs) + 1)

    def row_of(self, paragraph: int, offset: int = 0) -> int:
        """Give the index of the row that shows this place, laying out as much as it takes."""
        if paragraph <= HEADLINE:
            return 0
        self.extend(paragraph - len(self._first_rows))
        first = self._top_rows[paragraph - 1]
        end = self._top_rows[paragraph] if paragraph < len(self._top_rows) else len(self.rows)
        return max(bisect_right(self.rows, offset, first, end, key=lambda row: row.start) - 1, first)

    def paragraph_at(self, index: int) -> int:
        """Give the paragraph at or above a row, ``HEADLINE`` above the first."""
        return bisect_right(self._first_rows, index)

    def selected(self, span_of: Callable[[int], tuple[int, int] | None]) -> str:
        """Give what is selected; the rows of a paragraph are joined to one line.

        ``span_of`` tells what of a row is, from and to, where -1 is its end.
        """
        parts: list[str] = []
        paragraph: int | None = None
        for y, row in enumerate(self.rows):
            span = span_of(y)
            if row.role is Role.BLANK:
                paragraph = None  # a heading is no part of what it stands above
            if span is None or row.role is Role.BLANK:
                continue
            piece = row.text[span[0] : None if span[1] == -1 else span[1]]
            if row.paragraph == paragraph and parts:
                parts[-1] = f"{parts[-1]} {piece}".strip()
            else:
                parts.append(piece)
            paragraph = row.paragraph
        return "\n".join(parts)

    def _head(self) -> None:
        self._blank()
        self._wrap(Role.HEADLINE, HEADLINE, self._article.headline)
        if line := byline(self._article, self.width, self._beside.feed):
            self._wrap(Role.BYLINE, ABOVE, line)
        if self._beside.tags:
            self._wrap(Role.TAGS, ABOVE, "  ".join(f"#{tag}" for tag in self._beside.tags))
        for notice in notices_of(self._article):
            self._wrap(Role.NOTICE, ABOVE, notice)
        self._blank()

    def _head_section(self, paragraph: int) -> None:
        """Show the headings that stand above a paragraph, or below the last one."""
        for text, place in self._headings.pop(paragraph, ()):
            self._wrap(Role.HEADING, place.paragraph, text, place.start)
            self._blank()

    def _wrap(self, role: Role, paragraph: int, text: str, offset: int = 0) -> None:
        safe = shown(text)
        cuts = divide_line(safe, self.width)
        for start, end in zip([0, *cuts], [*cuts, len(safe)], strict=True):
            line = safe[start:end].rstrip() if end < len(safe) else safe[start:end]
            self.rows.append(Row(role, paragraph, offset + start, line))

    def _blank(self) -> None:
        behind = self.rows[-1].end + 1 if self.rows else 0  # the rows of a paragraph are in the order of their offsets
        self.rows.append(Row(Role.BLANK, ABOVE, behind, ""))


def byline(article: Article, width: int, feed: str | None = None) -> str:
    """Give date, author, feed and address on one line where they fit, or else the feed or the site alone."""
    when = f"{article.published.day} {article.published:%B %Y}" if article.published else ""
    known = [part for part in (when, article.byline, feed) if part]
    line = " · ".join([*known, article.url or article.origin])
    if len(line) <= width or not article.url:
        return line
    return " · ".join(known if feed else [*known, urlsplit(article.url).netloc.removeprefix("www.")])
