"""Filters: which articles of the library a search or a question is about, and how one writes that in a line."""

import re
from datetime import date
from typing import Final, NamedTuple


class Filters(NamedTuple):
    """Which articles to look at: those of some days and feeds, that name all of some people or places.

    They have all of some ``tags``. ``unread`` are those that are not read, ``starred`` and ``later`` those that
    are starred or put by, ``highlighted`` are those with paragraphs that the reader has marked.
    """

    since: date | None = None
    until: date | None = None
    feeds: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unread: bool = False
    starred: bool = False
    later: bool = False
    highlighted: bool = False


NO_FILTERS: Final = Filters()


class Wanted(NamedTuple):
    """Filters as a reader writes them: feeds are called by whatever tells them apart."""

    since: date | None = None
    until: date | None = None
    feeds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    """Numbers of days, the last of which is today."""
    states: tuple[str, ...] = ()
    """What the reader has made of articles: ``unread``, say."""

    def __str__(self) -> str:
        days = [f"{key}:{day}" for key, day in (("from", self.since), ("to", self.until)) if day]
        named = (
            ("feed", self.feeds),
            ("name", self.names),
            ("tag", self.tags),
            ("last", self.last),
            ("is", self.states),
        )
        return " ".join([*days, *(f"{key}:{_quoted(value)}" for key, values in named for value in values)])


NOTHING_WANTED: Final = Wanted()

_KEYS: Final = ("from", "to", "feed", "name", "tag", "last", "is")
_FILTER: Final = re.compile(rf'(?<!\S)({"|".join(_KEYS)}):(?:"((?:[^"]|"")*)"|([^\s"]+))(?!\S)', re.IGNORECASE)


class NoDay(ValueError):
    """What should be a day is none. The message says how to write one."""


def read_filters(text: str) -> tuple[str, Wanted]:
    """Take filters out of a line; give the rest, and them.

    They are ``feed:Gazette name:"Irena Nowak" tag:harbour from:2024-03-01 to:2024-03-07 last:7 is:unread``.

    A quotation mark between such marks is written twice. Of several days, the last counts. Raises ``NoDay``.
    """
    given: dict[str, list[str]] = {key: [] for key in _KEYS}
    for key, phrase, word in _FILTER.findall(text):
        given[key.casefold()].append((phrase.replace('""', '"') or word).strip())
    since, until = (_day(given[key][-1]) if given[key] else None for key in ("from", "to"))
    named = (tuple(filter(None, given[key])) for key in ("feed", "name", "tag", "last", "is"))
    wanted = Wanted(since, until, *named)
    return " ".join(_FILTER.sub("", text).split()), wanted


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NoDay(f"{text} is no day. Write it like this: from:2024-03-01 to:2024-03-07") from error


def _quoted(text: str) -> str:
    plain = text and not re.search(r'[\s"]', text)
    return text if plain else '"' + text.replace('"', '""') + '"'
