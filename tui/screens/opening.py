"""The first frame: the article alone, in its place, so that it can be read before all else is loaded."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from models.article import Article
from tui.widgets.article_view import ArticleView
from tui.widgets.status_line import StatusLine


class OpeningScreen(Screen[None]):
    """Shows an article where the reading screen will show it; the panes beside it are empty.

    ``article`` is None where the library alone is opened; ``alone`` says that it is the only one.
    """

    AUTO_FOCUS = None

    article = query_one(ArticleView)

    @dataclass
    class Painted(Message):
        """The article can be read."""

        screen: "OpeningScreen"

    def __init__(self, article: Article | None, reading_width: int, *, alone: bool) -> None:
        super().__init__()
        self._article = article
        self._reading_width = reading_width
        self._alone = alone
        self.set_class(article is None, "-empty")

    def compose(self) -> ComposeResult:
        """Lay out as the reading screen does, with the ids of its panes."""
        yield StatusLine()
        with Container(id="panes"):
            for pane in ("library", "names", "questions"):
                yield Static(id=pane, classes="-closed" if pane == "library" and self._alone else None)
            with Vertical(id="reading"):
                yield ArticleView(self._reading_width, id="article")
        yield Static(id="footer")

    def on_mount(self) -> None:
        """Show the text."""
        if self._article is None:
            self._laid_out()
        else:
            self.article.show(self._article)
            self.watch(self.article, "virtual_size", self._laid_out, init=False)

    def _laid_out(self) -> None:
        self.call_after_refresh(self.post_message, self.Painted(self))
