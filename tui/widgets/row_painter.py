"""Draws a row of an article: its paragraph's number, the signs beside it, and what is lit up in the text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.themes import HUES
from tui.widgets.article_lines import GAP, Role, Row
from tui.widgets.marks import Place, Trail

EVIDENCE_SIGN: Final = "▎"
CITED_SIGN: Final = "▶"
CITED_ON_SIGN: Final = "┃"
"""Margin signs: a paragraph that bears on the question, the row where cited words begin, the rows where they go on."""

HIGHLIGHT_SIGN: Final = "▐"
"""Beside the rows of a highlighted paragraph, next to the text: the margin signs stay in sight."""

COMPONENTS: Final = {
    "article--headline",
    "article--byline",
    "article--heading",
    "article--tags",
    "article--notice",
    "article--number",
    "article--number-current",
    "article--evidence",
    "article--cited",
    "article--cited-number",
    "article--highlight",
    "article--highlight-sign",
    *(f"article--mark-{hue}{current}" for hue in range(HUES) for current in ("", "-current")),
}
"""What the style sheet calls the parts of a row."""


@dataclass(frozen=True)
class RowPainter:
    """Knows what is lit up in an article. ``style_of`` gives what the style sheet lays over a part of a row."""

    style_of: Callable[[str], Style]
    base: Style
    margin: int
    """Columns of paragraph number and sign."""
    current_paragraph: int
    trail: Trail
    cited: tuple[Place, ...]
    evidence: frozenset[int]
    highlighted: frozenset[int]

    def paint(self, row: Row, selected: tuple[int, int] | None, selection_style: Style, y: int) -> tuple[Strip, Strip]:
        """Draw a row: what stands beside the text, and the text, of which ``selected`` is selected, from and to."""
        beside = Strip([*self._beside(row), *self._gap(row)])
        return beside, Strip(list(self._text(row, selected, selection_style))).apply_offsets(0, y)

    def _beside(self, row: Row) -> Iterator[Segment]:
        number, sign = "", " "
        style = "article--number-current" if row.paragraph == self.current_paragraph else "article--number"
        sign_style = "article--evidence"
        if row.role is Role.TEXT:
            number = str(row.paragraph) if row.start == 0 else ""
            if any(_overlaps(place, row) for place in self.cited):
                style = sign_style = "article--cited-number"
                first = any(row.start <= place.start < row.end for place in self.cited)
                sign = CITED_SIGN if first else CITED_ON_SIGN
            elif row.paragraph in self.evidence:
                sign = EVIDENCE_SIGN
        yield Segment(number.rjust(self.margin - 2) + " ", self.base + self.style_of(style))
        yield Segment(sign, self.base + self.style_of(sign_style))

    def _gap(self, row: Row) -> Iterator[Segment]:
        sign = HIGHLIGHT_SIGN if self._is_highlighted(row) else ""
        yield Segment(sign, self.base + self.style_of("article--highlight-sign"))
        yield Segment(GAP[len(sign) :], self.base)

    def _is_highlighted(self, row: Row) -> bool:
        return row.role is Role.TEXT and row.paragraph in self.highlighted

    def _text(self, row: Row, selected: tuple[int, int] | None, selection_style: Style) -> Iterator[Segment]:
        style = self.base + self.style_of(f"article--{row.role}") if row.role is not Role.TEXT else self.base
        layers = list(self._layers(row))
        if selected is not None:
            layers.append((*selected, selection_style))
        cuts = sorted({0, len(row.text), *(cut for start, end, _ in layers for cut in (start, end))})
        for start, end in pairwise(cuts):
            covering = [layer for layer in layers if layer[0] <= start and end <= layer[1]]
            yield Segment(row.text[start:end], sum((overlay for *_, overlay in covering), style))

    def _layers(self, row: Row) -> Iterator[tuple[int, int, Style]]:
        """Give what lies over the plain text of a row, lowest first: start and end in the row, and style."""
        if self._is_highlighted(row):
            yield 0, len(row.text), self.style_of("article--highlight")
        marks = self.trail.by_paragraph.get(row.paragraph, ()) if self.trail.lit else ()
        lit = [(place, "article--cited") for place in self.cited]
        mark = f"article--mark-{self.trail.hue}"
        lit += [(place, f"{mark}-current" if place == self.trail.current else mark) for place in marks]
        for place, name in lit:
            if _overlaps(place, row):
                start, end = max(place.start - row.start, 0), min(place.end - row.start, len(row.text))
                yield start, end, self.style_of(name)


def _overlaps(place: Place, row: Row) -> bool:
    return place.paragraph == row.paragraph and place.start < row.end and row.start < place.end
