"""Marks articles as read, or as not read, and takes that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.shelf import Shelf

UNDO_MOST: Final = 100
"""Markings that can be taken back."""


@dataclass(frozen=True)
class Marking:
    """Articles that were marked as read, or as not read, and were the other before."""

    article_ids: Sequence[str]
    read: bool


class Marks:
    """The markings of this session, the last at the end. Every method raises ``ShelfUnusable``."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._done: list[Marking] = []

    async def mark(self, article_ids: Sequence[str], *, read: bool) -> Marking:
        """Mark articles, and give those for which that has changed something."""
        marking = Marking(await self._shelf.mark(article_ids, read=read), read)
        if marking.article_ids:
            self._done = [*self._done[1 - UNDO_MOST :], marking]
        return marking

    async def toggle(self, article_id: str) -> Marking:
        """Mark an article as read, or as not read if it was."""
        read = any(line.read for line in await self._shelf.headlines([article_id]))
        return await self.mark([article_id], read=not read)

    async def undo(self) -> Marking | None:
        """Take the last marking back, and give what that is a marking as; None where there is none."""
        if not self._done:
            return None
        last = self._done.pop()
        return Marking(await self._shelf.mark(last.article_ids, read=not last.read), not last.read)
