"""The library on disk as the app uses it: opened after the first frame, and never waited for by the event loop."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from models.answer import Answer
from models.article import Article, ArticleSummary, Paragraph
from models.brief import Brief
from models.entity import Entity
from models.feed import FeedSummary
from models.listing import Headline, Mark, Order, Overview, SavedSearch, Scope
from models.question import Question

if TYPE_CHECKING:
    from library.search import Filters, SearchHit
    from library.store import Store

T = TypeVar("T")

OTHERS_LISTED: Final = 50
"""Other articles of an entity that are listed, the newest: nobody looks through more."""

MOST_FOUND: Final = 200
"""Articles that a search in the app lists: who does not find it among these looks for something else."""


class ShelfUnusable(Exception):
    """The library can't be read or written. The message says what to do."""


class ShelfReadOnly(ShelfUnusable):
    """The library can be read, and nothing can be kept in it."""


class Shelf:
    """Keeps the open articles and their answers. Every method but ``close`` raises ``ShelfUnusable``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: Store | None = None
        # One thread, so that calls follow one another even where the one who waited for a call has been cancelled.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf")
        self._kept: set[str] = set()

    @property
    def path(self) -> Path:
        """The file of the library."""
        return self._path

    async def read_only(self) -> bool:
        """Tell whether the library can only be read."""
        return await self._with(lambda store: store.read_only)

    async def keep(self, article: Article) -> None:
        """Put an article where the worker finds it."""
        if article.id not in self._kept:
            await self._with(lambda store: store.add(article))
            self._kept.add(article.id)

    async def article(self, article_id: str) -> Article | None:
        """Give an article that was kept before."""
        article = await self._with(lambda store: store.article(article_id))
        if article is not None:
            self._kept.add(article_id)  # kept once more, it would be listed beside what has replaced it meanwhile
        return article

    async def overview(self) -> Overview:
        """Give the feeds, and how many articles are there and unread."""
        return await self._with(_overview)

    async def listed(
        self, scope: Scope, order: Order = Order.NEWEST, *, words: str = "", besides: Iterable[str] = ()
    ) -> list[str]:
        """Give what identifies the articles of a list; see ``Listings.ids``."""
        also = tuple(besides)
        return await self._with(lambda store: store.listings.ids(scope, order, words=words, besides=also))

    async def headlines(self, article_ids: Iterable[str]) -> list[Headline]:
        """Give the lines of some articles of a list."""
        wanted = tuple(article_ids)
        return await self._with(lambda store: store.listings.headlines(wanted))

    async def search(self, query: str, filters: "Filters") -> "list[SearchHit]":
        """Find articles, best first."""
        return await self._with(lambda store: store.search(query, MOST_FOUND, filters))

    async def keep_search(self, search: SavedSearch) -> None:
        """Keep a search, in the place of another of the same name."""
        await self._with(lambda store: store.searches.keep(search))

    async def forget_search(self, name: str) -> None:
        """Forget a search."""
        await self._with(lambda store: store.searches.remove(name))

    async def mark(self, article_ids: Iterable[str], mark: Mark, *, on: bool) -> list[str]:
        """Mark articles, or take the mark off; give those for which that has changed something."""
        wanted = tuple(article_ids)
        return await self._with(lambda store: store.states.mark(wanted, mark, on=on))

    async def count(self, query: str, filters: "Filters") -> int | None:
        """Count the articles that are found; None where that takes long."""
        return await self._with(lambda store: store.count(query, filters))

    async def source(self, article_id: str) -> str | None:
        """Give the name of the feed that has brought an article."""
        return await self._with(lambda store: store.listings.source(article_id))

    async def known_tags(self) -> list[str]:
        """Give all tags."""
        return await self._with(lambda store: [tag.name for tag in store.tags.all()])

    async def have_tags(self, article_id: str, tags: Iterable[str]) -> None:
        """Have an article have these tags, and no others. Raises ``NotATag``, too."""
        wanted = tuple(tags)
        await self._with(lambda store: store.tags.have(article_id, wanted))

    async def forget_tag(self, tag: str) -> None:
        """Take a tag off all articles."""
        await self._with(lambda store: store.tags.forget(tag))

    async def tags(self, article_id: str) -> tuple[str, ...]:
        """Give the tags of an article."""
        tags = await self._with(lambda store: store.tags.of([article_id]))
        return tags.get(article_id, ())

    async def highlights(self, article_ids: Iterable[str]) -> dict[str, tuple[Paragraph, ...]]:
        """Give the highlighted paragraphs of those of some articles that have any."""
        wanted = tuple(article_ids)
        return await self._with(lambda store: store.highlights.of(wanted))

    async def highlighted(self, article_id: str) -> list[int]:
        """Give the numbers of the highlighted paragraphs of an article."""
        return [one.number for one in (await self.highlights([article_id])).get(article_id, ())]

    async def highlight(self, article_id: str, paragraph: int, *, on: bool) -> bool:
        """Highlight a paragraph, or no more; tell whether that has changed something."""
        if on:
            return bool(await self._with(lambda store: store.highlights.put_on(article_id, [paragraph])))
        return bool(await self._with(lambda store: store.highlights.take_off(article_id, [paragraph])))

    async def paragraph(self, article_id: str) -> int:
        """Give the paragraph that the reader has got to in an article."""
        return await self._with(lambda store: store.states.paragraph(article_id))

    async def reached(self, article_id: str, paragraph: int) -> None:
        """Keep how far the reader has got in an article."""
        await self._with(lambda store: store.states.reached(article_id, paragraph))

    async def unsubscribe(self, number: int, *, with_articles: bool) -> int:
        """Remove a feed; give how many of its articles went with it."""
        gone = await self._with(lambda store: store.feeds.remove(number, with_articles=with_articles))
        if with_articles:
            self._kept.clear()  # what is open may be gone, and is kept anew before it is asked about
        return gone

    async def other_articles(self, entity: Entity, article_id: str) -> list[ArticleSummary]:
        """List the articles that an entity of an article is in besides, newest first."""
        return await self._with(lambda store: store.other_articles(entity, article_id, OTHERS_LISTED))

    async def last_brief(self) -> Brief | None:
        """Give the last brief that was made, as far as it is done."""
        return await self._with(lambda store: next(iter(store.briefs.all()), None))

    async def feeds(self) -> list[FeedSummary]:
        """Give the feeds."""
        return await self._with(lambda store: store.feeds.feeds())

    async def digests(self, number: int) -> dict[str, str]:
        """Give, for each entry of a feed that was kept, the digest of what it said."""
        return await self._with(lambda store: store.feeds.digests(number))

    async def articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Give those of some articles that were kept, by their id."""
        wanted = tuple(article_ids)
        found = await self._with(lambda store: [store.article(article_id) for article_id in wanted])
        return {article.id: article for article in found if article is not None}

    async def answers(self, article_id: str | None) -> list[tuple[Question, Answer]]:
        """Give what was asked before about an article, or about the library where None, oldest first."""
        kept = await self._with(lambda store: store.answers(article_id))
        return [(one.question, one.answer) for one in kept]

    async def keep_answer(self, question: Question, answer: Answer) -> None:
        """Keep an answer with its article, or with the library."""
        await self._with(lambda store: store.keep_answer(question, answer))

    async def close(self) -> None:
        """Close the database, after what is under way."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    async def _with(self, work: Callable[["Store"], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def _run(self, work: Callable[["Store"], T]) -> T:
        from library.database import NotWritable  # late: SQLite is not needed for the first frame
        from library.store import Store, StoreUnusable

        try:
            if self._store is None:
                self._store = Store.open(self._path)
            return work(self._store)
        except NotWritable as error:
            raise ShelfReadOnly(str(error)) from error
        except StoreUnusable as error:
            raise ShelfUnusable(str(error)) from error

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _overview(store: "Store") -> Overview:
    return store.listings.overview().model_copy(update={"searches": tuple(store.searches.all())})
