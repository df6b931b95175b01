"""Chooses the paragraph that shows why an article was found, and tells where in it the matches are."""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

import apsw

from library.cleaning import one_line
from library.query import phrase
from models.article import HEADLINE
from models.filters import Filters

Marks = tuple[tuple[int, int], ...]
"""Places in a text, from and to."""

_BEGIN: Final = "\x01"
_END: Final = "\x02"
"""What stands around a match in what FTS5 gives: kept texts hold no control characters."""

# The paragraphs of an article follow one another: the index is looked at between the first and the last of them.
_FIRST: Final = """
SELECT number, paragraphs.text, highlight(full_text, 1, ?1, ?2)
FROM full_text(?3) CROSS JOIN paragraphs ON paragraphs.rowid = full_text.rowid
WHERE full_text.rowid BETWEEN (SELECT min(rowid) FROM paragraphs WHERE article_id = ?4)
    AND (SELECT max(rowid) FROM paragraphs WHERE article_id = ?4)
AND article_id = ?4 LIMIT 1
"""
_PARAGRAPH: Final = "SELECT text FROM paragraphs WHERE article_id = ? AND number = ?"
_HIGHLIGHTED: Final = """
SELECT number, text FROM highlights JOIN paragraphs USING (article_id)
WHERE number = paragraph AND article_id = ? ORDER BY number LIMIT 1
"""


class Passage(NamedTuple):
    """A paragraph of an article, and the places of the matches in it."""

    number: int
    text: str
    marks: Marks = ()


def telling_passages(
    connection: apsw.Connection, wanted: str | None, filters: Filters, article_ids: Collection[str]
) -> dict[str, Passage]:
    """Choose a paragraph of each article that names whom the filters name, or that the reader has highlighted.

    With words, it must hold them as well. Where there is none, the article is left out.
    """
    expressions = _expressions(wanted, filters.names)
    found: dict[str, Passage] = {}
    for article_id in article_ids:
        passage = next(filter(None, (_first(connection, one, article_id) for one in expressions)), None)
        if passage is None and wanted is None and filters.names:
            passage = _mentioning(connection, filters.names, article_id)
        if passage is None and wanted is None and filters.highlighted:
            passage = _highlighted(connection, article_id)
        if passage is not None:
            found[article_id] = passage
    return found


def marked(connection: apsw.Connection, wanted: str, rowids: Sequence[int]) -> dict[int, Marks]:
    """Mark the matches in some paragraphs, in one go: asked for one by one, each would cost as much as a search."""
    found: list[Any] = connection.execute(
        "SELECT rowid, iif(rowid IN (SELECT value FROM json_each(?)), highlight(full_text, 1, ?, ?), NULL) "
        "FROM full_text(?) WHERE rowid BETWEEN ? AND ?",
        (json.dumps(rowids), _BEGIN, _END, wanted, min(rowids), max(rowids)),
    ).fetchall()
    return {rowid: _marks(text) for rowid, text in found if text is not None}


def _expressions(wanted: str | None, names: Sequence[str]) -> list[str]:
    """Give FTS5 queries for a paragraph that names people and places, one with all of them first.

    It is the text that must: the headline is seen in any case.
    """
    named = [f"text : {words}" for words in map(phrase, names) if words]
    among = f"({wanted}) AND " if wanted else ""
    return list(dict.fromkeys(f"{among}({between.join(named)})" for between in (" AND ", " OR "))) if named else []


def _first(connection: apsw.Connection, expression: str, article_id: str) -> Passage | None:
    """Give the first paragraph of an article that an FTS5 query matches."""
    rows: list[Any] = connection.execute(_FIRST, (_BEGIN, _END, expression, article_id)).fetchall()
    return Passage(rows[0][0], rows[0][1], _marks(rows[0][2])) if rows else None


def _mentioning(connection: apsw.Connection, names: Sequence[str], article_id: str) -> Passage | None:
    """Give the first paragraph that mentions somebody by another name than the one asked for."""
    known = connection.execute("SELECT entities FROM entities WHERE article_id = ?", (article_id,)).get
    asked = [f" {one_line(name).casefold()} " for name in names]
    for entity in json.loads(known or "[]"):
        called = [f" {name.casefold()} " for name in (entity["name"], *entity["aliases"])]
        mention = next((one for one in entity["mentions"] if one["paragraph"] > HEADLINE), None)
        if mention and any(name in one for name in asked for one in called):
            text = str(connection.execute(_PARAGRAPH, (article_id, mention["paragraph"])).get)
            return Passage(mention["paragraph"], text, ((mention["start"], mention["end"]),))
    return None


def _highlighted(connection: apsw.Connection, article_id: str) -> Passage | None:
    rows: list[Any] = connection.execute(_HIGHLIGHTED, (article_id,)).fetchall()
    return Passage(*rows[0]) if rows else None


def _marks(highlighted: str) -> Marks:
    marks = []
    place = 0
    for piece in highlighted.split(_BEGIN):
        inside, end, rest = piece.rpartition(_END)
        if end:
            marks.append((place, place + len(inside)))
        place += len(inside) + len(rest)
    return tuple(marks)
