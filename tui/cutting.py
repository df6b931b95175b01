"""Text cut to the columns that there are for it."""

from typing import Final

from rich._wrap import divide_line  # what Textual's own ``Content`` breaks its lines with
from rich.cells import cell_len, set_cell_size

ELLIPSIS: Final = "…"


def cut(text: str, width: int) -> str:
    """Cut a text that is too long for a line, and show that something is missing."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + ELLIPSIS[:width]


def folded(text: str, width: int, rows: int) -> list[str]:
    """Break a text into so many lines at the most, the last cut where it does not end there."""
    cuts = [0, *divide_line(text, max(width, 1))]
    lines = [text[start:end].rstrip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return lines if len(lines) <= rows else [*lines[: rows - 1], cut(text[cuts[rows - 1] :], width)]


def spread(left: str, right: str, width: int) -> tuple[str, str]:
    """Cut what stands at the left so that both fit on a line, and fill up the space between."""
    left = cut(left, max(width - cell_len(right) - 1, 1)) if right else cut(left, width)
    return left + " " * max(width - cell_len(left) - cell_len(right), 0), right
