"""Reads a search or a question to the library as it is typed into one line: words, and filters besides them."""

from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final, NamedTuple

from models.feed import FeedSummary
from models.filters import STATED, Filters
from tui.errors import BadInput
from tui.filters import words_and_filters

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
    given: dict[str, list[str]] = {"last": [], "is": []}
    for key, quoted, bare in STATED.findall(text):
        given[key.lower()].append(quoted or bare)
    if unknown := [state for state in given["is"] if state.lower() not in _STATES]:
        raise BadInput(_not_a_state(unknown[0]))
    states = {state.lower() for state in given["is"]}
    words, filters = words_and_filters(STATED.sub(" ", text), feeds)
    since = [today - timedelta(_days(days) - 1) for days in given["last"]]
    since += [filters.since] if filters.since else []
    narrowed = filters._replace(
        since=max(since, default=None),
        unread="unread" in states,
        starred="starred" in states,
        later="later" in states,
        highlighted="highlighted" in states,
    )
    return SearchLine(words, narrowed)


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
