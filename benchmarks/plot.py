"""Draws figures as an SVG, small enough to be read as text: two charts need no library that draws."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import log10
from typing import Final, NamedTuple

WIDTH: Final = 760
ROW: Final = 22
LABELS: Final = 330
"""Pixels left of the bars, for what they are."""

BAR: Final = 360
CHART: Final = 200
"""Pixels of the longest bar, and of the height of the lines."""

INK: Final = "#333a45"
OWN: Final = "#8a4b00"
GOAL: Final = "#1f6b2e"


class Bar(NamedTuple):
    """A figure, and what it should be at the most."""

    label: str
    value: float
    goal: float | None


def svg(bars: Sequence[Bar], lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Draw bars that begin at 0, and lines on logarithmic axes: (paragraphs, milliseconds) by what they tell."""
    height = ROW * (len(bars) + 3) + CHART + 4 * ROW
    parts = [*_bars(bars), *_lines(lines, ROW * (len(bars) + 4))]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            'font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _bars(bars: Sequence[Bar]) -> Iterator[str]:
    yield _text(10, ROW, "times as long as the machine alone takes; green: what it should be at the most", bold=True)
    longest = max((max(bar.value, bar.goal or 0.0) for bar in bars), default=1.0)
    for place, bar in enumerate(bars):
        y = ROW * (place + 2)
        width = BAR * bar.value / longest
        yield _text(10, y + 4, bar.label)
        yield f'<rect x="{LABELS}" y="{y - 8}" width="{width:.0f}" height="14" fill="{OWN}"/>'
        yield _text(LABELS + width + 6, y + 4, f"{bar.value:.2f}")
        if bar.goal is not None:
            x = LABELS + BAR * bar.goal / longest
            yield f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{y - 10}" y2="{y + 8}" stroke="{GOAL}" stroke-width="2"/>'


def _lines(lines: Mapping[str, Sequence[tuple[float, float]]], top: int) -> Iterator[str]:
    yield _text(10, top, "milliseconds by paragraphs of an article", bold=True)
    points = [point for line in lines.values() for point in line]
    if not points:
        return
    left, right = log10(min(x for x, _ in points)), log10(max(x for x, _ in points))
    low, high = log10(max(min(y for _, y in points), 1.0)), log10(max(max(y for _, y in points), 10.0))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (log10(x) - left) / ((right - left) or 1.0)
        up = (log10(max(y, 1.0)) - low) / ((high - low) or 1.0)
        return 60 + across * (WIDTH - 320), top + ROW + CHART * (1 - up)

    for place_of_line, (label, line) in enumerate(lines.items()):
        colour = (OWN, GOAL, INK)[place_of_line % 3]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in (place(*point) for point in line))
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for point in line:
            x, y = place(*point)
            yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>'
            yield _text(x + 5, y - 5, f"{point[1]:,.0f}", colour)
        yield _text(WIDTH - 240, top + ROW * (place_of_line + 2), label, colour)
    for paragraphs in sorted({x for x, _ in points}):
        yield _text(place(paragraphs, 1.0)[0] - 8, top + CHART + 2 * ROW, f"{paragraphs:,.0f}")


def _text(x: float, y: float, words: str, colour: str = INK, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}"{weight}>{escape(words)}</text>'
