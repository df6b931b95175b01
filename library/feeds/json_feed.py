"""Reads JSON Feed 1.0 and 1.1."""

import json
from typing import Any, Final

from library.feeds.document import Entry, FeedDocument, NotAFeed, iso_date, telling_keys, visible_line, web_link

VERSION: Final = "https://jsonfeed.org/version/"
"""How the version that a JSON Feed names begins."""


def parse_json_feed(text: str, url: str) -> FeedDocument:
    """Read the JSON Feed that was found at ``url``. Raises ``NotAFeed``."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed("it is JSON that is broken") from error
    if not isinstance(feed, dict) or not str(feed.get("version")).startswith(VERSION):
        raise NotAFeed("it is JSON, but no JSON Feed")
    listed = feed.get("items")
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    links = [web_link(item.get("url"), url) or web_link(item.get("external_url"), url) for item in items]
    contents = [_content(item) for item in items]
    keys = telling_keys(
        [
            (str(item.get("id") or ""), link or "", _text(item, "title"), content)
            for item, link, (content, _) in zip(items, links, contents, strict=True)
        ]
    )
    return FeedDocument(
        title=visible_line(_text(feed, "title"), markup=False),
        home=web_link(feed.get("home_page_url"), url),
        entries=tuple(
            Entry(
                key=key,
                title=visible_line(_text(item, "title"), markup=False),
                url=link,
                published=iso_date(item.get("date_published") or item.get("date_modified")),
                content=content,
                markup=markup,
            )
            for key, link, item, (content, markup) in zip(keys, links, items, contents, strict=True)
        ),
    )


def _content(item: dict[str, Any]) -> tuple[str, bool]:
    if content := _text(item, "content_html"):
        return content, True
    return _text(item, "content_text") or _text(item, "summary"), False


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
