"""Keeps which articles have been read."""

from collections.abc import Collection

import apsw

from library.database import Database


class ReadingStates:
    """The reader's own marks in the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, article_ids: Collection[str], *, read: bool) -> None:
        """Mark articles as read, or as not read. Articles that are gone are passed over."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO reading_states (article_id, read) SELECT id, ? FROM articles WHERE id = ? "
                "ON CONFLICT (article_id) DO UPDATE SET read = excluded.read",
                ((read, article_id) for article_id in article_ids),
            )


def is_read(connection: apsw.Connection, article_id: str) -> bool:
    """Tell within a transaction of the caller whether an article has been read."""
    return bool(connection.execute("SELECT read FROM reading_states WHERE article_id = ?", (article_id,)).get)
