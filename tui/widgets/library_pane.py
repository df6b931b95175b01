"""The library beside the article: the tree of feeds, and the articles of what is chosen in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from models.article import Article
from models.listing import Headline, Scope
from models.settings import LibrarySettings
from tui.branches import ALL, HERE, UNREAD, Branch, found_by
from tui.foreign import shown
from tui.keys import IN_HEADLINES, bindings
from tui.lister import Lister
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.feed_tree import FeedTree
from tui.widgets.filter_line import FilterLine
from tui.widgets.headlines import Headlines
from tui.widgets.line_list import LineList
from tui.widgets.marks import Place
from tui.widgets.sync_line import SyncLine

SETTLE_S: Final = 0.08
"""How long the cursor rests on a branch, or typing rests, before articles are listed: more may be coming."""

SEARCH_HINT: Final = 'words, "a phrase", name:Nowak is:unread'


class LibraryPane(Vertical):
    """Tree and list. Enter in the tree leads to the list, Enter there opens an article."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_HEADLINES)

    feeds = query_one(FeedTree)
    headlines = query_one(Headlines)
    filter = query_one("#library-filter", FilterLine)
    search = query_one("#library-search", FilterLine)
    title = query_one("#library-title", Static)
    state = query_one("#library-state", Static)

    @dataclass
    class Opened(Message):
        """The reader wants to read an article, from its top or at places that are cited or found."""

        article: Article
        places: tuple[Place, ...] = ()

    def __init__(self, articles: Sequence[Article], shelf: Shelf, settings: LibrarySettings, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shelf = shelf
        self._here = {article.id: article for article in articles}
        self.branch: Branch | None = HERE if articles else None
        """What is listed."""
        self.lister = Lister(shelf, settings)
        self._settling: dict[Callable[[], None], Timer] = {}
        """What is about to be done, once the cursor or typing rests."""
        self._asked = ""
        """The article that was last to be opened: it may not be there yet."""
        self._loaded = False

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
        self._show_list(listing=True)
        if self._here:
            self._list_here()
        else:
            self.call_after_refresh(self.update_counts)

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Say what there is to say about what is listed; nothing folds the line away."""
        self.state.update(Content.assemble(("✗ " if trouble else "", "$error"), shown(text)))
        self.state.display = bool(text)

    # --- where the reader is ---

    @property
    def of_library(self) -> bool:
        """Whether the library is listed, not what the app was opened on."""
        return self.branch is not HERE

    @property
    def arranged(self) -> bool:
        """Whether what is listed can be sorted and have what is read hidden; a search has its own order and filters."""
        return self.branch is not None and self.of_library and self.branch.search is None

    @property
    def target(self) -> Widget:
        """What has the focus when the reader goes to the library."""
        return self.headlines if self.has_class("-listing") else self.feeds

    def to_list(self) -> None:
        """Go to the articles."""
        self._show_list(listing=True)
        self.screen.set_focus(self.headlines)

    def action_to_tree(self) -> None:
        """Go to the feeds."""
        self.remove_class("-here")
        self._show_list(listing=False)
        self.screen.set_focus(self.feeds)
        if not self._loaded:
            self.update_counts()

    def _show_list(self, *, listing: bool) -> None:
        """Show the articles or the feeds, where there is no room for both."""
        self.set_class(listing, "-listing")
        self.set_class(not listing, "-at-tree")

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

    def renew(self) -> None:
        """Show what has come from the feeds; the reader stays where they are."""
        self.update_counts()
        self._relist()

    @on(LineList.Moved, "FeedTree")
    def _branch_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self._settle(self._turn_to_cursor)

    def _turn_to_cursor(self) -> None:
        branch = self.feeds.at_cursor
        if branch is None:
            return
        if self.branch is not None and branch.key == self.branch.key:
            self.branch = branch
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
        self._unsettle(self._search_typed)
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
        self.say(branch.error or ("" if found.ids else "Nothing here."), trouble=branch.error is not None)

    def _relist(self) -> None:
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

    @on(LineList.Chosen, "Headlines")
    def _headline_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        if article_id := self.headlines.at_cursor:
            excerpt = self.headlines.excerpt(article_id)
            places = [Place(excerpt.paragraph, *mark) for mark in excerpt.marks] if excerpt else ()
            self.open(article_id, *places)

    @on(LineList.Moved, "Headlines")
    def _headline_moved(self, event: LineList.Moved) -> None:
        event.stop()

    def change_order(self) -> None:
        """Sort the list the next way."""
        self.notify(self.lister.change_order())
        self._relist()

    def toggle_hide_read(self) -> None:
        """List only what is not read, or all again."""
        self.notify(self.lister.toggle_hide_read())
        self._relist()

    # --- searching and narrowing ---

    def begin_search(self) -> None:
        """Go to the line in which one searches the library."""
        self.remove_class("-here")
        self._show_list(listing=True)
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

    def action_filter(self) -> None:
        """Go to the line that narrows the list."""
        self._show_list(listing=True)
        self.filter.display = True
        self.screen.set_focus(self.filter)

    def clear_filter(self) -> None:
        """List all again."""
        had = self.filter.display
        if had and self.filter.has_focus:
            self.screen.set_focus(self.headlines)
        self.filter.display = False
        self.filter.value = ""

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if event.input is self.filter:
            self._settle(self._relist)
        elif self.branch is not None and event.value != self.branch.search and self.search.has_focus:
            self._settle(self._search_typed)

    @on(Input.Submitted)
    @on(FilterLine.Left)
    def _leave_filter(self, event: Message) -> None:
        event.stop()
        self.screen.set_focus(self.headlines)

    def _settle(self, then: Callable[[], None]) -> None:
        self._unsettle(then)
        self._settling[then] = self.set_timer(SETTLE_S, then)

    def _unsettle(self, then: Callable[[], None]) -> None:
        if then in self._settling:
            self._settling.pop(then).stop()

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


def _line(article: Article) -> Headline:
    """Give the line of an article that need not be in the library."""
    return Headline(
        id=article.id,
        headline=article.headline,
        published=article.published,
        source=article.origin,
        read=False,
    )
