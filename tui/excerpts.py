"""What a search has found in an article: a stretch of the paragraph around the matches."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rich._wrap import divide_line  # what Textual's own ``Content`` breaks its lines with

Piece = tuple[str, bool]
"""Text, and whether it is a match."""


class Excerpt(NamedTuple):
    """A paragraph and the places of the matches in it, from and to."""

    paragraph: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def window(self, length: int) -> tuple[int, int]:
        """Choose so many characters of the paragraph; they begin at a word, a little before the first match."""
        first = self.marks[0][0] if self.marks else 0
        begin = self.text.rfind(" ", 0, max(first - length // 4, 0)) + 1 if first > length // 4 else 0
        end = begin + length
        if end < len(self.text):
            end = max(self.text.rfind(" ", begin, end), begin + length // 2)
        return begin, min(end, len(self.text))

    def pieces(self, begin: int, end: int) -> Iterator[Piece]:
        """Part a stretch of the paragraph into what is a match and what is not; an ellipsis where more stands."""
        inside = [(max(start, begin), min(stop, end)) for start, stop in self.marks if start < end and stop > begin]
        cuts = sorted({begin, end, *(place for mark in inside for place in mark)})
        if begin:
            yield "…", False
        for start, stop in pairwise(cuts):
            yield self.text[start:stop], any(low <= start and stop <= high for low, high in inside)
        if end < len(self.text):
            yield "…", False

    def rows(self, width: int, most: int) -> list[list[Piece]]:
        """Give it as rows of a width, so many at the most."""
        begin, end = self.window(max(width * most - 2, 1))
        pieces = list(self.pieces(begin, end))
        whole = "".join(text for text, _ in pieces)
        cuts = [0, *divide_line(whole, max(width, 1)), len(whole)][: most + 1]
        return [list(_slice(pieces, start, stop)) for start, stop in pairwise(cuts)]


def _slice(pieces: list[Piece], start: int, stop: int) -> Iterator[Piece]:
    place = 0
    for text, lit in pieces:
        if piece := text[max(start - place, 0) : max(stop - place, 0)]:
            yield piece, lit
        place += len(text)
