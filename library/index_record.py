"""Keeps which articles a vector index holds: so what is missing there is known without asking it for everything."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from library.database import Database, if_it_can_be_kept


class Indexed(NamedTuple):
    """An article that an index holds as a whole."""

    article_id: str
    paragraphs: int


class IndexRecord:
    """What vector indexes hold, by their names. It is written after the index is: what it says is there, was."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @if_it_can_be_kept
    def keep(self, index: str, articles: Iterable[Indexed]) -> None:
        """Keep that an index holds articles."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO indexed (index_name, article_id, paragraphs) VALUES (?, ?, ?)",
                ((index, article_id, paragraphs) for article_id, paragraphs in articles),
            )

    @if_it_can_be_kept
    def forget(self, index: str, article_id: str | None = None) -> None:
        """Keep that an index does not hold an article any more, or none of all where None."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM indexed WHERE index_name = ?1 AND (?2 IS NULL OR article_id = ?2)", (index, article_id)
            )

    def missing(self, index: str) -> list[str]:
        """List the articles that an index lacks, the last added first: those are asked about soonest."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(_MISSING, (index,)).fetchall()
        return [str(article_id) for (article_id,) in rows]

    def gone(self, index: str) -> list[str]:
        """List the articles that an index holds, and the library does not, or has a newer version of."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(_GONE, (index,)).fetchall()
        return [str(article_id) for (article_id,) in rows]

    def paragraphs(self, index: str) -> int:
        """Count the paragraphs that an index holds."""
        with self._database.reading() as connection:
            return int(
                connection.execute(
                    "SELECT coalesce(sum(paragraphs), 0) FROM indexed WHERE index_name = ?", (index,)
                ).get
            )

    def some(self, index: str, count: int) -> list[Indexed]:
        """Give some of the articles that an index holds, chosen at random."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT article_id, paragraphs FROM indexed WHERE index_name = ? ORDER BY random() LIMIT ?",
                (index, count),
            ).fetchall()
        return [Indexed(str(article_id), int(paragraphs)) for article_id, paragraphs in rows]


_MISSING: Final = """
SELECT id FROM articles WHERE replaced_by IS NULL
AND NOT EXISTS (SELECT 1 FROM indexed WHERE index_name = ?1 AND article_id = id)
AND EXISTS (SELECT 1 FROM paragraphs WHERE article_id = id)
ORDER BY added_at DESC, id
"""

_GONE: Final = """
SELECT article_id FROM indexed WHERE index_name = ?1
AND NOT EXISTS (SELECT 1 FROM articles WHERE id = article_id AND replaced_by IS NULL)
"""
