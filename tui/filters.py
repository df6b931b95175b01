"""The filters of a question to the library or of a search, as the reader has written them in it."""

from collections.abc import Sequence
from typing import Final

from models.feed import FeedSummary
from models.filters import Filters, NoDay, read_filters
from tui.errors import BadInput
from tui.feeds import chosen_feeds

EXPLAINED: Final = {
    "feed:Gazette": 'Of a feed or a folder; feed:"Island Courier" where there is a space',
    "name:Nowak": "Naming a person, an organisation or a place",
    "tag:harbour": "With a tag of yours",
    "from: to:": "From a day on, up to a day: from:2024-03-01 to:2024-03-07",
    "last:7": "Of the last seven days",
    "is:unread": "Not read; is:starred, is:later and is:highlighted find what you have marked so",
    "-word begin*": 'In a search: without a word; what begins so. "Words together" stand in quotation marks',
    "headline:word": "In a search: in the headline; text:word in the text",
}
"""What can be written into the line of a search or of a question to the library, besides words."""


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
