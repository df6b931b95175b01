"""Marks articles, highlights paragraphs, and takes that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.listing import Mark
from tui.counting import counted
from tui.shelf import Shelf, ShelfUnusable

UNDO_MOST: Final = 100
"""Markings that can be taken back."""

WORDS: Final = {
    Mark.READ: ("unread", "read"),
    Mark.STARRED: ("not starred", "starred"),
    Mark.LATER: ("not put by", "put by"),
}
"""What an article is called without a mark, and with it."""


@dataclass(frozen=True)
class Marking:
    """Articles that were marked and had not been, or the other way round."""

    article_ids: Sequence[str]
    mark: Mark
    on: bool

    def __str__(self) -> str:
        """Say what is so now."""
        return f"{counted(len(self.article_ids), 'article')} {WORDS[self.mark][self.on]}"


@dataclass(frozen=True)
class Highlighting:
    """A paragraph that was highlighted, or is no more."""

    article_id: str
    paragraph: int
    on: bool

    def __str__(self) -> str:
        """Say what is so now."""
        return f"paragraph {self.paragraph} {'highlighted' if self.on else 'not highlighted'}"


class NothingToTakeBack(Exception):
    """No marking can be taken back. The message says why, in plain words."""


class Marks:
    """The markings of this session, the last at the end. Every method raises ``ShelfUnusable``."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._done: list[Marking | Highlighting] = []

    async def mark(self, article_ids: Sequence[str], mark: Mark, *, on: bool = True) -> Marking:
        """Mark articles, or take the mark off, and give those for which that has changed something."""
        marking = Marking(await self._shelf.mark(article_ids, mark, on=on), mark, on)
        if marking.article_ids:
            self._remember(marking)
        return marking

    async def toggle(self, article_id: str, mark: Mark) -> Marking:
        """Mark an article if it is not, else take the mark off; nothing has changed where it is not there."""
        marking = await self.mark([article_id], mark)
        return marking if marking.article_ids else await self.mark([article_id], mark, on=False)

    async def toggle_highlight(self, article_id: str, paragraph: int) -> Highlighting | None:
        """Highlight a paragraph, or no more if it was; None where it is not there."""
        for on in (True, False):
            if await self._shelf.highlight(article_id, paragraph, on=on):
                highlighting = Highlighting(article_id, paragraph, on)
                self._remember(highlighting)
                return highlighting
        return None

    async def undo(self) -> Marking | Highlighting:
        """Take the last marking back, and give what that is a marking as. Raises ``NothingToTakeBack``."""
        if not self._done:
            raise NothingToTakeBack("There is no marking to take back.")
        last = self._done.pop()  # at once: the next key takes back the one before
        at = len(self._done)
        try:
            undone = await self._undone(last)
        except ShelfUnusable:
            self._done.insert(at, last)
            raise
        if undone is None:
            raise NothingToTakeBack("There is nothing to take back: what was marked last is so no more, or is gone.")
        return undone

    async def _undone(self, done: Marking | Highlighting) -> Marking | Highlighting | None:
        """Take a marking back; None where that changes nothing."""
        match done:
            case Marking(article_ids, mark, on):
                changed = await self._shelf.mark(article_ids, mark, on=not on)
                return Marking(changed, mark, not on) if changed else None
            case Highlighting(article_id, paragraph, on):
                taken_back = await self._shelf.highlight(article_id, paragraph, on=not on)
                return Highlighting(article_id, paragraph, not on) if taken_back else None

    def _remember(self, done: Marking | Highlighting) -> None:
        self._done = [*self._done[1 - UNDO_MOST :], done]
