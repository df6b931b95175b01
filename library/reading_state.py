"""Keeps what the reader has done with articles: read them, starred them, put them by, and how far they got."""

from collections.abc import Collection

import apsw

from library.database import Database, if_it_can_be_kept
from library.versions import newest_of
from models.listing import Mark


class ReadingStates:
    """The reader's own marks in the library. Articles that are gone are passed over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, article_ids: Collection[str], mark: Mark, *, on: bool = True) -> list[str]:
        """Mark articles, or take the mark off. Gives those for which that has changed something, as they are now.

        Of one that has been replaced, the newest version is marked.
        """
        with self._database.writing() as connection:
            article_ids = newest_of(connection, article_ids)
            _ensure(connection, article_ids)
            changed = []
            change = f"UPDATE reading_states SET {mark} = ?1 WHERE article_id = ?2 AND {mark} <> ?1"  # noqa: S608
            for article_id in article_ids:
                connection.execute(change, (on, article_id))
                if connection.changes():
                    changed.append(article_id)
        return changed

    @if_it_can_be_kept
    def reached(self, article_id: str, paragraph: int) -> None:
        """Keep how far the reader has got in an article."""
        with self._database.writing() as connection:
            _ensure(connection, (article_id,))
            connection.execute("UPDATE reading_states SET paragraph = ? WHERE article_id = ?", (paragraph, article_id))

    def paragraph(self, article_id: str) -> int:
        """Give the paragraph that the reader has got to; 0 is the headline."""
        with self._database.reading() as connection:
            kept = connection.execute("SELECT paragraph FROM reading_states WHERE article_id = ?", (article_id,)).get
        return int(kept or 0)


def is_read(connection: apsw.Connection, article_id: str) -> bool:
    """Tell within a transaction of the caller whether an article has been read."""
    return bool(connection.execute("SELECT read FROM reading_states WHERE article_id = ?", (article_id,)).get)


def _ensure(connection: apsw.Connection, article_ids: Collection[str]) -> None:
    """Give articles a state, that of one with which nothing has been done, if they have none."""
    connection.executemany(
        "INSERT OR IGNORE INTO reading_states (article_id, read) SELECT id, 0 FROM articles WHERE id = ?",
        ((article_id,) for article_id in article_ids),
    )
