"""Finds out what is at an address that the user gives: a feed to subscribe to, or a page to keep."""

import asyncio
from typing import NamedTuple

from library.cleaning import display_name
from library.decoding import NotText, decode
from library.feeds.articles import plain_address
from library.feeds.discovery import Offer, offered_feeds
from library.feeds.document import FeedDocument, NotAFeed
from library.feeds.parse import parse_feed
from library.fetching.fetcher import Fetched, Fetcher
from library.fetching.robots import Robots
from library.format import Format, format_of
from library.reader import article_from
from models.article import Article


class FoundFeed(NamedTuple):
    """There is a feed at the address."""

    url: str
    fetched: Fetched
    document: FeedDocument


class FoundPage(NamedTuple):
    """There is something to read at the address, and perhaps feeds that it offers."""

    article: Article
    offers: list[Offer]


async def look_at(fetcher: Fetcher, address: str, *, private: bool) -> FoundFeed | FoundPage:
    """Fetch what is at an address. Raises ``FetchFailed`` or ``UnreadableArticle``.

    A page is taken only if its site allows that; but whether it is one is known when it is there.
    """
    consent = address if private else None
    fetched = await fetcher.fetch(address, consent=consent)
    data = fetched.data or b""
    try:
        document = await asyncio.to_thread(parse_feed, data, fetched.url, fetched.charset)
        return FoundFeed(fetched.moved_to or address, fetched, document)
    except NotAFeed:
        await Robots(fetcher).check(fetched.url, consent=consent)
    url = plain_address(fetched.url)
    name = display_name(url)
    article = await asyncio.to_thread(article_from, data, name=name, origin=url, charset=fetched.charset, url=url)
    return FoundPage(article, _offers(fetched))


def _offers(fetched: Fetched) -> list[Offer]:
    try:
        text = decode(fetched.data or b"", fetched.charset).text
    except NotText:
        return []
    return offered_feeds(text, fetched.url) if format_of(text, "") is Format.HTML else []
