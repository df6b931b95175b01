"""Reads RSS and Atom, in all their versions, as far as it can where they are broken."""

import io
from datetime import date
from typing import Any, Final

import feedparser
import feedparser.api

from library.feeds.document import Entry, FeedDocument, NotAFeed, telling_keys, visible_line, web_link

_PLAIN: Final = "text/plain"


def _leave_authors(_: Any, key: str = "author") -> None:
    """Look for no e-mail address in the name of an author: a long name would keep that busy for hours."""


# It can't be told not to. We read no authors.
feedparser.api.StrictFeedParser._sync_author_detail = _leave_authors
feedparser.api.LooseFeedParser._sync_author_detail = _leave_authors


def parse_xml_feed(text: str, url: str) -> FeedDocument:
    """Read the RSS or Atom feed that was found at ``url``. Raises ``NotAFeed``."""
    found = _parse(text, url)
    if not found.version and not found.entries:
        raise NotAFeed("it is neither RSS, Atom nor JSON Feed")
    contents = [_content(entry) for entry in found.entries]
    titles = [_title(entry) for entry in found.entries]
    links = [web_link(entry.get("link"), url) for entry in found.entries]
    keys = telling_keys(
        [
            (str(entry.get("id") or ""), link or "", title, content)
            for entry, link, title, (content, _) in zip(found.entries, links, titles, contents, strict=True)
        ]
    )
    return FeedDocument(
        title=_title(found.feed),
        home=web_link(found.feed.get("link"), url),
        entries=tuple(
            Entry(key=key, title=title, url=link, published=_published(entry), content=content, markup=markup)
            for key, title, link, entry, (content, markup) in zip(
                keys, titles, links, found.entries, contents, strict=True
            )
        ),
    )


def _parse(text: str, url: str) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(text.encode()),  # a plain string could be taken for the name of a file
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            resolve_relative_uris=False,
            sanitize_html=False,  # what a page would hide is left out when its text is taken
        )
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        # On what was made to break it, it fails in whatever way its code runs into.
        raise NotAFeed("it is too broken to be read") from error


def _title(element: Any) -> str:
    detail = element.get("title_detail") or {}
    return visible_line(str(element.get("title") or ""), markup=detail.get("type") != _PLAIN)


def _content(entry: Any) -> tuple[str, bool]:
    """Give the fullest text of an entry, and whether it is HTML: feeds hold a summary, the content, or both."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    fullest = max(parts, key=lambda part: len(part.get("value") or ""))
    return fullest.get("value") or "", fullest.get("type") != _PLAIN


def _published(entry: Any) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return date(*moment[:3]) if moment else None
    except ValueError:
        return None
