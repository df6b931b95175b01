"""Keeps what the reader has done with articles, and means to do: read, starred, later, tags."""

from collections.abc import Collection
from typing import Any, Final

import apsw

from library.cleaning import one_line
from library.database import Database
from models.feed import ReadingState

LONGEST_TAG: Final = 60
"""Characters of a tag: it is a word or two."""


class ReadingStates:
    """The reader's own marks in the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article_id: str) -> ReadingState:
        """Tell what has been done with an article."""
        with self._database.reading() as connection:
            return reading_state(connection, article_id)

    def mark(
        self,
        article_ids: Collection[str],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        later: bool | None = None,
    ) -> None:
        """Change marks of articles; those that are None stay as they are. Articles that are gone are passed over."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO reading_states (article_id, read, starred, later) "
                "SELECT id, coalesce(?2, 0), coalesce(?3, 0), coalesce(?4, 0) FROM articles WHERE id = ?1 "
                "ON CONFLICT (article_id) DO UPDATE SET read = coalesce(?2, read), "
                "starred = coalesce(?3, starred), later = coalesce(?4, later)",
                ((article_id, read, starred, later) for article_id in article_ids),
            )

    def tag(self, article_id: str, tag: str) -> None:
        """Give an article a tag. One that is gone is passed over."""
        name = one_line(tag)[:LONGEST_TAG]
        if name:
            with self._database.writing() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO tags (article_id, tag) SELECT id, ? FROM articles WHERE id = ?",
                    (name, article_id),
                )

    def untag(self, article_id: str, tag: str) -> None:
        """Take a tag from an article."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM tags WHERE article_id = ? AND tag = ?", (article_id, one_line(tag)))

    def tagged(self, tag: str) -> list[str]:
        """Give the articles that have a tag, the newest versions alone."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT article_id FROM tags JOIN articles ON id = article_id "
                "WHERE tag = ? AND replaced_by IS NULL ORDER BY article_id",
                (one_line(tag),),
            ).fetchall()
        return [str(article_id) for (article_id,) in rows]


def reading_state(connection: apsw.Connection, article_id: str) -> ReadingState:
    """Read the marks of an article within a transaction of the caller."""
    marks: Any = connection.execute(
        "SELECT read, starred, later FROM reading_states WHERE article_id = ?", (article_id,)
    ).fetchone()
    tags: list[Any] = connection.execute(
        "SELECT tag FROM tags WHERE article_id = ? ORDER BY tag", (article_id,)
    ).fetchall()
    read, starred, later = marks or (0, 0, 0)
    return ReadingState(read=bool(read), starred=bool(starred), later=bool(later), tags=tuple(tag for (tag,) in tags))
