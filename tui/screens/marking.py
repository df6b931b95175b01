"""The reader's marks: articles that are read, starred or put by, paragraphs that are highlighted."""

from contextlib import suppress
from typing import Final

from textual import work

from models.article import HEADLINE, Article
from models.listing import Mark
from models.settings import LibrarySettings, MarkRead
from tui.counting import counted
from tui.marking import Highlighting, Marking, Marks, NothingToTakeBack
from tui.screens.library import LibraryScreen
from tui.shelf import Shelf, ShelfReadOnly, ShelfUnusable
from tui.widgets.marks import Place, Trail

NOT_THERE: Final = "This article is not in the library any more."
SAID: Final = {
    Mark.READ: ("Marked as unread.", "Marked as read."),
    Mark.STARRED: ("No longer starred.", "Starred."),
    Mark.LATER: ("No longer put by.", "Put by for later."),
}
"""What is said of an article that has lost a mark, or has it now."""

NO_PARAGRAPH: Final = "} and { lead to a paragraph; H highlights it."
NO_HIGHLIGHTS: Final = "Nothing is highlighted here; H highlights a paragraph."

HIGHLIGHTS: Final = "highlights"
"""What the trail through them is called."""


class MarkingScreen(LibraryScreen):
    """A screen on which articles and paragraphs are marked."""

    def __init__(self, shelf: Shelf, library: LibrarySettings) -> None:
        super().__init__(shelf, library)
        self._marks = Marks(shelf)
        self._mark_read = library.mark_read

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be marked now."""
        match action:
            case _ if not self.is_mounted:
                return True
            case "toggle_read" | "toggle_star" | "toggle_later":
                return self.article_meant is not None
            case "mark_all_read":
                return bool(self.library.listed)
            case "toggle_highlight" | "walk_highlights":
                return self.open_article is not None
            case _:
                return super().check_action(action, parameters)

    # --- articles ---

    async def mark_opened(self, article: Article) -> None:
        """Mark an article that was opened as read, if that is wanted. Raises ``ShelfUnusable``."""
        if self._mark_read is MarkRead.OPEN:
            with suppress(ShelfReadOnly):  # that is said when the app opens
                self._show_marking(await self._marks.mark([article.id], Mark.READ))

    @work(group="mark", exit_on_error=False)
    async def mark_ended(self, article: Article) -> None:
        """Mark an article as read whose end is in sight, if that is wanted."""
        if self._mark_read is MarkRead.END:
            try:
                self._show_marking(await self._marks.mark([article.id], Mark.READ))
            except ShelfReadOnly:
                return  # that is said when the app opens
            except ShelfUnusable as error:
                self._tell(error)

    def action_toggle_read(self) -> None:
        """Mark the article as read, or as not read if it was."""
        self._toggle_mark(Mark.READ)

    def action_toggle_star(self) -> None:
        """Star the article, or no more."""
        self._toggle_mark(Mark.STARRED)

    def action_toggle_later(self) -> None:
        """Put the article by for later, or no more."""
        self._toggle_mark(Mark.LATER)

    @work(group="mark", exit_on_error=False)
    async def _toggle_mark(self, mark: Mark) -> None:
        if article_id := self.article_meant:
            try:
                await self.keep_here([article_id])
                marking = await self._marks.toggle(article_id, mark)
            except ShelfUnusable as error:
                self._tell(error)
                return
            self._show_marking(marking)
            self.notify(SAID[mark][marking.on] if marking.article_ids else NOT_THERE)

    @work(group="mark", exit_on_error=False)
    async def action_mark_all_read(self) -> None:
        """Mark all articles of the list as read."""
        wanted = tuple(self.library.listed)
        try:
            await self.keep_here(wanted)
            marking = await self._marks.mark(wanted, Mark.READ)
        except ShelfUnusable as error:
            self._tell(error)
            return
        self._show_marking(marking)
        back = " z takes that back." if marking.article_ids else ""
        self.notify(f"{counted(len(marking.article_ids), 'article')} marked as read.{back}")

    @work(group="mark", exit_on_error=False)
    async def action_undo_marks(self) -> None:
        """Take the last marking back."""
        try:
            marking = await self._marks.undo()
            if self.open_article is not None:
                await self.show_highlights(self.open_article)
        except NothingToTakeBack as error:
            self.notify(str(error))
            return
        except ShelfUnusable as error:
            self._tell(error)
            return
        self._show_marking(marking)
        self.notify(f"Taken back: {marking} again.")

    def _show_marking(self, marking: Marking | Highlighting) -> None:
        """Show it in the library; what has just been read stays in the list of unread articles."""
        match marking:
            case Marking([]):
                pass
            case Marking(article_ids, Mark.READ):
                self.library.marked(article_ids)
            case _:
                self.library.marked(())

    # --- paragraphs ---

    @work(group="mark", exit_on_error=False)
    async def action_toggle_highlight(self) -> None:
        """Highlight the paragraph that the reader is at, or no more."""
        article, paragraph = self.open_article, self.article.current_paragraph
        if article is None:
            return
        if paragraph == HEADLINE:
            self.notify(NO_PARAGRAPH)
            return
        try:
            await self._shelf.keep(article)
            highlighting = await self._marks.toggle_highlight(article.id, paragraph)
            await self.show_highlights(article)
        except ShelfUnusable as error:
            self._tell(error)
            return
        if highlighting is None:
            self.notify(NOT_THERE)
        else:
            self._show_marking(highlighting)

    async def show_highlights(self, article: Article) -> None:
        """Show what is highlighted in an article, if it is still open. Raises ``ShelfUnusable``."""
        highlighted = await self._shelf.highlighted(article.id)
        if self.open_article == article:
            self.article.highlight(highlighted)
            if not self.article.trail.lit:  # they are being walked; the reader stays where they are
                self.article.trail = self._highlights_of(article).from_paragraph(self.article.current_paragraph)

    def action_walk_highlights(self) -> None:
        """Go to the next highlighted paragraph; n and N go on from there."""
        self.close_overlays()
        if self.open_article is None or not self.article.highlighted:
            self.notify(NO_HIGHLIGHTS)
        elif self.article.trail.lit:
            self.article.walk(self._highlights_of(self.open_article))
        else:
            self.article.step(1)

    def _highlights_of(self, article: Article) -> Trail:
        places = (Place.whole(article, number) for number in self.article.highlighted)
        return Trail.of(HIGHLIGHTS, places, lit=False)
