"""The rows of the table of figures: newsreader beside the machine, and what was aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.spread import Spread, spread


@dataclass(frozen=True)
class Row:
    """Seconds that the machine and newsreader take for the same work.

    ``machine`` and ``ratio``, which is how many times as long newsreader takes, are None where the machine alone has
    nothing to compare with. ``goal`` is what was aimed at, at the most: of the ratio where there is one, else seconds.
    """

    what: str
    machine: Spread | None
    own: Spread | None
    ratio: float | None
    goal: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether it is as was aimed at; None where nothing was, or nothing was measured."""
        if self.goal is None or self.own is None:
            return None
        return (self.own.median if self.ratio is None else self.ratio) <= self.goal


def row(what: str, machine: Sequence[float], own: Sequence[float], goal: float | None = None) -> Row:
    """Sum up and compare times; ``machine`` may be empty."""
    return Row(what, spread(machine), spread(own), median(own) / median(machine) if machine else None, goal)


def report(rows: Sequence[Row]) -> str:
    """Write the rows as a table in Markdown, in milliseconds: each the median, with the 95th percentile in brackets."""
    cells = [["ms: median (95th percentile)", "of", "machine", "newsreader", "ratio", "wanted"]]
    for each in rows:
        count = "" if each.own is None else str(each.own.n)
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        sign = "" if each.reached is not False else " ✗"
        cells.append([each.what, count, _cell(each.machine), _cell(each.own), ratio, _goal(each) + sign])
    return table(cells)


def table(cells: Sequence[Sequence[str]]) -> str:
    """Write rows of cells as a table in Markdown, the first as its head."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def _goal(each: Row) -> str:
    if each.goal is None:
        return ""
    return f"≤ {each.goal * 1000:,.0f}" if each.ratio is None else f"≤ {each.goal:.2f}"


def _cell(found: Spread | None) -> str:
    return "" if found is None else f"{found.median * 1000:,.0f} ({found.p95 * 1000:,.0f})"
