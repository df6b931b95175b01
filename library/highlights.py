"""Keeps which paragraphs the reader has highlighted."""

import json
from collections.abc import Collection
from typing import Any, Final

import apsw

from library.database import Database
from models.article import Paragraph

_STANDING: Final = """
SELECT coalesce(fresh.article_id, stale.article_id), coalesce(fresh.number, stale.number)
FROM articles JOIN paragraphs AS stale ON stale.article_id = id AND stale.number = ?2
LEFT JOIN paragraphs AS fresh ON fresh.article_id = replaced_by AND fresh.text = stale.text
WHERE id = ?1 ORDER BY fresh.number LIMIT 1
"""
"""Where a paragraph stands now: in the newest version, or else where it is."""

_HIGHLIGHTED: Final = """
SELECT article_id, number, text FROM highlights JOIN paragraphs USING (article_id)
WHERE number = paragraph AND article_id IN (SELECT value FROM json_each(?1))
UNION
SELECT id, stale.number, stale.text FROM articles JOIN highlights ON highlights.article_id = replaced_by
JOIN paragraphs AS fresh ON fresh.article_id = replaced_by AND fresh.number = paragraph
JOIN paragraphs AS stale ON stale.article_id = id AND stale.text = fresh.text
WHERE id IN (SELECT value FROM json_each(?1))
ORDER BY number
"""


class Highlights:
    """The highlighted paragraphs of articles. What is not there is passed over.

    Of an article that has been replaced, that paragraph of its newest version is meant that says the same, if there is
    one: the reader may have the older one open.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_on(self, article_id: str, paragraphs: Collection[int]) -> list[int]:
        """Highlight paragraphs. Gives those that were not yet."""
        with self._database.writing() as connection:
            changed = []
            for number in paragraphs:
                connection.execute(
                    f"INSERT OR IGNORE INTO highlights (article_id, paragraph) {_STANDING}", (article_id, number)
                )
                if connection.changes():
                    changed.append(number)
        return changed

    def take_off(self, article_id: str, paragraphs: Collection[int]) -> list[int]:
        """Have paragraphs be highlighted no more. Gives those that were."""
        with self._database.writing() as connection:
            changed = []
            for number in paragraphs:
                connection.execute(
                    f"DELETE FROM highlights WHERE (article_id, paragraph) = ({_STANDING})",  # noqa: S608 -- our own
                    (article_id, number),
                )
                if connection.changes():
                    changed.append(number)
        return changed

    def of(self, article_ids: Collection[str]) -> dict[str, tuple[Paragraph, ...]]:
        """Give the highlighted paragraphs of those of some articles that have any, in the order of the text."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(_HIGHLIGHTED, (json.dumps(list(article_ids)),)).fetchall()
        found: dict[str, tuple[Paragraph, ...]] = {}
        for article_id, number, text in rows:
            found[article_id] = (*found.get(article_id, ()), Paragraph(number=number, text=text))
        return found


def take_over_highlights(connection: apsw.Connection, old: str, new: str) -> None:
    """Highlight in an article what is in another, and still stands there, within a transaction of the caller.

    So it is done with what is in older versions of both alone: a paragraph that comes back is highlighted again.
    """
    connection.execute(
        "INSERT OR IGNORE INTO highlights (article_id, paragraph) "
        "SELECT ?2, min(fresh.number) FROM highlights AS marked "
        "JOIN paragraphs AS stale ON stale.article_id = marked.article_id AND stale.number = marked.paragraph "
        "JOIN paragraphs AS fresh ON fresh.article_id = ?2 AND fresh.text = stale.text "
        "WHERE marked.article_id = ?1 OR marked.article_id IN (SELECT id FROM articles WHERE replaced_by = ?2) "
        "GROUP BY fresh.text",
        (old, new),
    )


def drop_taken_over(connection: apsw.Connection, new: str) -> None:
    """Leave older versions of an article only those highlights that it could not take over.

    Else one that the reader takes off would be there again with the next version.
    """
    connection.execute(
        "DELETE FROM highlights WHERE article_id IN (SELECT id FROM articles WHERE replaced_by = ?1) "
        "AND (SELECT text FROM paragraphs AS stale WHERE stale.article_id = highlights.article_id "
        "AND number = paragraph) IN (SELECT text FROM paragraphs WHERE article_id = ?1)",
        (new,),
    )
