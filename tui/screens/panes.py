"""The panes at the sides of the article: shown, hidden, or laid over it where the terminal is narrow."""

from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget

from tui.screens.widths import NARROW
from tui.widgets.article_view import ArticleView
from tui.widgets.library_pane import LibraryPane
from tui.widgets.names import NamesPane


class PanedScreen(Screen[None]):
    """A screen with an article between the library and the names."""

    library = query_one(LibraryPane)
    article = query_one(ArticleView)
    names = query_one(NamesPane)

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
