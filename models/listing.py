"""Lists of the library: which articles stand in one, in which order, and what a line of it shows."""

from datetime import date
from enum import StrEnum

from models.base import Frozen
from models.feed import FeedSummary


class Order(StrEnum):
    """How a list of articles is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    FEED = "feed"
    """By the name of the feed, the newest of each first."""


class Mark(StrEnum):
    """What a reader can mark an article as."""

    READ = "read"
    STARRED = "starred"
    """To be found again."""
    LATER = "later"
    """Put by to be read another time."""


class Scope(Frozen):
    """Which articles to list: those for which all of it holds.

    ``feeds`` are the numbers of feeds, None means wherever an article is from. ``by_hand`` are files, pages and
    whatever else did not come by a feed; ``starred`` and ``later`` are articles that the reader has starred or put by,
    ``highlighted`` those with paragraphs that they have marked; ``tag`` is one that they have.
    """

    feeds: tuple[int, ...] | None = None
    by_hand: bool = False
    unread: bool = False
    starred: bool = False
    later: bool = False
    highlighted: bool = False
    tag: str | None = None


class Headline(Frozen):
    """An article as a line of a list: ``source`` is the name of its feed, or where it was read from.

    ``also_in`` are the names of other feeds that have brought it, or a copy of it.
    """

    id: str
    headline: str
    published: date | None
    source: str
    read: bool
    starred: bool = False
    later: bool = False
    tags: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()


class TagSummary(Frozen):
    """A tag, with how many articles have it, and how many of those are unread."""

    name: str
    articles: int
    unread: int


class SavedSearch(Frozen):
    """A search that stands in the tree: ``line`` is what was typed."""

    name: str
    line: str


class Overview(Frozen):
    """The library at a glance: its feeds, and how many articles are there and unread.

    An article that several feeds have counts once in ``unread`` and in each folder of ``folders``.
    """

    feeds: tuple[FeedSummary, ...]
    articles: int
    unread: int
    by_hand: int
    by_hand_unread: int
    starred: int
    later: int
    highlighted: int
    searches: tuple[SavedSearch, ...] = ()
    tags: tuple[TagSummary, ...] = ()
    folders: dict[tuple[str, ...], int]
    """Unread articles of each folder, those of the folders in it included."""
