"""Fetching what is new: when the reader asks for it, and by itself where they have chosen that."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work

from models.feed import FeedSummary
from models.settings import LibrarySettings
from tui.apart import apart
from tui.foreign import shown
from tui.noticing import changed_folders, due_feeds
from tui.screens.panes import PanedScreen
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.sync_line import SyncLine

if TYPE_CHECKING:
    from library.feeds.sync import Outcome, Progress
    from library.fetching.fetcher import Fetcher
    from library.store import Store

REPORT_S: Final = 0.1
"""How often the progress of a sync is shown at the most."""

COUNT_S: Final = 2.0
"""How often the tree is counted anew during a sync."""

LOOK_S: Final = 20.0
"""How often it is looked whether feeds are due."""

SYNC: Final = "sync"
"""The group of the background task that fetches feeds."""

STOPPED: Final = "Stopped. What was fetched is kept."


class SyncingScreen(PanedScreen):
    """A screen with the library at its side, which is kept up to date."""

    def __init__(self, shelf: Shelf, library: LibrarySettings) -> None:
        super().__init__()
        self._shelf = shelf
        self._minutes = library.sync_minutes
        self._watch_s = library.watch_seconds
        self._resting_until = 0.0
        """Until when none begins by itself: the reader has stopped one."""

    def on_mount(self) -> None:
        """Look from time to time whether there is something to fetch, as far as that is wanted."""
        if self._minutes:
            self._notice(LOOK_S, self._due)
        if self._watch_s:
            self._notice(self._watch_s, partial(changed_folders, self._shelf))

    @property
    def syncing(self) -> bool:
        """Whether feeds are being fetched."""
        return self.query_one(SyncLine).syncing

    def action_sync_all(self) -> None:
        """Fetch what is new in all feeds."""
        self._sync(None)

    def action_sync_chosen(self) -> None:
        """Fetch what is new in the feeds that are chosen in the tree; in all, where that is more than feeds."""
        branch = self.library.feeds.at_cursor
        self._sync(branch.feeds if branch and branch.feeds else None)

    def action_stop_sync(self) -> None:
        """Stop fetching; what was fetched is kept, and nothing is fetched by itself until it would be due again."""
        self._resting_until = time.monotonic() + 60 * self._minutes
        self.workers.cancel_group(self, SYNC)

    async def _due(self) -> list[FeedSummary]:
        resting = time.monotonic() < self._resting_until
        return [] if resting else await due_feeds(self._shelf, self._minutes)

    @work(group="noticing", exit_on_error=False)
    async def _notice(self, every_s: float, find: Callable[[], Awaitable[list[FeedSummary]]]) -> None:
        """Fetch what is found from time to time, as long as the app is open."""
        told = ""
        while True:
            await asyncio.sleep(every_s)
            if self.syncing:
                continue
            try:
                if await self._shelf.read_only():
                    return
                if found := await find():
                    self._sync(found, by_itself=True)
            except ShelfUnusable as error:
                if told != (told := str(error)):  # else it would be said again and again
                    self._tell(error)

    @work(group=SYNC, exit_on_error=False)
    async def _sync(self, feeds: Sequence[FeedSummary] | None, *, by_itself: bool = False) -> None:
        line = self.query_one(SyncLine)
        if line.syncing:
            if not by_itself:
                self.notify("Feeds are being fetched already; x stops that.")
            return
        line.begin()
        self.refresh_bindings()
        said, trouble = STOPPED, False  # unless it ends in another way
        worth_saying = True
        try:
            outcomes = await apart(
                self._shelf.path, partial(_sync, feeds=feeds, by_itself=by_itself, tell=self._teller(line))
            )
            said, trouble = _in_words(outcomes)
            worth_saying = not by_itself or any(one.new or one.updated for one in outcomes)
        except ShelfUnusable as error:
            said, trouble = str(error), True
        finally:
            line.end(said if worth_saying or trouble else "", trouble=trouble)
            if self.is_running:
                self._synced(said if worth_saying else "")

    def _synced(self, said: str) -> None:
        self.refresh_bindings()
        self.library.renew()
        if said and not self.library.display:
            self.notify(shown(said), markup=False)

    def _teller(self, line: SyncLine) -> "Callable[[Progress], None]":
        """Give what shows progress from another thread, not more often than can be seen."""
        told = counted_at = 0.0

        def tell(progress: "Progress") -> None:
            nonlocal told, counted_at
            now = time.monotonic()
            if now - told >= REPORT_S or progress.done == progress.total:
                told = now
                self.app.call_later(line.progress, *progress)
            if now - counted_at >= COUNT_S:
                counted_at = now
                self.app.call_later(self.library.update_counts)

        return tell

    def _tell(self, error: ShelfUnusable) -> None:
        self.notify(shown(str(error)), severity="warning", markup=False)


async def _sync(
    store: "Store",
    fetcher: "Fetcher",
    *,
    feeds: Sequence[FeedSummary] | None,
    by_itself: bool,
    tell: "Callable[[Progress], None]",
) -> "list[Outcome]":
    from library.feeds.sync import Sync

    wanted = store.feeds.feeds() if feeds is None else feeds
    return await Sync(store.feeds, fetcher, tell).run(wanted, by_itself=by_itself)


def _in_words(outcomes: "Sequence[Outcome]") -> tuple[str, bool]:
    """Say what came of a sync, and whether something is the matter."""
    from tui.sync_report import summary

    if not outcomes:
        return "You have no feeds yet; + subscribes to one.", False
    [*failed] = (outcome for outcome in outcomes if outcome.error)
    if len(outcomes) == 1 and failed:
        return f"{failed[0].feed.name}: {failed[0].error}", True
    return summary(outcomes), bool(failed)
