"""What is told of many measurements of one thing: the middle, and how bad it gets."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final

OFTEN: Final = 0.95
"""The share of measurements that ``p95`` is not exceeded by."""


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile of ``n`` measurements."""

    median: float
    p95: float
    n: int


def spread(values: Iterable[float]) -> Spread | None:
    """Sum up some measurements; None where there are none. Of few, the 95th percentile is the largest."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Spread(median(ordered), ordered[ceil(OFTEN * len(ordered)) - 1], len(ordered))
