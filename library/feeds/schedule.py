"""Which feeds are to be asked again by themselves, where the user has chosen that."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from models.feed import Feed, FeedSummary

TOGETHER: Final = 0.1
"""The part of the time between two syncs by which feeds may come early, so that they are asked together."""

LONGEST: Final = timedelta(days=1)
"""How long one is left alone that fails again and again: it may be back tomorrow."""

MOST_DOUBLINGS: Final = 20
"""From a minute to more than ``LONGEST``: what is doubled more often is the same, and no number gets too large."""


def due(feeds: Sequence[FeedSummary], every: timedelta, now: datetime) -> list[FeedSummary]:
    """Give the feeds that were not asked for some time, whoever asked; none as long as none has waited all of it.

    One that has failed waits twice as long, and twice that with each failure in a row. One that its server wants to be
    left alone is passed over, and so are watched folders.
    """
    asked = [one for one in feeds if one.feed.watched is None and not (one.feed.retry_at and one.feed.retry_at > now)]
    if not any(_waited(one.feed, now) >= _patience(one.feed, every) for one in asked):
        return []
    return [one for one in asked if _waited(one.feed, now) >= _patience(one.feed, every) * (1 - TOGETHER)]


def next_try(feed: Feed, every: timedelta) -> datetime | None:
    """Tell when a feed is asked again by itself; None for one that was not asked yet, and for a watched folder."""
    if feed.tried_at is None or feed.watched is not None:
        return None
    by_itself = feed.tried_at + _patience(feed, every)
    return max(by_itself, feed.retry_at) if feed.retry_at else by_itself


def _patience(feed: Feed, every: timedelta) -> timedelta:
    """Tell how long a feed is left alone."""
    return max(every, min(every * (1 << min(feed.failures, MOST_DOUBLINGS)), LONGEST))


def _waited(feed: Feed, now: datetime) -> timedelta:
    """Tell how long a feed has not been asked: for ever, if the clock was put back since."""
    return timedelta.max if feed.tried_at is None or feed.tried_at > now else now - feed.tried_at
