"""The lower half of the library pane: the articles of a branch of the tree, sorted, narrowed and drawn."""

from collections.abc import Callable
from typing import Final

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from models.settings import LibrarySettings
from tui.branches import HERE, Branch
from tui.foreign import shown
from tui.lister import Lister
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.feed_tree import FeedTree
from tui.widgets.filter_line import FilterLine
from tui.widgets.headlines import Headlines
from tui.widgets.line_list import LineList

SETTLE_S: Final = 0.08
"""How long the cursor rests on a branch, or typing rests, before articles are listed: more may be coming."""


class ListingPane(Vertical):
    """A pane with a list of articles, and the lines that narrow it."""

    feeds = query_one(FeedTree)
    headlines = query_one(Headlines)
    filter = query_one("#library-filter", FilterLine)
    search = query_one("#library-search", FilterLine)
    title = query_one("#library-title", Static)
    state = query_one("#library-state", Static)

    def __init__(self, branch: Branch | None, shelf: Shelf, settings: LibrarySettings, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shelf = shelf
        self.branch = branch
        """What is listed."""
        self.lister = Lister(shelf, settings)
        self._settling: dict[Callable[[], None], Timer] = {}
        """What is about to be done, once the cursor or typing rests."""

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Say what there is to say about what is listed; nothing folds the line away."""
        self.state.update(Content.assemble(("✗ " if trouble else "", "$error"), shown(text)))
        self.state.display = bool(text)

    @property
    def of_library(self) -> bool:
        """Whether the library is listed, not what the app was opened on."""
        return self.branch is not HERE

    @property
    def arranged(self) -> bool:
        """Whether what is listed can be sorted and have what is read hidden; a search has its own order and filters."""
        return self.branch is not None and self.of_library and self.branch.search is None

    def to_list(self) -> None:
        """Go to the articles."""
        self.show_list(listing=True)
        self.screen.set_focus(self.headlines)

    def show_list(self, *, listing: bool) -> None:
        """Show the articles or the feeds, where there is no room for both."""
        self.set_class(listing, "-listing")
        self.set_class(not listing, "-at-tree")

    # --- listing ---

    @work(group="list", exclusive=True, exit_on_error=False)
    async def list_articles(self, branch: Branch, *, staying: bool = False) -> None:
        """List the articles of a branch; ``staying`` at the article under the cursor, or near where it was."""
        from tui.errors import BadInput  # late: it brings click

        try:
            found = await self.lister.listed(branch, self.filter.value.strip(), self.feeds.feeds)
        except (ShelfUnusable, BadInput) as error:
            self.headlines.show([])
            self.say(error.format_message() if isinstance(error, BadInput) else str(error), trouble=True)
            return
        at = self.headlines.at_cursor if staying else None
        near = self.headlines.near(at, set(found.ids)) if at else None
        self.headlines.show(found.ids, cursor=found.ids.index(near) if near else 0, excerpts=found.excerpts)
        trouble = self.lister.trouble(branch)
        nothing = "" if found.ids or branch.search == "" else "Nothing here."  # nothing has been looked for yet
        self.say(trouble or nothing, trouble=trouble is not None)

    def relist(self) -> None:
        """List the branch anew; the reader stays where they are."""
        if self.branch is not None and self.branch is not HERE:
            self.list_articles(self.branch, staying=True)

    @on(Headlines.Wanted)
    @work(group="lines", exit_on_error=False)
    async def _fetch_lines(self, event: Headlines.Wanted) -> None:
        try:
            lines = await self._shelf.headlines(event.article_ids)
        except ShelfUnusable:
            self.headlines.given_up()
            raise
        self.headlines.fill(lines)

    @on(LineList.Moved, "Headlines")
    def _headline_moved(self, event: LineList.Moved) -> None:
        event.stop()

    def change_order(self) -> None:
        """Sort the list the next way."""
        self.notify(self.lister.change_order())
        self.relist()

    def toggle_hide_read(self) -> None:
        """List only what is not read, or all again."""
        self.notify(self.lister.toggle_hide_read())
        self.relist()

    # --- narrowing ---

    def action_filter(self) -> None:
        """Go to the line that narrows the list."""
        self.show_list(listing=True)
        self.filter.display = True
        self.screen.set_focus(self.filter)

    def clear_filter(self) -> None:
        """List all again."""
        had = self.filter.display
        if had and self.filter.has_focus:
            self.screen.set_focus(self.headlines)
        self.filter.display = False
        self.filter.value = ""

    @on(Input.Changed, "#library-filter")
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self.settle(self.relist)

    @on(Input.Submitted)
    @on(FilterLine.Left)
    def _leave_filter(self, event: Message) -> None:
        event.stop()
        self.screen.set_focus(self.headlines)

    def settle(self, then: Callable[[], None]) -> None:
        """Do something in a moment, unless it is put off once more."""
        self.unsettle(then)
        self._settling[then] = self.set_timer(SETTLE_S, then)

    def unsettle(self, then: Callable[[], None]) -> None:
        """Do it not, unless it is done already."""
        if then in self._settling:
            self._settling.pop(then).stop()
