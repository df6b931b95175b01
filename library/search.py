"""Searches the library for a person: ranked articles, each with the paragraph that matches best."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import apsw

from library.article_rows import SUMMARIES, article_summary
from library.cleaning import one_line
from library.query import Query, phrase
from library.tags import tag_key
from library.telling import marked, telling_passages
from models.article import ArticleSummary
from models.filters import NO_FILTERS as NO_FILTERS
from models.filters import Filters as Filters

CANDIDATES: Final = 100
"""Paragraphs, for each article wanted, that are looked at first: the best articles are those of the best paragraphs."""

LAST_ROW: Final = 2**63 - 1

TOO_MANY: Final = 10_000
"""Paragraphs that match, beyond which they are not ranked, but the newest come first: what stands everywhere tells
nothing apart, and ranking it took half a second."""


class SearchHit(NamedTuple):
    """An article that a search has found, and the paragraph that matches best, or shows why it passes the filters.

    ``marks`` are the places of the matches in ``text``, from and to.
    """

    article: ArticleSummary
    paragraph: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()


# Texts are read at the end, for those that are shown alone.
_ARTICLES: Final = """
SELECT best.article_id, best.number, hit, text FROM (
    SELECT article_id, number, hit, min(score) AS score, published FROM ({hits})
    GROUP BY article_id ORDER BY score, published DESC NULLS LAST, article_id LIMIT :limit
) AS best JOIN paragraphs ON paragraphs.rowid = hit
ORDER BY best.score, published DESC NULLS LAST, best.article_id
"""
_FILTERED: Final = """
replaced_by IS NULL
AND (:since IS NULL OR published >= :since) AND (:until IS NULL OR published <= :until)
AND (:feeds = '[]' OR id IN (
    SELECT article_id FROM entries WHERE feed_id IN (SELECT value FROM json_each(:feeds))
))
{conditions}
"""
_PASSING: Final = f"""
SELECT article_id, number, hit, score, published
FROM ({{matching}}) CROSS JOIN paragraphs ON paragraphs.rowid = hit CROSS JOIN articles ON id = article_id
WHERE {_FILTERED}
"""  # noqa: S608 -- our own
# Without words, articles are gone through from the newest on until there are enough.
_NEWEST: Final = f"""
SELECT article_id, number, paragraphs.rowid, text FROM (
    SELECT id, published FROM articles WHERE {_FILTERED} ORDER BY published DESC, id LIMIT :limit
) JOIN paragraphs ON article_id = id AND number = 1 ORDER BY published DESC, id
"""  # noqa: S608 -- our own
_MATCHING: Final = "SELECT rowid AS hit, rank AS score FROM full_text(:wanted) WHERE rowid BETWEEN :first AND :last"
_BEST: Final = f"{_MATCHING} ORDER BY rank LIMIT :candidates"
_UNRANKED: Final = _MATCHING.replace("rank", "0.0")
_NEWEST_PASSING: Final = f"{_PASSING.replace('{matching}', _UNRANKED)} ORDER BY hit DESC LIMIT :candidates"
_ALL: Final = "SELECT rowid AS hit, 0.0 AS score FROM paragraphs WHERE rowid BETWEEN :first AND :last AND number = 1"
_HOW_MANY: Final = f"SELECT count(*) FROM ({_UNRANKED} LIMIT :most)"  # noqa: S608 -- it is the statement above
# The paragraphs of an article follow one another, and articles mostly come in the order of their days.
_RANGE: Final = """
WITH firsts AS MATERIALIZED (
    SELECT paragraphs.rowid AS first, id FROM articles JOIN paragraphs ON article_id = id AND number = 1
    WHERE (:since IS NULL OR published >= :since) AND (:until IS NULL OR published <= :until)
)
SELECT min(first), (
    SELECT max(rowid) FROM paragraphs WHERE article_id = (SELECT id FROM firsts ORDER BY first DESC LIMIT 1)
) FROM firsts
"""
_WITHOUT: Final = """
AND id NOT IN (SELECT article_id FROM paragraphs WHERE rowid IN (SELECT rowid FROM full_text(:unwanted)))
"""
_STATES: Final = {
    "unread": " AND id NOT IN (SELECT article_id FROM reading_states WHERE read)",
    "starred": " AND id IN (SELECT article_id FROM reading_states WHERE starred)",
    "later": " AND id IN (SELECT article_id FROM reading_states WHERE later)",
    "highlighted": " AND id IN (SELECT article_id FROM highlights)",
}
"""What the filters of these names ask for."""
_TAGGED: Final = " AND id IN (SELECT article_id FROM tags WHERE key = :tag{n})"
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
    conditions = (_WITHOUT if query.unwanted else "") + _narrowing(filters)
    wanted = {
        "wanted": query.wanted,
        "unwanted": query.unwanted,
        "candidates": limit * CANDIDATES,
        "limit": limit,
        **_filtering(connection, filters),
    }
    rows: list[Any] = []
    for statement in _ways(connection, query, filters, wanted):
        rows = connection.execute(statement.replace("{conditions}", conditions), wanted).fetchall()
        if len(rows) == limit:  # with fewer, articles of worse paragraphs may have been cut off
            break
    return list(_hits(connection, query, filters, rows))


def count(connection: apsw.Connection, query: Query, filters: Filters) -> int | None:
    """Count the articles that a search finds; None where that takes long, for ``TOO_MANY`` paragraphs match."""
    if (query == (None, None) and filters == NO_FILTERS) or None in map(phrase, filters.names):
        return 0
    given = {"wanted": query.wanted, "unwanted": query.unwanted, **_filtering(connection, filters)}
    if query.wanted and int(connection.execute(_HOW_MANY, given | {"most": TOO_MANY + 1}).get) > TOO_MANY:
        return None
    conditions = (_WITHOUT if query.unwanted else "") + _narrowing(filters)
    hits = _PASSING.replace("{matching}", _UNRANKED if query.wanted else _ALL).replace("{conditions}", conditions)
    found = connection.execute(f"SELECT count(DISTINCT article_id) FROM ({hits})", given).get  # noqa: S608 -- our own
    return int(found)


def passing(connection: apsw.Connection, filters: Filters) -> list[str]:
    """Give the ids of the articles that pass some filters, newest first."""
    if None in map(phrase, filters.names):
        return []
    articles = _PASSING.replace("{matching}", _ALL).replace("{conditions}", _narrowing(filters))
    statement = f"{articles} ORDER BY published DESC NULLS LAST, article_id"
    rows: list[Any] = connection.execute(statement, _filtering(connection, filters)).fetchall()
    return [str(article_id) for article_id, *_ in rows]


def _narrowing(filters: Filters) -> str:
    states = "".join(condition for name, condition in _STATES.items() if getattr(filters, name))
    names = "".join(_NAMING.format(n=n) for n in range(len(filters.names)))
    tags = "".join(_TAGGED.format(n=n) for n in range(len(filters.tags)))
    return names + tags + states


def _filtering(connection: apsw.Connection, filters: Filters) -> dict[str, Any]:
    """Give the parameters of a statement with filters."""
    wanted = {
        "since": filters.since.isoformat() if filters.since else None,
        "until": filters.until.isoformat() if filters.until else None,
        "feeds": json.dumps(filters.feeds),
        **{f"name{n}": one_line(name).casefold() for n, name in enumerate(filters.names)},
        **{f"words{n}": phrase(name) for n, name in enumerate(filters.names)},
        **{f"tag{n}": tag_key(tag) for n, tag in enumerate(filters.tags)},
    }
    return wanted | _range(connection, wanted)


def _range(connection: apsw.Connection, wanted: dict[str, Any]) -> dict[str, Any]:
    """Give the rows between which the articles of some days lie."""
    if wanted["since"] is wanted["until"] is None:
        return {"first": 0, "last": LAST_ROW}
    first, last = connection.execute(_RANGE, wanted).fetchall()[0]
    return {"first": first, "last": last}


def _ways(connection: apsw.Connection, query: Query, filters: Filters, wanted: dict[str, Any]) -> Iterator[str]:
    """Give statements that find articles: one that is quick, then, where that is not the same, one that finds all."""
    if query.wanted is None:
        yield _NEWEST
    elif int(connection.execute(_HOW_MANY, wanted | {"most": TOO_MANY + 1}).get) > TOO_MANY:
        yield _ARTICLES.replace("{hits}", _NEWEST_PASSING)
        yield _ARTICLES.replace("{hits}", _PASSING.replace("{matching}", _UNRANKED))
    else:
        if filters == NO_FILTERS and not query.unwanted:
            yield _ARTICLES.replace("{hits}", _PASSING.replace("{matching}", _BEST))
        yield _ARTICLES.replace("{hits}", _PASSING.replace("{matching}", _MATCHING))


def _hits(connection: apsw.Connection, query: Query, filters: Filters, rows: list[Any]) -> Iterator[SearchHit]:
    marks = marked(connection, query.wanted, [rowid for _, _, rowid, _ in rows]) if query.wanted and rows else {}
    telling = telling_passages(connection, query.wanted, filters, [article_id for article_id, *_ in rows])
    for article_id, number, rowid, text in rows:
        summary = article_summary(connection.execute(f"{SUMMARIES} WHERE id = ?", (article_id,)).fetchone())
        yield SearchHit(summary, *telling.get(article_id, (number, text, marks.get(rowid, ()))))
