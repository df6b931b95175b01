"""What is measured on a library, on a small one."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.library_speed import library_speed
from benchmarks.list_smoothness import fill, list_freezes
from models.settings import Settings


def test_a_list_is_looked_through_from_its_loading_to_its_narrowing(tmp_path: Path) -> None:
    settings = Settings(library_dir=tmp_path)
    fill(settings, 200)
    frozen = asyncio.run(list_freezes(settings, 200))
    assert list(frozen) == [
        "the app opens",
        "200 articles are listed",
        "their list is walked",
        "their list is sorted",
        "their list is narrowed",
    ]
    assert all(seconds > 0 for seconds in frozen.values())


@pytest.mark.real
def test_each_question_to_a_library_is_timed_beside_the_comparing_of_all_vectors(real_settings: Settings) -> None:
    taken = library_speed(real_settings, questions=3, articles=10)
    assert len(taken.machine_s) == len(taken.own_s) == 3
    assert all(seconds > 0 for seconds in (*taken.machine_s, *taken.own_s))
