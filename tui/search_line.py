"""Reads a search or a question to the library as it is typed into one line: words, and filters besides them."""

from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final, NamedTuple

from models.feed import FeedSummary
from models.filters import Filters, NoDay, read_filters
from tui.errors import BadInput
from tui.feeds import chosen_feeds

_STATES: Final = ("unread", "starred", "later", "highlighted")
"""What an article can be, by the names of the filters."""

MOST_DAYS: Final = 36_500


class SearchLine(NamedTuple):
    """What to look for, and where."""

    query: str
    filters: Filters


def read_search_line(text: str, feeds: Sequence[FeedSummary], today: date) -> SearchLine:
    """Read a line. ``last:7`` are the last seven days, today among them. Raises ``BadInput`` that says what is wrong.

    The other filters are those of ``models.filters``; of days, the narrowest count.
    """
    try:
        words, wanted = read_filters(text)
    except NoDay as error:
        raise BadInput(str(error)) from error
    if unknown := [state for state in wanted.states if state.lower() not in _STATES]:
        raise BadInput(_not_a_state(unknown[0]))
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise BadInput(f"No day is from {wanted.since} on and not after {wanted.until}.")
    chosen = chosen_feeds(feeds, wanted.feeds) if wanted.feeds else []
    states = {state.lower() for state in wanted.states}
    since = [today - timedelta(_days(days) - 1) for days in wanted.last]
    since += [wanted.since] if wanted.since else []
    filters = Filters(
        since=max(since, default=None),
        until=wanted.until,
        feeds=tuple(feed.number for feed in chosen),
        names=wanted.names,
        tags=wanted.tags,
        unread="unread" in states,
        starred="starred" in states,
        later="later" in states,
        highlighted="highlighted" in states,
    )
    return SearchLine(words, filters)


def chosen_filters(text: str, feeds: Sequence[FeedSummary]) -> Filters:
    """Give the filters in a question to the library; they are those of a search. Raises ``BadInput``."""
    words, filters = read_search_line(text, feeds, date.today())
    if not words:
        raise BadInput("What is the question? There are only filters.")
    return filters


def _not_a_state(text: str) -> str:
    """Say that an article can't be this, and what it can be."""
    if meant := get_close_matches(text.lower(), _STATES, n=1):
        return f"There is no is:{text}. Did you mean is:{meant[0]}?"
    return f"There is no is:{text}. There are {', '.join(f'is:{state}' for state in _STATES)}."


def _days(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text[: len(str(MOST_DAYS)) + 1]) <= MOST_DAYS):
        raise BadInput(f"last:{text} can't be read: it takes a number of days.")
    return int(text)
