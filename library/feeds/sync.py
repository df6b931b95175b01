"""Fetches feeds, many at once, and keeps what is new in them."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from library.cleaning import one_line
from library.decoding import NotText, decode
from library.feed_store import FeedStore, UnknownFeed
from library.feeds.articles import entry_article, fuller, page_article, summary_article
from library.feeds.document import Entry, FeedDocument, NotAFeed
from library.feeds.parse import parse_feed
from library.feeds.watched import FOLDER_UNREADABLE, take_in
from library.fetching.failures import FetchFailed
from library.fetching.fetcher import Fetched, Fetcher
from library.fetching.politeness import asks_to_wait
from library.fetching.robots import Robots
from library.parsed import shortened
from library.same_story import Arrival
from models.article import Article
from models.feed import Feed, FeedSummary

AT_ONCE: Final = 16
"""Feeds that are fetched at the same time, each host one thing at a time nevertheless."""

PAGES_A_SYNC: Final = 50
"""Pages that are fetched for one feed at the most, the newest of those tried least; the next sync goes on."""


class Outcome(NamedTuple):
    """What has come of a feed. ``error`` says why nothing has; ``waiting``, that its server was not even asked.

    ``unreached``: nobody has answered at its address. ``left_out`` are new files of a watched folder that hold no
    article.
    """

    number: int
    feed: Feed
    new: int = 0
    updated: int = 0
    error: str | None = None
    waiting: bool = False
    unreached: bool = False
    left_out: tuple[str, ...] = ()


class Progress(NamedTuple):
    """How far a sync is: feeds that are done, of how many, and the new articles so far."""

    done: int
    total: int
    new: int


class Sync:
    """Fetches feeds and keeps their articles, each in a transaction of its own: it can be ended at any moment.

    What a server said of the state of a feed is kept when all its entries are: until then, the next sync takes the
    feed up again.
    """

    def __init__(self, store: FeedStore, fetcher: Fetcher, on_progress: Callable[[Progress], None]) -> None:
        self._store = store
        self._fetcher = fetcher
        self._robots = Robots(fetcher)
        self._on_progress = on_progress
        self._progress = Progress(0, 0, 0)

    async def run(self, feeds: Sequence[FeedSummary], *, by_itself: bool = False) -> list[Outcome]:
        """Fetch feeds. One that fails stops no other: its error is kept beside it. Raises ``StoreUnusable``.

        ``by_itself``: nobody has asked for it. A failure then counts, so that the feed is asked less often.
        """
        gate = asyncio.Semaphore(AT_ONCE)
        self._progress = Progress(0, len(feeds), 0)
        self._tell()

        async def gated(summary: FeedSummary) -> Outcome:
            async with gate:
                outcome = await self._sync(summary.number, summary.feed)
            self._tell(done=1)
            return outcome

        outcomes = await asyncio.gather(*map(gated, feeds))  # no task group: a library that fails says so as itself
        if by_itself:
            asked = [one for one in outcomes if not one.waiting and one.feed.watched is None]
            self._store.count_failures(_at_fault(asked))
        return outcomes

    async def keep(self, number: int, feed: Feed, fetched: Fetched, document: FeedDocument) -> Outcome:
        """Keep the entries of a feed that was fetched, the oldest first. Raises ``UnknownFeed``.

        Those whose pages are wanted, but not fetched this time, are kept as the feed has them.
        """
        known = self._store.digests(number)
        due = [entry for entry in document.entries if known.get(entry.key) != _settled(entry, feed)]
        wanted = sorted((entry for entry in due if _page_wanted(entry, feed)), key=lambda one: _tries(one, known))
        fetching = {entry.key for entry in wanted[:PAGES_A_SYNC]}
        due.reverse()
        due.sort(key=lambda one: one.key in fetching)  # what needs no fetching is there at once
        arrivals = dict.fromkeys(Arrival, 0)
        whole = len(wanted) <= PAGES_A_SYNC
        with self._store.keeping_many():
            for entry in due:
                tries = _tries(entry, known)
                if entry.key in fetching:
                    found = await self._from_page(entry, feed)
                    digest = _settled(entry, feed) if found.settled else _unsettled(entry, tries + 1)
                    whole = whole and found.settled
                elif not _page_wanted(entry, feed):
                    found, digest = _Found(entry_article(entry, feed)), _settled(entry, feed)
                elif known.get(entry.key) == _unsettled(entry, tries):
                    continue  # it is there as the feed has it
                else:
                    found, digest = _Found(entry_article(entry, feed)), _unsettled(entry, tries)
                arrival = self._store.keep_entry(number, entry.key, digest, found.article, from_page=found.from_page)
                arrivals[arrival] += 1
                self._tell(new=int(arrival is Arrival.NEW))
                await asyncio.sleep(0)  # other feeds have their turn
        self._store.fetched(
            number,
            url=fetched.moved_to or feed.url,
            title=document.title,
            home=document.home,
            etag=fetched.etag if whole else None,
            last_modified=fetched.last_modified if whole else None,
        )
        return Outcome(number, feed, arrivals[Arrival.NEW], arrivals[Arrival.UPDATED])

    async def _sync(self, number: int, feed: Feed) -> Outcome:
        if (folder := feed.watched) is not None:
            return await self._take_in(number, feed, folder)
        if feed.retry_at is not None and feed.retry_at > datetime.now(UTC):
            return Outcome(number, feed, error=asks_to_wait(feed.retry_at), waiting=True)
        retry_at, unreached = None, False
        try:
            fetched = await self._fetcher.fetch(
                feed.url, consent=_consent(feed), etag=feed.etag, last_modified=feed.last_modified
            )
            if fetched.data is None:
                self._store.unchanged(number)
                return Outcome(number, feed)
            document = await asyncio.to_thread(parse_feed, fetched.data, fetched.url, fetched.charset)
            return await self.keep(number, feed, fetched, document)
        except FetchFailed as failure:
            error, retry_at, unreached = str(failure), failure.retry_at, failure.unreached
        except NotAFeed as failure:
            error = f"there is no feed at this address: {failure}"
        except UnknownFeed:
            error = "it has been removed meanwhile"
        except (ValueError, ArithmeticError) as failure:
            # Whatever was made to break what reads it: this feed is broken, and stops no other.
            error = f"it can't be read: {shortened(one_line(str(failure)))}"
        self._store.failed(number, error, retry_at)
        return Outcome(number, feed, error=error, unreached=unreached)

    async def _take_in(self, number: int, feed: Feed, folder: Path) -> Outcome:
        arrivals = dict.fromkeys(Arrival, 0)
        left_out: tuple[str, ...] = ()

        def on_kept(arrival: Arrival) -> None:
            arrivals[arrival] += 1
            self._tell(new=int(arrival is Arrival.NEW))

        try:
            left_out, error = await take_in(self._store, number, folder, on_kept)
            self._store.unchanged(number)
        except OSError as failure:
            error = f"{FOLDER_UNREADABLE}: {failure.strerror}"
        except UnknownFeed:
            error = "it has been removed meanwhile"
        if error:
            self._store.failed(number, error)
        return Outcome(number, feed, arrivals[Arrival.NEW], arrivals[Arrival.UPDATED], error, left_out=left_out)

    async def _from_page(self, entry: Entry, feed: Feed) -> "_Found":
        """Give the article of an entry from the page that it links to, as far as that can be had."""
        try:
            consent = _consent(feed)
            check = partial(self._robots.check, consent=consent)
            fetched = await self._fetcher.fetch(entry.url or "", consent=consent, check=check)
            text = decode(fetched.data or b"", fetched.charset).text
        except FetchFailed as failure:
            reason = f"The full text could not be fetched: {failure}."
            return _Found(summary_article(entry, feed, reason), settled=failure.lasting)
        except NotText as failure:
            return _Found(summary_article(entry, feed, f"The full text could not be read: it is {failure}."))
        page = await asyncio.to_thread(page_article, entry, feed, text)
        article = fuller(page, entry_article(entry, feed))
        return _Found(article, from_page=article is page)

    def _tell(self, *, done: int = 0, new: int = 0) -> None:
        self._progress = Progress(self._progress.done + done, self._progress.total, self._progress.new + new)
        self._on_progress(self._progress)


class _Found(NamedTuple):
    """The article of an entry, and whether that is settled: else its page may be had later."""

    article: Article | None
    settled: bool = True
    from_page: bool = False


def _at_fault(asked: Sequence[Outcome]) -> list[int]:
    """Give the feeds that have failed, but for those that nobody answers for as long as nobody answers at all.

    We may be cut off then: an evening without a network must not cost a day. What is near says nothing of that.
    """
    connected = any(not one.unreached and not one.feed.private for one in asked)
    return [one.number for one in asked if one.error and (connected or not one.unreached)]


def _consent(feed: Feed) -> str | None:
    return feed.url if feed.private else None


def _page_wanted(entry: Entry, feed: Feed) -> bool:
    return feed.full_text and entry.url is not None


# The digest that is kept of an entry tells whether there is something to be done about it: it is new, has changed, or
# its page is wanted, and how often that was tried.


def _settled(entry: Entry, feed: Feed) -> str:
    return f"{entry.digest}+page" if _page_wanted(entry, feed) else entry.digest


def _unsettled(entry: Entry, tries: int) -> str:
    return f"{entry.digest}+{tries}" if tries else entry.digest


def _tries(entry: Entry, known: dict[str, str]) -> int:
    """Tell how often the page of an entry could not be had."""
    digest, _, tries = known.get(entry.key, "").partition("+")
    return int(tries) if digest == entry.digest and tries.isdecimal() else 0
