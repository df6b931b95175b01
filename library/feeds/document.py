"""What the parsers of the feed formats have in common: what they find in a feed."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urljoin

from library.cleaning import one_line
from library.page import visible_blocks, visible_page
from library.parsed import shortened
from library.plain_text import is_url

DATE_LENGTH: Final = len("2022-01-22")
"""What of a date of ISO 8601 is read: the time of day may follow."""


LONGEST_KEY: Final = 500
"""Characters by which an entry is known again; an identifier is an address, or shorter."""


class NotAFeed(Exception):
    """The text is no feed. The message says what it seems to be, in plain words."""


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. ``key`` tells it from the others of its feed, and knows it again the next time.

    ``content`` is what the feed holds of the text, as HTML where ``markup`` is set.
    """

    key: str
    title: str
    url: str | None
    published: date | None
    content: str
    markup: bool

    @property
    def digest(self) -> str:
        """Tells whether the feed says something new about the entry; some set the date anew every day."""
        return digest_of(self.title, self.url or "", self.content)


@dataclass(frozen=True)
class FeedDocument:
    """A feed as it was read: what it calls itself, the page it belongs to, and its entries as they stand in it."""

    title: str
    home: str | None
    entries: tuple[Entry, ...]


def digest_of(*parts: str) -> str:
    """Shorten texts to a line that differs where any of them does."""
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]


def visible_line(text: str, *, markup: bool) -> str:
    """Give a title as a line, without the tags that it may hold."""
    if markup and ("<" in text or "&" in text):
        text = " ".join(block.text for block in visible_blocks(visible_page(text).body))
    return shortened(one_line(text))


def web_link(link: object, base: str) -> str | None:
    """Give the address that a link leads to from ``base``, if it is the address of a web page."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        address = one_line(urljoin(base, link.strip())).replace(" ", "%20")
    except ValueError:
        return None
    return address if is_url(address) else None


def iso_date(text: object) -> date | None:
    """Read the day of a date as JSON Feed and Atom write it."""
    try:
        return datetime.strptime(str(text)[:DATE_LENGTH], "%Y-%m-%d").date()
    except ValueError:
        return None


def telling_keys(candidates: Sequence[tuple[str, ...]]) -> list[str]:
    """Choose a key for each entry: the first of its candidates that no other entry has, or all of them together.

    Some feeds give all their entries the same identifier, or the same link.
    """
    cleaned = [tuple(map(_as_key, keys)) for keys in candidates]
    counts = [Counter(column) for column in zip(*cleaned, strict=True)]
    return [
        next((key for key, count in zip(keys, counts, strict=True) if key and count[key] == 1), digest_of(*keys))
        for keys in cleaned
    ]


def _as_key(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST_KEY else digest_of(line)
