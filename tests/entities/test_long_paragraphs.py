"""Paragraphs are foreign, and may be of any length: what is looked for in them must not take its square."""

import signal
from collections.abc import Callable, Iterator

import pytest

from entities.credits import find_credits
from entities.names import OFFICE

PATIENCE_S = 30
"""Seconds after which something hangs. Gone through once, such a paragraph takes one, and half an hour otherwise."""

LENGTH = 1_000_000


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("find", [OFFICE.findall, find_credits])
@pytest.mark.parametrize("unit", ["A-", "A", "Aa ", "a.", "-"])
def test_a_paragraph_of_any_length_is_gone_through_once(find: Callable[[str], list[object]], unit: str) -> None:
    text = unit * (LENGTH // len(unit))

    assert find(text) == []
    assert len(find(f"{text} the Kings County Sheriff's Office. Marta Krol/AFP")) == 1
