"""Feeds: sources that are asked for new articles again and again."""

import os
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from models.base import Frozen


class Feed(Frozen):
    """A feed that the user has subscribed to, or a folder that is watched.

    ``folder`` names the folders it stands in, from the outermost in. ``etag`` and ``last_modified`` are what its server
    called the state that was last kept whole. ``error`` says why the last attempt failed, ``failures`` how many have
    failed in a row that nobody had asked for; ``retry_at`` is when the server wants to be asked again, not earlier.
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
    tried_at: datetime | None = None
    """When it was last asked, whatever came of it."""
    retry_at: datetime | None = None
    error: str | None = None
    failures: int = 0

    @property
    def name(self) -> str:
        """What to call it."""
        return self.title or self.url

    @property
    def watched(self) -> Path | None:
        """The folder on this machine that it is, if it is one: no feed of the web has such an address."""
        parts = urlsplit(self.url)
        return Path(os.fsdecode(unquote_to_bytes(parts.path))) if parts.scheme == "file" else None


class FeedSummary(Frozen):
    """A feed as a line of a list, with how many of its articles are there and unread. ``number`` stays its own."""

    number: int
    feed: Feed
    articles: int
    unread: int
