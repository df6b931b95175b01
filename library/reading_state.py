"""Keeps what the reader has done with articles: read them, put them by, and how far they got."""

from collections.abc import Collection
from typing import Literal

import apsw

from library.database import Database, if_it_can_be_kept


class ReadingStates:
    """The reader's own marks in the library. Articles that are gone are passed over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, article_ids: Collection[str], *, read: bool) -> list[str]:
        """Mark articles as read, or as not read. Gives those for which that has changed something."""
        return self._set("read", article_ids, read)

    def put_by(self, article_ids: Collection[str], *, later: bool) -> list[str]:
        """Put articles by to be read later, or no more. Gives those for which that has changed something."""
        return self._set("later", article_ids, later)

    def toggle_later(self, article_id: str) -> bool | None:
        """Put an article by if it is not, else no more; tell whether it is put by now, None where it is not there."""
        if self.put_by([article_id], later=True):
            return True
        return False if self.put_by([article_id], later=False) else None

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

    def _set(self, what: Literal["read", "later"], article_ids: Collection[str], value: bool) -> list[str]:
        with self._database.writing() as connection:
            _ensure(connection, article_ids)
            changed = []
            change = f"UPDATE reading_states SET {what} = ?1 WHERE article_id = ?2 AND {what} <> ?1"  # noqa: S608
            for article_id in article_ids:
                connection.execute(change, (value, article_id))
                if connection.changes():
                    changed.append(article_id)
        return changed


def is_read(connection: apsw.Connection, article_id: str) -> bool:
    """Tell within a transaction of the caller whether an article has been read."""
    return bool(connection.execute("SELECT read FROM reading_states WHERE article_id = ?", (article_id,)).get)


def _ensure(connection: apsw.Connection, article_ids: Collection[str]) -> None:
    """Give articles a state, that of one with which nothing has been done, if they have none."""
    connection.executemany(
        "INSERT OR IGNORE INTO reading_states (article_id, read) SELECT id, 0 FROM articles WHERE id = ?",
        ((article_id,) for article_id in article_ids),
    )
