"""The drawing of figures, read as the XML that it is."""

from itertools import pairwise
from xml.etree import ElementTree as Tree

import pytest

from benchmarks.plot import GOAL, OWN, Bar, svg

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_figures_and_goals_stand_beside_them() -> None:
    root = Tree.fromstring(svg([Bar("a <token>", 2.0, None), Bar("a frame", 1.0, 1.5)], {}))  # noqa: S314 -- ours
    bars = [float(r.get("width", 0)) for r in root.iter(f"{SVG}rect") if r.get("fill") == OWN]
    assert bars[0] == pytest.approx(2 * bars[1], abs=1)
    (goal,) = [line for line in root.iter(f"{SVG}line") if line.get("stroke") == GOAL]
    starts = [float(r.get("x", 0)) for r in root.iter(f"{SVG}rect") if r.get("fill") == OWN]
    assert float(goal.get("x1", 0)) - starts[1] == pytest.approx(1.5 * bars[1], abs=1)
    assert "a <token>" in [text.text for text in root.iter(f"{SVG}text")]


def test_lines_go_right_and_up() -> None:
    root = Tree.fromstring(svg([], {"seen": [(10, 5), (100, 50), (1000, 500)]}))  # noqa: S314 -- ours
    (line,) = root.iter(f"{SVG}polyline")
    points = [tuple(map(float, point.split(","))) for point in line.get("points", "").split()]
    steps = [(b[0] - a[0], a[1] - b[1]) for a, b in pairwise(points)]
    assert steps[0] == pytest.approx(steps[1], abs=1)  # on logarithmic axes, ten times as much is as far
    assert all(right > 0 and up > 0 for right, up in steps)
