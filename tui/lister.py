"""Finds the articles of a branch of the library, sorted and narrowed as the reader wants them."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from models.feed import FeedSummary
from models.listing import Order, SavedSearch
from models.settings import LibrarySettings
from tui.branches import Branch
from tui.excerpts import Excerpt
from tui.shelf import Shelf

ORDERS: Final = {
    Order.NEWEST: "The newest stand first.",
    Order.OLDEST: "The oldest stand first.",
    Order.FEED: "Sorted by feed.",
}


class Listed(NamedTuple):
    """The articles of a list, and what was found in each, where it was searched."""

    ids: list[str]
    excerpts: dict[str, Excerpt]


class Lister:
    """Lists articles. ``just_read`` are those that stay in a list of unread ones until that is left."""

    def __init__(self, shelf: Shelf, settings: LibrarySettings) -> None:
        self._shelf = shelf
        self._minutes = settings.sync_minutes
        self.order = settings.order
        self.hide_read = settings.hide_read
        self.just_read: set[str] = set()

    async def listed(self, branch: Branch, words: str, feeds: Sequence[FeedSummary]) -> Listed:
        """List a branch, as far as ``words`` stand in the headlines.

        Raises ``ShelfUnusable``, and ``BadInput`` where it is a search that can't be read.
        """
        if branch.search is not None:
            from library.folding import folded  # late: these bring the store
            from tui.search_line import read_search_line

            query, filters = read_search_line(branch.search, feeds, date.today())
            found = await self._shelf.search(query, filters)
            wanted = folded(words)
            excerpts = {
                hit.article.id: Excerpt(hit.paragraph, hit.text, hit.marks)
                for hit in found
                if wanted in folded(hit.article.headline)
            }
            return Listed(list(excerpts), excerpts)
        scope = branch.scope.model_copy(update={"unread": True}) if self.hide_read else branch.scope
        ids = await self._shelf.listed(scope, self.order, words=words, besides=self.just_read)
        return Listed(ids, await self._highlighted(ids) if scope.highlighted else {})

    def trouble(self, branch: Branch) -> str | None:
        """Say what is the matter with the feed that a branch is, if anything is, and when it is asked again."""
        from tui.trouble import trouble  # late: not needed for the first frame

        return trouble(branch.feed.feed, self._minutes) if branch.feed else None

    async def _highlighted(self, article_ids: Sequence[str]) -> dict[str, Excerpt]:
        """Give the first highlighted paragraph of some articles."""
        highlights = await self._shelf.highlights(article_ids)
        return {article_id: Excerpt(first.number, first.text) for article_id, (first, *_) in highlights.items()}

    async def unread_found(self, searches: Sequence[SavedSearch], feeds: Sequence[FeedSummary]) -> dict[str, int]:
        """Count the unread articles that saved searches find, by their names. Raises ``ShelfUnusable``.

        Those that find too much to be counted at once, or can't be read, are left out.
        """
        from tui.errors import BadInput  # late: these bring the store
        from tui.search_line import read_search_line

        counts: dict[str, int] = {}
        for search in searches:
            try:
                query, filters = read_search_line(search.line, feeds, date.today())
            except BadInput:
                continue  # said where it is listed
            if (count := await self._shelf.count(query, filters._replace(unread=True))) is not None:
                counts[search.name] = count
        return counts

    def change_order(self) -> str:
        """Sort the next way, and say which that is."""
        ways = list(ORDERS)
        self.order = ways[(ways.index(self.order) + 1) % len(ways)]
        return ORDERS[self.order]

    def toggle_hide_read(self) -> str:
        """List only what is not read, or all again, and say so."""
        self.hide_read = not self.hide_read
        self.just_read = set()
        return "What is read is hidden." if self.hide_read else "What is read is listed, too."
