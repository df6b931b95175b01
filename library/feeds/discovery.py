"""Finds the feeds that a web page offers."""

from typing import Final, NamedTuple

from library.feeds.document import visible_line, web_link
from library.page import visible_page

OFFERS_LIMIT: Final = 10
"""Feeds that are told of a page: some offer one for each of a thousand topics."""

_TYPES: Final = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))


class Offer(NamedTuple):
    """A feed that a page offers."""

    url: str
    title: str


def offered_feeds(page: str, url: str) -> list[Offer]:
    """List the feeds that the page at ``url`` names in its head."""
    offers = {}
    for link in visible_page(page).xpath("//link[@rel and @type and @href]"):
        if "alternate" in link.get("rel").lower().split() and link.get("type").lower().strip() in _TYPES:
            address = web_link(link.get("href"), url)
            if address and address not in offers:
                offers[address] = Offer(address, visible_line(link.get("title") or "", markup=False))
    return list(offers.values())[:OFFERS_LIMIT]
