"""Turns entries of feeds into articles."""

from dataclasses import replace
from typing import Final
from urllib.parse import unquote_plus, urlsplit

from library.arranging import arranged
from library.cleaning import clean_text, display_name, one_line
from library.feeds.document import Entry
from library.html import parse_html
from library.page import visible_blocks, visible_page
from library.parsed import Block, Parsed
from library.reader import PARAGRAPH_LIMIT
from models.article import Article
from models.feed import Feed

_TRACKING: Final = (
    "utm_",
    "at_medium",
    "at_campaign",
    "mtm_",
    "pk_",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
)
"""How those parameters of addresses begin that tell the site where a reader came from, and nothing else."""


def entry_article(entry: Entry, feed: Feed) -> Article | None:
    """Give an entry as an article, from what the feed itself holds; None where it holds nothing to read."""
    if entry.markup:
        blocks = list(visible_blocks(visible_page(clean_text(entry.content)).body))
    else:
        blocks = [Block(line) for line in map(one_line, clean_text(entry.content).split("\n")) if line]
    return _article(entry, feed, arranged(blocks, entry.title))


def fuller(one: Article | None, other: Article | None) -> Article | None:
    """Choose the article with more text, or ``one``."""
    if one is None or other is None:
        return one or other
    return one if _length(one) >= _length(other) else other


def page_article(entry: Entry, feed: Feed, page: str) -> Article | None:
    """Give an entry as an article, from the page that it links to; None where there is no text in that."""
    parsed = parse_html(page)
    if not parsed.paragraphs:
        return None
    return _article(entry, feed, replace(parsed, headline=entry.title or parsed.headline))


def summary_article(entry: Entry, feed: Feed, reason: str) -> Article | None:
    """Give an entry from what the feed holds, with the reason why that is all."""
    article = entry_article(entry, feed)
    if article is None:
        return None
    return article.model_copy(update={"notices": (*article.notices, reason)})


def plain_address(url: str) -> str:
    """Leave out of an address what only tracks the reader, so that a story has one address wherever it is linked."""
    parts = urlsplit(url)
    pieces = parts.query.split("&")  # as they are written: some servers know no other spelling
    kept = [piece for piece in pieces if not unquote_plus(piece).lower().startswith(_TRACKING)]
    return url if len(kept) == len(pieces) else parts._replace(query="&".join(kept)).geturl()


def _length(article: Article) -> int:
    return sum(len(paragraph.text) for paragraph in article.paragraphs)


def _article(entry: Entry, feed: Feed, parsed: Parsed) -> Article | None:
    if not parsed.headline:
        return None
    return Article.build(
        parsed.headline,
        parsed.paragraphs[:PARAGRAPH_LIMIT] or [parsed.headline],
        published=entry.published or parsed.published,
        url=plain_address(entry.url) if entry.url else None,
        origin=display_name(feed.url, limit=4096),
        byline=parsed.byline,
        headings=tuple(one for one in parsed.headings if one.before <= PARAGRAPH_LIMIT)[:PARAGRAPH_LIMIT],
    )
