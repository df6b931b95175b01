"""The brief: what the articles of some days are about, grouped by event."""

from datetime import date, datetime

from models.answer import Answer
from models.base import Frozen


class Story(Frozen):
    """The reports of one event, the most central first. No earlier brief had ``new`` of them.

    ``answer`` says what happened, cited: how the first report begins, word for word, until it is ``summed_up`` in a
    sentence or two.
    """

    headline: str
    article_ids: tuple[str, ...]
    new: int
    answer: Answer
    summed_up: bool = False


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
