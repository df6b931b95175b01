"""Remembers the numbers under which articles were listed last, so that people need not type what identifies them."""

from collections.abc import Sequence
from typing import Any, Final

from library.cleaning import one_line
from library.database import Database, if_it_can_be_kept

LEAST_ID: Final = 4
"""Characters of what identifies an article that must be given: fewer are a slip."""


class Numbering:
    """The articles that were listed last, from 1 on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @if_it_can_be_kept
    def keep(self, article_ids: Sequence[str]) -> None:
        """Number articles, in place of those that were listed before."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM listed")
            connection.executemany(
                "INSERT INTO listed (number, article_id) SELECT ?, id FROM articles WHERE id = ?",
                enumerate(article_ids, start=1),
            )

    def find(self, text: str) -> list[str]:
        """Find the articles that are meant by a number, or by the beginning of what identifies them."""
        text = one_line(text)
        with self._database.reading() as connection:
            if text.isdecimal() and len(text) < LEAST_ID + 2:
                found: list[Any] = connection.execute(
                    "SELECT article_id FROM listed WHERE number = ?", (int(text),)
                ).fetchall()
                if found:
                    return [str(article_id) for (article_id,) in found]
            if len(text) < LEAST_ID:
                return []
            rows: list[Any] = connection.execute(
                "SELECT id FROM articles WHERE substr(id, 1, ?) = ? ORDER BY id", (len(text), text.lower())
            ).fetchall()
        return [str(article_id) for (article_id,) in rows]
