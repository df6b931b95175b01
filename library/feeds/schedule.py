"""Which feeds are to be asked again by themselves, where the user has chosen that."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from models.feed import FeedSummary

TOGETHER: Final = 0.1
"""The part of the time between two syncs by which feeds may come early, so that they are asked together."""


def due(feeds: Sequence[FeedSummary], every: timedelta, now: datetime) -> list[FeedSummary]:
    """Give the feeds that were not asked for some time, whoever asked; none as long as none has waited all of it.

    One that its server wants to be left alone is passed over, and so are watched folders.
    """
    asked = [one for one in feeds if one.feed.watched is None and not (one.feed.retry_at and one.feed.retry_at > now)]
    if not any(_waited(one, now) >= every for one in asked):
        return []
    return [one for one in asked if _waited(one, now) >= every * (1 - TOGETHER)]


def _waited(one: FeedSummary, now: datetime) -> timedelta:
    """Tell how long a feed has not been asked: for ever, if the clock was put back since."""
    tried = one.feed.tried_at
    return timedelta.max if tried is None or tried > now else now - tried
