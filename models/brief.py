"""The brief: what the articles of some days are about, grouped by event."""

from datetime import date, datetime

from models.answer import Answer
from models.base import Frozen


class Story(Frozen):
    """The reports of one event, the most central first. No earlier brief had ``new`` of them.

    ``answer`` sums them up in a sentence or two, cited; None where that is still to come, or is left out.
    """

    headline: str
    article_ids: tuple[str, ...]
    new: int
    answer: Answer | None = None


class Brief(Frozen):
    """The stories from one day to another, both included, the weightiest first. ``complete``: nothing is to come."""

    since: date
    until: date
    made_at: datetime
    stories: tuple[Story, ...]
    complete: bool = False

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles that it is made of."""
        return frozenset(article_id for story in self.stories for article_id in story.article_ids)
