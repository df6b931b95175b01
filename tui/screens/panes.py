"""The panes at the sides of the article: shown, hidden, or laid over it where the terminal is narrow."""

from typing import Final

from textual import events
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget

from tui.screens.sizes import MEDIUM_COLUMNS, NARROW
from tui.widgets.article_view import ArticleView
from tui.widgets.find_bar import FindBar
from tui.widgets.library_pane import LibraryPane
from tui.widgets.marks import NOWHERE
from tui.widgets.names import NamesPane

EMPTY: Final = "-empty"
"""The class of the screen as long as no article is open."""


class PanedScreen(Screen[None]):
    """A screen with an article between the library and the names."""

    library = query_one(LibraryPane)
    article = query_one(ArticleView)
    names = query_one(NamesPane)
    finder = query_one(FindBar)

    def on_resize(self, event: events.Resize) -> None:
        """Keep in sight what the reader is in, where the panes are about to change their places."""
        narrow = event.size.width < MEDIUM_COLUMNS
        if narrow == self.has_class(NARROW):
            return
        for pane in (self.names, self.library):
            if narrow:
                pane.set_class(pane.has_focus_within, "-opened")
            elif pane.has_class("-opened"):  # which says nothing here; without it, the focus would be lost
                pane.remove_class("-closed")

    def action_toggle_names(self) -> None:
        """Show, focus or hide the names."""
        self._toggle(self.names, self.names.names)

    def action_filter_names(self) -> None:
        """Go to the line that narrows the names."""
        self._open_pane(self.names, opened=True)
        self.set_focus(self.names.filter)

    def action_toggle_library(self) -> None:
        """Show, focus or hide the library."""
        self._toggle(self.library, self.library.target)

    def _toggle(self, pane: Widget, target: Widget) -> None:
        """Go to a pane; where the reader is there already, put it away."""
        leaving = pane.display and pane.has_focus_within
        self._open_pane(pane, opened=not leaving)
        self.set_focus(self.article if leaving else target)  # at once: the next key may be on its way already

    def open_library(self) -> None:
        """Go to the library."""
        self._open_pane(self.library, opened=True)
        self.set_focus(self.library.target)

    def _open_pane(self, pane: Widget, *, opened: bool) -> None:
        if self.has_class(NARROW):
            pane.set_class(opened, "-opened")
        else:
            pane.set_class(not opened, "-closed")

    def close_overlays(self) -> bool:
        """Uncover the article; tell whether something lay over it."""
        covered = self.has_class(NARROW) and (self.names.display or self.library.display)
        for pane in (self.names, self.library):
            if covered and pane.has_focus_within:
                self.set_focus(self.article)
            pane.remove_class("-opened")
        return covered

    # --- back ---

    @property
    def _reading(self) -> bool:
        """Whether an article is open."""
        return not self.has_class(EMPTY)

    @property
    def away(self) -> bool:
        """Whether there is anything to come back from."""
        if self.library.filter.display or self.library.search.has_focus:
            return True
        if not self._reading:
            return not self.library.has_focus_within or (self.has_class(NARROW) and self.library.headlines.has_focus)
        return self._from_library or self._lit or not self.article.has_focus

    @property
    def _lit(self) -> bool:
        """Whether anything is lit up in the article."""
        return bool(self.article.trail.places or self.article.cited or self.finder.display)

    @property
    def _from_library(self) -> bool:
        """Whether the reader has come from a list of the library that the article covers now."""
        return self.has_class(NARROW) and self.library.of_library and self.article.has_focus

    def action_back(self) -> None:
        """Close what is open, put out what is lit up, and go back to the article; a filter is cleared before."""
        if self.names.has_focus_within and self.names.filter.value:
            self.names.clear_filter()
            return
        if self.library.has_focus_within and self.library.filter.display:
            self.library.clear_filter()
            return
        if self.library.search.has_focus:
            self.set_focus(self.library.headlines)
        elif self.has_class(NARROW) and self.library.of_library and self.library.headlines.has_focus:
            self.library.action_to_tree()
        elif not self._reading or (self._from_library and not self._lit):
            self.open_library()
        else:
            if not self.close_overlays():
                self.finder.close()
                self.article.walk(NOWHERE)
                self.article.cite()
            self.set_focus(self.article)
