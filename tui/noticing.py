"""What the app notices while it is open: which feeds are due, and which watched folders have something new."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.feed import FeedSummary
from tui.shelf import Shelf


async def due_feeds(shelf: Shelf, minutes: int) -> list[FeedSummary]:
    """Give the feeds that were not asked for so many minutes. Raises ``ShelfUnusable``."""
    from library.feeds.schedule import due  # late: not needed for the first frame

    return due(await shelf.feeds(), timedelta(minutes=minutes), datetime.now(UTC))


async def changed_folders(shelf: Shelf) -> list[FeedSummary]:
    """Give the watched folders in which a file is new or has changed, or that have gone or come back.

    They are looked through in a thread, and nothing is read. Raises ``ShelfUnusable``.
    """
    changed = []
    for one in await shelf.feeds():
        if one.feed.watched is not None:
            known = await shelf.digests(one.number)
            if await asyncio.to_thread(_changed, one, one.feed.watched, known):
                changed.append(one)
    return changed


def _changed(one: FeedSummary, folder: Path, known: dict[str, str]) -> bool:
    from library.feeds.watched import FOLDER_UNREADABLE, has_changed  # late: not needed for the first frame
    from library.folder import look_through

    told = (one.feed.error or "").startswith(FOLDER_UNREADABLE)
    try:
        contents = look_through(folder)
    except OSError:
        return not told
    return told or has_changed(contents.files, folder, known)
