"""Work that fetches, in a thread of its own with a connection of its own, so that the app never waits for it."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tui.shelf import ShelfUnusable

if TYPE_CHECKING:
    from library.fetching.fetcher import Fetcher
    from library.store import Store

T = TypeVar("T")


async def apart(path: Path, job: Callable[["Store", "Fetcher"], Coroutine[Any, Any, T]]) -> T:
    """Do ``job`` with the library of ``path`` and something to fetch with, and give its result.

    Where the caller is cancelled, the job is, too: a thread can't be ended otherwise. What the job calls back is called
    in its thread. Raises ``ShelfUnusable``, and whatever the job does.
    """
    begun: list[Callable[[], object]] = []
    stopped = threading.Event()

    async def run() -> T:
        from library.fetching.fetcher import Fetcher  # late: these bring the network, and take half a second
        from library.store import Store, StoreUnusable

        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None  # noqa: S101 -- it runs
        begun.append(lambda: loop.call_soon_threadsafe(task.cancel))
        if stopped.is_set():
            raise asyncio.CancelledError
        try:
            with Store.open(path) as store:
                async with Fetcher() as fetcher:
                    return await job(store, fetcher)
        except StoreUnusable as error:
            raise ShelfUnusable(str(error)) from error

    running = asyncio.get_running_loop().run_in_executor(None, lambda: asyncio.run(run()))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stopped.set()
        for cancel in begun:
            cancel()
        raise
