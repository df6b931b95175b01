"""Reads a feed from the bytes that its server sent, whatever their format and encoding."""

from typing import Final

from library.cleaning import clean_text
from library.decoding import NotText, decode
from library.feeds.document import FeedDocument, NotAFeed
from library.feeds.json_feed import parse_json_feed
from library.feeds.xml_feed import parse_xml_feed
from library.format import Format, format_of

ENTRY_LIMIT: Final = 10_000
"""Entries of a feed that are taken, from its beginning, where the newest stand; most feeds hold 10 to 100."""


def parse_feed(data: bytes, url: str, charset: str | None = None) -> FeedDocument:
    """Read the feed that was found at ``url``. Raises ``NotAFeed``.

    What it is, is told by how it begins: the content type that servers give to feeds is wrong as often as not.
    ``charset`` is what the server says of the encoding.
    """
    try:
        text = clean_text(decode(data, charset).text).strip()
    except NotText as error:
        raise NotAFeed(f"it is {error}") from error
    if not text:
        raise NotAFeed("it is empty")
    if text.startswith("{"):
        document = parse_json_feed(text, url)
    elif format_of(text, "") is Format.HTML:
        raise NotAFeed("it is a web page")
    else:
        document = parse_xml_feed(text, url)
    return FeedDocument(document.title, document.home, document.entries[:ENTRY_LIMIT])
