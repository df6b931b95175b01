"""Keeps the briefs, and finds the articles that the next one is about."""

import json
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from library.database import Database, if_it_can_be_kept
from library.fetching.hosts import site_of
from models.brief import Brief

KEPT: Final = 30
"""Briefs that are kept, the last: what is in none of them is new."""

MOST_ARTICLES: Final = 300
"""Articles of a brief, the newest: a day's worth of many feeds. To compare more with one another takes long."""

DAYS_BEFORE: Final = 1
"""Days before the newest day that a brief goes back to, where nobody says from when on: news comes in overnight."""

DAYS_REPEATED: Final = 3
"""Days of which articles of a site must be that have the same paragraph, for it to be none of their news."""

FIRST_PARAGRAPHS: Final = 20
"""Paragraphs of an article that are compared: a brief reads no further."""

RECENT_PARAGRAPHS: Final = 200_000
"""Paragraphs, the last that were kept, with which they are compared: a second's work."""

_DAY: Final = "CASE WHEN published <= date(added_at, '+1 day') THEN published ELSE substr(added_at, 1, 10) END"
"""A feed may date an article in the future, which would then be the only news. It may be tomorrow already elsewhere."""
_NEWEST: Final = f"SELECT max({_DAY}) FROM articles WHERE replaced_by IS NULL"  # noqa: S608 -- of constants
_OF_DAYS: Final = (
    f"SELECT id FROM articles WHERE replaced_by IS NULL AND {_DAY} BETWEEN ? AND ? "  # noqa: S608 -- of constants
    "AND EXISTS (SELECT 1 FROM paragraphs WHERE article_id = id) "
    f"ORDER BY {_DAY} DESC, added_at DESC, id LIMIT ?"
)

_REPEATED: Final = f"""
SELECT DISTINCT text, {_DAY}, url, origin FROM paragraphs JOIN articles ON id = article_id
WHERE paragraphs.rowid > (SELECT max(rowid) FROM paragraphs) - ?3 AND replaced_by IS NULL AND text IN (
    SELECT text FROM paragraphs WHERE article_id IN (SELECT value FROM json_each(?1)) AND number <= ?2
)
"""  # noqa: S608 -- of constants


class News(NamedTuple):
    """The articles of some days, newest first.

    One without a date, or with one that is still to come, counts as of the day on which it was added.
    """

    since: date
    until: date
    article_ids: tuple[str, ...]


class Briefs:
    """The briefs of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def news(self, since: date | None) -> News | None:
        """Give the articles from a day on, or else of the newest days; None where there are none."""
        with self._database.reading() as connection:
            newest: str | None = connection.execute(_NEWEST).get
            if newest is None:
                return None
            until = date.fromisoformat(newest)
            first = since or until - timedelta(days=DAYS_BEFORE)
            rows: list[Any] = connection.execute(
                _OF_DAYS, (first.isoformat(), until.isoformat(), MOST_ARTICLES)
            ).fetchall()
        return News(first, until, tuple(str(article_id) for (article_id,) in rows)) if rows else None

    def furniture(self, article_ids: Collection[str]) -> frozenset[str]:
        """Give the paragraphs of some articles that one site has on different days: what it says of itself.

        An agency's report is printed by many sites, and each may date it otherwise. Versions of a report count as one.
        """
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                _REPEATED, (json.dumps(list(article_ids)), FIRST_PARAGRAPHS, RECENT_PARAGRAPHS)
            ).fetchall()
        days: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for text, day, url, origin in rows:
            days[text, site_of(url or "") or site_of(origin)].add(day)
        return frozenset(text for (text, _), of_site in days.items() if len(of_site) >= DAYS_REPEATED)

    @if_it_can_be_kept
    def keep(self, brief: Brief) -> None:
        """Keep a brief, in place of what was kept of it before."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO briefs (made_at, brief) VALUES (?, ?)",
                (brief.made_at.isoformat(), brief.model_dump_json()),
            )
            connection.execute(
                "DELETE FROM briefs WHERE made_at NOT IN (SELECT made_at FROM briefs ORDER BY made_at DESC LIMIT ?)",
                (KEPT,),
            )

    def all(self) -> list[Brief]:
        """Give the briefs that are kept, the last first, but for those that another version wrote in its own way."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute("SELECT brief FROM briefs ORDER BY made_at DESC").fetchall()
        briefs = []
        for (kept,) in rows:
            with suppress(ValidationError):
                briefs.append(Brief.model_validate_json(kept))
        return briefs
