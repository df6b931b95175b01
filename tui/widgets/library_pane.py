"""The library beside the article: the tree of feeds, and the articles of what is chosen in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from models.article import Article
from models.listing import Headline, Scope
from models.settings import LibrarySettings
from tui.branches import ALL, HERE, UNREAD, Branch, found_by
from tui.excerpts import Excerpt
from tui.foreign import shown
from tui.keys import IN_HEADLINES, bindings
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.feed_tree import FeedTree
from tui.widgets.filter_line import FilterLine
from tui.widgets.headlines import Headlines
from tui.widgets.line_list import LineList
from tui.widgets.listing_pane import ListingPane
from tui.widgets.marks import Place
from tui.widgets.sync_line import SyncLine

FOUND_S: Final = 1.0
"""How long after a change saved searches are counted anew: other changes may follow, and it takes a while."""

SEARCH_HINT: Final = 'words, "a phrase", name:Nowak tag:harbour is:unread'


class LibraryPane(ListingPane):
    """Tree and list. Enter in the tree leads to the list, Enter there opens an article."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_HEADLINES)

    @dataclass
    class Opened(Message):
        """The reader wants to read an article, from its top or at places that are cited or found."""

        article: Article
        places: tuple[Place, ...] = ()

    def __init__(self, articles: Sequence[Article], shelf: Shelf, settings: LibrarySettings, *, id: str) -> None:  # noqa: A002
        super().__init__(HERE if articles else None, shelf, settings, id=id)
        self._here = {article.id: article for article in articles}
        self._asked = ""
        """The article that was last to be opened: it may not be there yet."""
        self._loaded = False
        self._counting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Tree above, list below."""
        yield FeedTree([HERE] if self._here else [], id="feeds")
        yield Static(id="library-title", markup=False)
        yield Static(id="library-state", markup=False)
        yield FilterLine("a part of the headline", select_on_focus=False, id="library-filter")
        yield FilterLine(SEARCH_HINT, select_on_focus=True, id="library-search")
        yield Headlines(id="headlines")
        yield SyncLine(id="sync", markup=False)

    def on_mount(self) -> None:
        """List what the app was opened on; the library comes after the first frame."""
        self.say("")
        self.filter.display = self.search.display = False
        self.set_class(bool(self._here), "-here")
        self.show_list(listing=True)
        if self._here:
            self._list_here()
        else:
            self.call_after_refresh(self.update_counts)

    # --- where the reader is ---

    @property
    def target(self) -> Widget:
        """What has the focus when the reader goes to the library."""
        return self.headlines if self.has_class("-listing") else self.feeds

    def action_to_tree(self) -> None:
        """Go to the feeds."""
        self.remove_class("-here")
        self.show_list(listing=False)
        self.screen.set_focus(self.feeds)
        if not self._loaded:
            self.update_counts()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the reader is."""
        match action:
            case "to_tree":
                return self.screen.focused is self.headlines  # which it is told of a moment later
            case "filter":
                return self.of_library  # else the slash finds words in the article
            case _:
                return True

    @property
    def listed(self) -> Sequence[str]:
        """The articles of the branch that the reader is on; none while they have moved on and those are not there."""
        at = self.feeds.at_cursor
        moved = at is not None and self.branch is not None and at.key != self.branch.key
        return () if moved else self.headlines.ids

    def here(self, article_ids: Iterable[str]) -> list[Article]:
        """Give those of some articles that stand under "Open here"."""
        return [self._here[article_id] for article_id in article_ids if article_id in self._here]

    # --- the tree ---

    @work(group="counts", exclusive=True, exit_on_error=False)
    async def update_counts(self) -> None:
        """Show the feeds and what is unread in them as it is now."""
        overview = await self._shelf.overview()
        first, self._loaded = not self._loaded, True
        self.feeds.show(overview)
        if first and self.branch is None and not overview.unread:
            self.feeds.go_to(ALL)
        self._turn_to_cursor()
        if overview.searches:
            self._counting = self._counting or self.set_timer(FOUND_S, self._count_found)

    @work(group="found", exclusive=True, exit_on_error=False)
    async def _count_found(self) -> None:
        """Count what is unread in what saved searches find, one after the other: others use the library meanwhile."""
        self._counting = None
        self.feeds.show_found(await self.lister.unread_found(self.feeds.searches, self.feeds.feeds))

    def renew(self) -> None:
        """Show what has come from the feeds; the reader stays where they are."""
        self.update_counts()
        self.relist()

    @on(LineList.Moved, "FeedTree")
    def _branch_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self.settle(self._turn_to_cursor)

    def _turn_to_cursor(self) -> None:
        branch = self.feeds.at_cursor
        if branch is None:
            return
        if self.branch is not None and branch.key == self.branch.key:
            told, self.branch = self.lister.trouble(self.branch), branch
            if self.lister.trouble(branch) != told:
                self.relist()
            return
        self._turn_to(branch)
        if branch is HERE:
            self._list_here()
        else:
            self.list_articles(branch)

    def _turn_to(self, branch: Branch) -> None:
        self.workers.cancel_group(self, "list")
        if self.branch is None or branch.key != self.branch.key:
            self.headlines.show([])  # else a key would mark what stands under another title
        self.branch = branch
        self.lister.just_read = set()
        self.clear_filter()
        self.unsettle(self._search_typed)
        self.search.display = branch.search is not None
        if not self.search.has_focus:  # else it holds what has been typed, and maybe more by now
            self.search.value = branch.search or ""
        self.title.update(Content.styled(shown(branch.label), "bold $accent"))

    @on(LineList.Chosen, "FeedTree")
    def _branch_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._turn_to_cursor()
        self.to_list()

    # --- the list ---

    def _list_here(self) -> None:
        self.say("")
        self.headlines.show(list(self._here))
        self.headlines.fill(map(_line, self._here.values()))
        self.headlines.forget()  # the library knows which are read, unless they are not in it yet

    @on(LineList.Chosen, "Headlines")
    def _headline_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if article_id := self.headlines.at_cursor:
            excerpt = self.headlines.excerpt(article_id)
            self.open(article_id, *(_places(excerpt) if excerpt else ()))

    # --- searching ---

    def begin_search(self) -> None:
        """Go to the line in which one searches the library."""
        self.remove_class("-here")
        self.show_list(listing=True)
        if self.branch is None or self.branch.search is None:
            self._search("")
        self.screen.set_focus(self.search)
        if not self._loaded:
            self.update_counts()

    def _search(self, line: str) -> None:
        """List what a line finds; that of a saved search stays as it was."""
        branch = found_by(line)
        self.feeds.show_search(branch)
        self._turn_to(branch)
        self.list_articles(branch)

    def _search_typed(self) -> None:
        self._search(self.search.value)

    @on(Input.Changed, "#library-search")
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.branch is not None and event.value != self.branch.search and self.search.has_focus:
            self.settle(self._search_typed)

    # --- opening ---

    @work(group="open", exclusive=True, exit_on_error=False)
    async def open(self, article_id: str, *places: Place) -> None:
        """Have an article opened, be it listed or not; at some places, where they are given."""
        self._asked = article_id
        article = self._here.get(article_id)
        if article is None:
            article = await self._shelf.article(article_id)
            if article is None:
                self.notify("This article is not in the library any more.", severity="warning")
                return
        if self.branch is HERE:
            self._here[article_id] = article
            self.headlines.add(article_id)
        self.post_message(self.Opened(article, places))

    def step(self, by: int) -> None:
        """Open the next article of the list, or the one before."""
        count = self.headlines.count
        if not count:
            return
        place = self.headlines.place_of(self._asked)
        self.open(self.headlines.ids[self.headlines.cursor if place is None else (place + by) % count])

    async def following(self) -> Article | None:
        """Give the article that is likely to be opened next: the first unread one behind the open one in the list.

        Raises ``ShelfUnusable``.
        """
        place = self.headlines.place_of(self._asked)
        after = [] if place is None else self.headlines.ids[place + 1 :]
        article_id = next((one for one in after if not self.headlines.is_read(one)), after[0] if after else None)
        if article_id is None:
            return None
        return self._here.get(article_id) or await self._shelf.article(article_id)

    @work(group="next", exclusive=True, exit_on_error=False)
    async def next_unread(self) -> None:
        """Open the next article of the list that is not read; if there is none, the first of all that are not."""
        unread = await self._shelf.listed(Scope(unread=True), self.lister.order)
        if not unread:
            self.notify("Nothing is unread.")
            return
        ids, wanted = self.headlines.ids, set(unread)
        place = self.headlines.place_of(self._asked)
        here = self.headlines.cursor if place is None else place + 1
        found = next((one for one in (*ids[here:], *ids[:here]) if one in wanted), None)
        if found is None and self._loaded:
            self.feeds.go_to(UNREAD)
            if branch := self.feeds.at_cursor:
                self._turn_to(branch)
                self.headlines.show(unread)
        self.open(found or unread[0])

    def show_open(self, article: Article) -> None:
        """Show in the list which article is open."""
        self.headlines.opened = self._asked = article.id
        if (place := self.headlines.place_of(article.id)) is not None:
            self.headlines.cursor = place

    @property
    def place(self) -> str:
        """Say where in the list the open article stands; nothing where it is not there, or alone."""
        place = self.headlines.place_of(self.headlines.opened)
        return "" if place is None or self.headlines.count < 2 else f"{place + 1:,} of {self.headlines.count:,}"

    def marked(self, article_ids: Iterable[str]) -> None:
        """Show marks that have changed; the articles stay in the list."""
        self.lister.just_read |= set(article_ids)
        self.headlines.forget()
        if self._loaded:
            self.update_counts()

    @on(Worker.StateChanged)
    def _tell_error(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            expected = isinstance(error, ShelfUnusable)
            self.say(str(error) if expected else f"Something went wrong inside newsreader: {error!r}.", trouble=True)


def _places(excerpt: Excerpt) -> list[Place]:
    """Give where to open an article in which something was found: at the matches, or where nothing is to be lit up.

    The beginning is no such place: there, the reader goes on where they left off.
    """
    if not excerpt.marks and excerpt.paragraph > 1:
        return [Place(excerpt.paragraph, 0, 0)]
    return [Place(excerpt.paragraph, *mark) for mark in excerpt.marks]


def _line(article: Article) -> Headline:
    """Give the line of an article that need not be in the library."""
    return Headline(
        id=article.id,
        headline=article.headline,
        published=article.published,
        source=article.origin,
        read=False,
    )
