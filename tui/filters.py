"""The filters of a question to the library or of a search, as the reader has written them in it."""

from collections.abc import Sequence

from models.feed import FeedSummary
from models.filters import Filters, NoDay, read_filters
from tui.errors import BadInput
from tui.feeds import chosen_feeds


def chosen_filters(text: str, listed: Sequence[FeedSummary]) -> Filters:
    """Give the filters in a question; ``listed`` are the feeds that there are.

    Raises ``BadInput`` that names the feed that there is not, or the day that is none.
    """
    words, filters = words_and_filters(text, listed)
    if not words:
        raise BadInput("What is the question? There are only filters.")
    return filters


def words_and_filters(text: str, listed: Sequence[FeedSummary]) -> tuple[str, Filters]:
    """Give what a line asks for, and the filters in it. Raises ``BadInput``."""
    try:
        words, wanted = read_filters(text)
    except NoDay as error:
        raise BadInput(str(error)) from error
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise BadInput(f"No day is from {wanted.since} on and not after {wanted.until}.")
    feeds = chosen_feeds(listed, wanted.feeds) if wanted.feeds else []
    return words, Filters(wanted.since, wanted.until, tuple(feed.number for feed in feeds), wanted.names, wanted.tags)
