"""Where in the whole article something occurs: a plot as high as the pane, at its edge."""

from collections import defaultdict
from typing import Final

from tui.widgets.article_lines import ArticleLines
from tui.widgets.marks import Place, Trail

BARS: Final = "▎▌▊█"
"""The signs for one place, two, three, and more: the length tells, whatever the colour."""


class Occurrences:
    """The places of a trail, by the row of the pane that stands for their part of the article.

    An article that is shorter than the pane is not stretched: its signs stand beside their lines.
    """

    def __init__(self, trail: Trail, lines: ArticleLines, height: int) -> None:
        self._by_paragraph = trail.by_paragraph
        self._lines = lines
        self._height = height
        self._rows: defaultdict[int, list[Place]] = defaultdict(list)
        scale = max(len(lines.rows), height)
        for place in trail.places:
            self._rows[lines.row_of(place.paragraph, place.start) * height // scale].append(place)

    def are_of(self, trail: Trail, lines: ArticleLines, height: int) -> bool:
        """Tell whether the plot is still that of a trail (wherever the reader is on it), and fits the pane."""
        return trail.by_paragraph is self._by_paragraph and lines is self._lines and height == self._height

    def sign(self, y: int) -> str:
        """Give the sign in a row of the pane."""
        count = len(self._rows.get(y, ()))
        return BARS[min(count, len(BARS)) - 1] if count else " "

    def first(self, y: int) -> Place | None:
        """Give the first place that a row of the pane stands for."""
        return next(iter(self._rows.get(y, ())), None)
