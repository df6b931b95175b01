"""Feeds: sources that are asked for new articles again and again."""

from datetime import datetime

from models.base import Frozen


class Feed(Frozen):
    """A feed that the user has subscribed to.

    ``folder`` names the folders it stands in, from the outermost in. ``etag`` and ``last_modified`` are what its server
    called the state that was last kept whole. ``error`` says why the last attempt failed; ``retry_at`` is when the
    server wants to be asked again, not earlier.
    """

    url: str
    title: str = ""
    home: str | None = None
    folder: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    full_text: bool = False
    """Whether the page of each entry is fetched, for a feed that gives only summaries."""
    private: bool = False
    """Whether the user has consented to its address being on this machine or in its network."""
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime | None = None
    retry_at: datetime | None = None
    error: str | None = None

    @property
    def name(self) -> str:
        """What to call it."""
        return self.title or self.url


class FeedSummary(Frozen):
    """A feed as a line of a list, with how many of its articles are there and unread. ``number`` stays its own."""

    number: int
    feed: Feed
    articles: int
    unread: int
