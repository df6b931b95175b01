import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from library.fetching import politeness
from library.fetching.politeness import LONGEST_WAIT, USUAL_WAIT, Politeness, retry_time

NOW = datetime(2024, 3, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Mon, 11 Mar 2024 13:00:00 GMT", timedelta(hours=1)),
        ("Mon, 11 Mar 2024 11:00:00 GMT", timedelta(0)),
        ("99999999999999999999", LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("soon", USUAL_WAIT),
        ("-5", USUAL_WAIT),
        ("", USUAL_WAIT),
        (None, USUAL_WAIT),
    ],
)
def test_when_a_server_wants_to_be_asked_again(header: str | None, wait: timedelta) -> None:
    assert retry_time(header, NOW) == NOW + wait


@pytest.mark.parametrize(("asked_for", "pause"), [(0.1, 0.1), (3600.0, 0.2)])
def test_a_site_can_ask_for_longer_pauses_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, asked_for: float, pause: float
) -> None:
    monkeypatch.setattr(politeness, "PAUSE_S", 0.0)
    monkeypatch.setattr(politeness, "LONGEST_PAUSE_S", 0.2)

    async def run() -> float:
        polite = Politeness()
        polite.slow_down("a.example", asked_for)
        started = time.monotonic()
        for _ in range(2):
            async with polite.turn("a.example"):
                pass
        async with polite.turn("b.example"):
            return time.monotonic() - started

    assert pause <= asyncio.run(run()) < 60
