"""How far a pull is."""

import pytest

from rag.model_files.errors import PullCancelled
from rag.model_files.progress import Meter, Progress, Stage


def test_the_count_never_falls_nor_passes_the_total() -> None:
    told: list[Progress] = []
    meter = Meter("small", 100, told.append, lambda: False)
    meter.restart(10)
    for of_file in (0, 60, 5, 20):  # a wheel arrives, then its first file is taken out
        meter.at(of_file)
    meter.finish(40)
    meter.at(70)
    assert [progress.done for progress in told] == [10, 70, 70, 70, 70, 100]


def test_another_source_begins_with_what_is_in_place() -> None:
    told: list[Progress] = []
    meter = Meter("small", 100, told.append, lambda: False)
    meter.at(80)
    meter.restart(0)
    meter.enter(Stage.FETCHING, "part 1 of 2")
    assert told[-1] == Progress("small", Stage.FETCHING, 0, 100, "part 1 of 2")


def test_a_pull_stops_when_it_is_asked_to() -> None:
    meter = Meter("small", 100, lambda _: None, lambda: True)
    with pytest.raises(PullCancelled, match="kept"):
        meter.at(1)
