"""Marks articles as read, or as not read, highlights paragraphs, and takes that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.counting import counted
from tui.shelf import Shelf

UNDO_MOST: Final = 100
"""Markings that can be taken back."""


@dataclass(frozen=True)
class Marking:
    """Articles that were marked as read, or as not read, and were the other before."""

    article_ids: Sequence[str]
    read: bool

    def __str__(self) -> str:
        """Say what is so now."""
        return f"{counted(len(self.article_ids), 'article')} {'read' if self.read else 'unread'}"


@dataclass(frozen=True)
class Highlighting:
    """A paragraph that was highlighted, or is no more."""

    article_id: str
    paragraph: int
    on: bool

    def __str__(self) -> str:
        """Say what is so now."""
        return f"paragraph {self.paragraph} {'highlighted' if self.on else 'not highlighted'}"


class Marks:
    """The markings of this session, the last at the end. Every method raises ``ShelfUnusable``."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._done: list[Marking | Highlighting] = []

    async def mark(self, article_ids: Sequence[str], *, read: bool) -> Marking:
        """Mark articles, and give those for which that has changed something."""
        marking = Marking(await self._shelf.mark(article_ids, read=read), read)
        if marking.article_ids:
            self._remember(marking)
        return marking

    async def toggle(self, article_id: str) -> Marking:
        """Mark an article as read, or as not read if it was."""
        read = any(line.read for line in await self._shelf.headlines([article_id]))
        return await self.mark([article_id], read=not read)

    async def toggle_highlight(self, article_id: str, paragraph: int) -> Highlighting | None:
        """Highlight a paragraph, or no more if it was; None where it is not there."""
        for on in (True, False):
            if await self._shelf.highlight(article_id, paragraph, on=on):
                highlighting = Highlighting(article_id, paragraph, on)
                self._remember(highlighting)
                return highlighting
        return None

    async def undo(self) -> Marking | Highlighting | None:
        """Take the last marking back, and give what that is a marking as; None where there is none."""
        if not self._done:
            return None
        match self._done.pop():
            case Marking(article_ids, read):
                return Marking(await self._shelf.mark(article_ids, read=not read), not read)
            case Highlighting(article_id, paragraph, on):
                await self._shelf.highlight(article_id, paragraph, on=not on)
                return Highlighting(article_id, paragraph, not on)

    def _remember(self, done: Marking | Highlighting) -> None:
        self._done = [*self._done[1 - UNDO_MOST :], done]
