"""What the reader does with the library: subscribes, searches, lists, and goes on where they left off."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from textual import work
from textual.timer import Timer

from models.article import Article
from models.feed import FeedSummary
from models.settings import LibrarySettings
from tui.counting import counted
from tui.foreign import shown
from tui.screens.syncing import SyncingScreen
from tui.shelf import Shelf, ShelfUnusable

NOTE_S: Final = 0.5
"""How long the reader rests at a place before that is kept."""

ONLY_READ_S: Final = 12
"""How long it is said that the library can only be read: it holds for all that follows."""


class LibraryScreen(SyncingScreen):
    """A screen with the library at its side, and the commands for that."""

    def __init__(self, shelf: Shelf, library: LibrarySettings) -> None:
        super().__init__(shelf, library)
        self._noting: Timer | None = None
        self._reached = 0
        """The paragraph that the reader has got to, since the last scrolling."""
        self._taken_up = ""
        """The article whose place is known: that of another must not be kept as if it were at its beginning."""

    def on_mount(self) -> None:
        """Say so where the library can only be read."""
        self.call_after_refresh(self._tell_only_read)

    @work(group="only read", exit_on_error=False)
    async def _tell_only_read(self) -> None:
        from tui.articles import only_read

        with suppress(ShelfUnusable):  # whoever needs the library says so
            if await self._shelf.read_only():
                self.notify(shown(only_read(self._shelf.path)), severity="warning", timeout=ONLY_READ_S, markup=False)

    @property
    def open_article(self) -> Article | None:
        """The article that is open."""
        raise NotImplementedError

    @property
    def article_meant(self) -> str | None:
        """The article that a command is about: the one under the cursor in the list, else the one that is open."""
        if self.library.headlines.has_focus:
            return self.library.headlines.at_cursor
        return self.open_article.id if self.open_article else self.library.headlines.at_cursor

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the library now."""
        match action:
            case _ if not self.is_mounted:
                return True
            case "stop_sync":
                return self.syncing
            case "toggle_library":
                return self.open_article is not None or not self.library.has_focus_within  # else nothing was left
            case "toggle_hide_read" | "change_order":
                return self.library.arranged
            case "remove_chosen":
                branch = self.library.feeds.at_cursor
                return branch is not None and (branch.feed or branch.saved or branch.tag) is not None
            case "keep_search":
                return bool(self.library.branch and self.library.branch.search)
            case _:
                return True

    # --- subscribing ---

    def action_add_source(self) -> None:
        """Ask for an address, and add what is there."""
        self._add_source()

    @work(group="add", exclusive=True, exit_on_error=False)
    async def _add_source(self) -> None:
        from tui.feeds import FOLDER_SEPARATOR  # late: not needed for the first frame
        from tui.screens.add import AddScreen

        branch = self.library.feeds.at_cursor
        folder = FOLDER_SEPARATOR.join(branch.folder) if branch else ""
        if said := await self.app.push_screen_wait(AddScreen(self._shelf.path, folder)):
            self.notify(shown(said), markup=False)
            self.open_library()
            self.library.renew()

    def action_remove_chosen(self) -> None:
        """Ask whether to unsubscribe from the feed that is chosen, or to forget the search or the tag."""
        branch = self.library.feeds.at_cursor
        if branch and branch.feed:
            self._unsubscribe(branch.feed)
        elif branch and branch.saved:
            self._forget_search(branch.saved)
        elif branch and branch.tag:
            self._forget_tag(branch.tag)

    @work(group="remove", exclusive=True, exit_on_error=False)
    async def _unsubscribe(self, feed: FeedSummary) -> None:
        from tui.screens.choice import ChoiceScreen  # late: not needed for the first frame

        choices = [
            "Unsubscribe; its articles stay in your library",
            "Unsubscribe, and remove the articles that it alone has brought",
            "Stay subscribed",
        ]
        text = f"{feed.feed.name}: {counted(feed.articles, 'article')}, {feed.unread} of them unread."
        chosen = await self.app.push_screen_wait(ChoiceScreen("Unsubscribe?", text, choices))
        if chosen not in (0, 1):
            return
        try:
            gone = await self._shelf.unsubscribe(feed.number, with_articles=chosen == 1)
        except ShelfUnusable as error:
            self._tell(error)
            return
        went = f", and {counted(gone, 'article')} with it" if gone else ""
        self.notify(f"{shown(feed.feed.name)} is removed{went}.", markup=False)
        self.library.renew()

    # --- searching ---

    def action_search_library(self) -> None:
        """Go to the line in which one searches the library."""
        self.open_library()
        self.library.begin_search()

    def action_keep_search(self) -> None:
        """Keep the search as a folder of the tree."""
        self._keep_search()

    @work(group="search", exclusive=True, exit_on_error=False)
    async def _keep_search(self) -> None:
        from models.listing import SavedSearch
        from tui.screens.name import NameScreen  # late: not needed for the first frame

        branch = self.library.branch
        if branch is None or not branch.search:
            return
        if name := await self.app.push_screen_wait(NameScreen("Keep this search", branch.search)):
            try:
                await self._shelf.keep_search(SavedSearch(name=name, line=branch.search))
            except ShelfUnusable as error:
                self._tell(error)
                return
            self.notify(f"{shown(name)} stands among your feeds now; D forgets it.", markup=False)
            self.library.update_counts()

    @work(group="search", exclusive=True, exit_on_error=False)
    async def _forget_search(self, name: str) -> None:
        from tui.screens.choice import ChoiceScreen  # late: not needed for the first frame

        if await self.app.push_screen_wait(ChoiceScreen("Forget this search?", name, ["Forget it", "Keep it"])) == 0:
            try:
                await self._shelf.forget_search(name)
            except ShelfUnusable as error:
                self._tell(error)
                return
            self.library.update_counts()

    @work(group="tags", exclusive=True, exit_on_error=False)
    async def _forget_tag(self, tag: str) -> None:
        from tui.screens.choice import ChoiceScreen  # late: not needed for the first frame

        choices = ["Take it off; the articles stay", "Keep it"]
        if await self.app.push_screen_wait(ChoiceScreen("Take this tag off all articles?", tag, choices)) == 0:
            try:
                await self._shelf.forget_tag(tag)
            except ShelfUnusable as error:
                self._tell(error)
                return
            self.library.marked(())

    # --- how far the reader got ---

    async def take_up(self, article: Article) -> None:
        """Go on where the reader left off, unless they are somewhere already. Raises ``ShelfUnusable``."""
        paragraph = await self._shelf.paragraph(article.id)
        self._taken_up = article.id
        if self.open_article is article and not self.article.cited and not self.article.scroll_offset.y:
            self.article.resume(paragraph)

    def note_place(self) -> None:
        """Keep in a moment how far the reader has got."""
        if self._noting is not None:
            self._noting.stop()
        self._reached = self.article.reached  # now: when the screen is closed, the article is gone first
        self._noting = self.set_timer(NOTE_S, self.keep_place)

    def keep_place(self) -> None:
        """Keep how far the reader has got, if that has changed."""
        if article_id := self._noted():
            self._keep_reached(article_id, self._reached)

    async def on_unmount(self) -> None:
        """Keep how far the reader has got before the library is closed."""
        if article_id := self._noted():
            with suppress(ShelfUnusable):  # there is no screen left to tell it on
                await self._shelf.reached(article_id, self._reached)

    def _noted(self) -> str | None:
        """Give the open article if its place is still to be kept, and take that as done."""
        if self._noting is None:
            return None
        self._noting.stop()
        self._noting = None
        return self._taken_up if self.open_article is not None and self.open_article.id == self._taken_up else None

    @work(group="place", exit_on_error=False)
    async def _keep_reached(self, article_id: str, paragraph: int) -> None:
        try:
            await self._shelf.reached(article_id, paragraph)
        except ShelfUnusable as error:
            self._tell(error)

    # --- lists ---

    def action_next_unread(self) -> None:
        """Open the next article that is not read."""
        self.library.next_unread()

    def action_toggle_hide_read(self) -> None:
        """List only what is not read, or all."""
        self.library.toggle_hide_read()

    def action_change_order(self) -> None:
        """Sort the list another way."""
        self.library.change_order()

    async def keep_here(self, article_ids: Iterable[str]) -> None:
        """Keep what the app was opened on: it may not be in the library yet. Raises ``ShelfUnusable``."""
        for article in self.library.here(article_ids):
            await self._shelf.keep(article)
