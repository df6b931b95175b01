"""The list of open articles."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from models.article import Article
from tui.foreign import shown
from tui.keys import IN_LIST, bindings
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.marks import Place


class ArticleList(OptionList):
    """The open articles with their dates; Enter or a click opens one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_LIST)
    BORDER_TITLE: ClassVar[str] = "Articles"

    @dataclass
    class Opened(Message):
        """The reader wants to read an article, from its top or at a place that is cited."""

        index: int
        place: Place | None = None

    def __init__(self, articles: list[Article], shelf: Shelf, *, id: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(*_parted([Option(_entry(article)) for article in articles]), id=id, markup=False)
        self._shelf = shelf
        self.articles = articles
        """The open articles; more are added as they are opened from the library."""

    def index_of(self, article_id: str) -> int | None:
        """Give the place of an article in the list; None where it is not open."""
        return next((index for index, article in enumerate(self.articles) if article.id == article_id), None)

    @work(group="open", exclusive=True, exit_on_error=False)
    async def open(self, article_id: str, place: Place | None = None) -> None:
        """Have an article opened, be it in the list or in the library alone; at a place, where one is given."""
        index = self.index_of(article_id)
        if index is None:
            try:
                article = await self._shelf.article(article_id)
            except ShelfUnusable as error:
                self.notify(shown(str(error)), severity="warning", markup=False)
                return
            if article is None:
                self.notify("This article is not in the library any more.", severity="warning")
                return
            index = len(self.articles)
            self.articles.append(article)
            self.add_options([None, Option(_entry(article))])
        self.post_message(self.Opened(index, place))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(event.option_index))


def _parted(options: list[Option]) -> list[Option | None]:
    """Put a rule between the entries, which take several lines each."""
    return [part for option in options for part in (None, option)][1:]


def _entry(article: Article) -> Content:
    return Content.assemble(shown(article.headline), "\n", (brief_date(article.published), "$muted"))


def source_name(article: Article) -> str:
    """Name an article where it is cited beside others; the date first, for a long headline is cut."""
    return f"{brief_date(article.published)} · {article.headline}"


def brief_date(day: date | None) -> str:
    """Give a date as it stands in a list."""
    return f"{day.day} {day:%b %Y}" if day else "no date"
