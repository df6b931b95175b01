"""What is the matter with a feed, in words, and when it is asked again."""

from datetime import UTC, datetime, timedelta

from library.feeds.schedule import next_try
from models.feed import Feed


def trouble(feed: Feed, minutes: int) -> str | None:
    """Say why a feed could not be had the last time; None where it could.

    ``minutes`` is after how many of them feeds are asked again by themselves, 0 where they are not: when this one is,
    is said in its turn, unless the reason does so.
    """
    if feed.error is None:
        return None
    now = datetime.now(UTC)
    again = next_try(feed, timedelta(minutes=minutes)) if minutes else None
    told = feed.retry_at is not None and feed.retry_at > now
    if again is None or again <= now or told:
        return feed.error
    often = f", as it has failed {feed.failures} times" if feed.failures > 1 else ""
    return f"{feed.error.rstrip('.')}; it is tried again at {again.astimezone():%H:%M on %-d %B}{often}"
