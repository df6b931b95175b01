"""Keeps us from asking too much of a server: one request at a time, a pause between, and none before it wants one."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from library.fetching.failures import FetchFailed

PAUSE_S: Final = 0.5
"""Between two requests to one host."""

LONGEST_PAUSE_S: Final = 10.0
"""What a site can make of that by its robots.txt."""

USUAL_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(days=1)
"""How long a server that is asked too much is left alone: if it does not say, and at the most."""


class Politeness:
    """Gives requests their turn, host by host."""

    def __init__(self) -> None:
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._next: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._given_up: dict[str, FetchFailed] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until the host may be asked. Raises ``FetchFailed`` where it was given up."""
        loop = asyncio.get_running_loop()
        async with self._turns[host]:
            if failure := self._given_up.get(host):
                raise FetchFailed(str(failure), retry_at=failure.retry_at, unreached=failure.unreached)
            await asyncio.sleep(self._next.get(host, 0.0) - loop.time())
            try:
                yield
            finally:
                self._next[host] = loop.time() + self._pauses.get(host, PAUSE_S)

    def slow_down(self, host: str, pause_s: float) -> None:
        """Leave more time between requests to a host, as its robots.txt asks."""
        self._pauses[host] = min(max(pause_s, PAUSE_S), LONGEST_PAUSE_S)

    def give_up(self, host: str, failure: FetchFailed) -> None:
        """Ask a host no more: it can't be reached, or wants to be left alone. Whoever still waits is told at once."""
        self._given_up[host] = failure


def asks_to_wait(until: datetime) -> str:
    """Say that a server wants to be left alone."""
    return f"its server asks to be left alone until {until.astimezone():%H:%M on %-d %B}"


def retry_time(header: str | None, now: datetime) -> datetime:
    """Read a ``Retry-After`` header, which gives seconds or a date."""
    wait = USUAL_WAIT
    if header and header.strip().isdecimal():
        wait = timedelta(seconds=min(int(header[:9]), LONGEST_WAIT.total_seconds()))
    elif header:
        try:
            named = parsedate_to_datetime(header)
            wait = (named if named.tzinfo else named.replace(tzinfo=UTC)) - now
        except (ValueError, OverflowError):
            wait = USUAL_WAIT
    return now + min(max(wait, timedelta(0)), LONGEST_WAIT)
