"""Searches the library for a person: ranked articles, each with the paragraph that matches best."""

import json
from datetime import date
from typing import Any, Final, NamedTuple

import apsw

from library.article_rows import SUMMARIES, article_summary
from library.cleaning import one_line
from library.query import Query, phrase
from models.article import ArticleSummary

_BEGIN: Final = "\x01"
_END: Final = "\x02"
"""What stands around a match in what FTS5 gives: kept texts hold no control characters."""


class Filters(NamedTuple):
    """Which articles to search: those of some days, of some feeds, and that name all of some people or places."""

    since: date | None = None
    until: date | None = None
    feeds: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


NO_FILTERS: Final = Filters()

CANDIDATES: Final = 100
"""Paragraphs, for each article wanted, that are looked at first: the best articles are those of the best paragraphs."""


class SearchHit(NamedTuple):
    """An article that a search has found, and the paragraph of it that matches best.

    ``marks`` are the places of the matches in ``text``, from and to.
    """

    article: ArticleSummary
    paragraph: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()


_HITS: Final = """
WITH hits AS MATERIALIZED ({hits})
SELECT article_id, number, hit, text, min(score) AS best
FROM hits CROSS JOIN paragraphs ON paragraphs.rowid = hit CROSS JOIN articles ON id = article_id  -- in this order
WHERE replaced_by IS NULL
AND (:since IS NULL OR published >= :since) AND (:until IS NULL OR published <= :until)
AND (:feeds = '[]' OR id IN (
    SELECT article_id FROM entries WHERE feed_id IN (SELECT value FROM json_each(:feeds))
))
{conditions}
GROUP BY article_id ORDER BY best, published DESC NULLS LAST, article_id LIMIT :limit
"""
_MATCHING: Final = "SELECT rowid AS hit, rank AS score FROM full_text(:wanted)"
_BEST: Final = f"{_MATCHING} ORDER BY rank LIMIT :candidates"
_ALL: Final = "SELECT rowid AS hit, 0.0 AS score FROM paragraphs WHERE number = 1"
_WITHOUT: Final = """
AND id NOT IN (SELECT article_id FROM paragraphs WHERE rowid IN (SELECT rowid FROM full_text(:unwanted)))
"""
# Names are known only in articles that were opened: in the others, the words must do.
_NAMING: Final = """
AND id IN (
    SELECT article_id FROM entity_names WHERE instr(' ' || name || ' ', ' ' || :name{n} || ' ')
    UNION SELECT article_id FROM paragraphs WHERE rowid IN (SELECT rowid FROM full_text(:words{n}))
)
"""


def search(connection: apsw.Connection, query: Query, filters: Filters, limit: int) -> list[SearchHit]:
    """Find articles, best first; all that pass the filters, newest first, where the query asks for nothing.

    A name is that of a person, an organisation or a place, or a part of one: "Lavrov".
    """
    asks_for_nothing = query == (None, None) and filters == NO_FILTERS
    if asks_for_nothing or None in map(phrase, filters.names):
        return []
    if filters == NO_FILTERS and not query.unwanted:
        hits = _search(connection, _BEST, "", query, filters, limit) if query.wanted else []
        if len(hits) == limit:  # with fewer, articles of worse paragraphs may have been cut off
            return hits
    conditions = (_WITHOUT if query.unwanted else "") + "".join(_NAMING.format(n=n) for n in range(len(filters.names)))
    return _search(connection, _MATCHING if query.wanted else _ALL, conditions, query, filters, limit)


def _search(
    connection: apsw.Connection, hits: str, conditions: str, query: Query, filters: Filters, limit: int
) -> list[SearchHit]:
    rows: list[Any] = connection.execute(
        _HITS.format(hits=hits, conditions=conditions),
        {
            "wanted": query.wanted,
            "unwanted": query.unwanted,
            "since": filters.since.isoformat() if filters.since else None,
            "until": filters.until.isoformat() if filters.until else None,
            "feeds": json.dumps(filters.feeds),
            "candidates": limit * CANDIDATES,
            "limit": limit,
            **{f"name{n}": one_line(name).casefold() for n, name in enumerate(filters.names)},
            **{f"words{n}": phrase(name) for n, name in enumerate(filters.names)},
        },
    ).fetchall()
    return [_hit(connection, query, row) for row in rows]


def _hit(connection: apsw.Connection, query: Query, row: Any) -> SearchHit:
    article_id, number, rowid, text, _ = row
    summary = article_summary(connection.execute(f"{SUMMARIES} WHERE id = ?", (article_id,)).fetchone())
    if query.wanted is None:
        return SearchHit(summary, number, text)
    highlighted = connection.execute(
        "SELECT highlight(full_text, 1, ?, ?) FROM full_text(?) WHERE rowid = ?", (_BEGIN, _END, query.wanted, rowid)
    ).get
    return SearchHit(summary, number, text, _marks(str(highlighted)))


def _marks(highlighted: str) -> tuple[tuple[int, int], ...]:
    marks = []
    place = 0
    for piece in highlighted.split(_BEGIN):
        inside, end, rest = piece.rpartition(_END)
        if end:
            marks.append((place, place + len(inside)))
        place += len(inside) + len(rest)
    return tuple(marks)
