"""Keeps searches by their names."""

from typing import Any

from library.cleaning import one_line
from library.database import Database
from models.listing import SavedSearch


class SavedSearches:
    """The searches that the reader wants to have at hand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, search: SavedSearch) -> None:
        """Keep a search, in the place of another of the same name."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO saved_searches (name, line) VALUES (?, ?)",
                (one_line(search.name), one_line(search.line)),
            )

    def remove(self, name: str) -> bool:
        """Forget a search; False where there is none of this name."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM saved_searches WHERE name = ?", (one_line(name),))
            return connection.changes() > 0

    def all(self) -> list[SavedSearch]:
        """Give all of them by their names."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute("SELECT name, line FROM saved_searches").fetchall()
        found = [SavedSearch(name=name, line=line) for name, line in rows]
        return sorted(found, key=lambda search: search.name.casefold())
