"""Keeps what the reader has tagged articles with."""

import json
from collections.abc import Collection
from typing import Any, Final

import apsw

from library.cleaning import one_line
from library.database import Database
from library.folding import folded
from library.versions import NEWEST, newest_of
from models.listing import TagSummary

LONGEST_TAG: Final = 60
"""Characters of a tag: it stands beside headlines."""

TAG_SEPARATOR: Final = ","
"""What stands between tags where several are written into one line."""


class NotATag(ValueError):
    """This can't be a tag. The message says why, in plain words."""


def read_tag(text: str) -> str:
    """Read a tag as the reader writes it. Raises ``NotATag``."""
    name = one_line(text)
    if not tag_key(name):
        raise NotATag("A tag needs a name.")
    if TAG_SEPARATOR in name:
        raise NotATag("A tag has no comma: commas stand between tags.")
    if len(name) > LONGEST_TAG:
        raise NotATag(f"A tag has no more than {LONGEST_TAG} characters.")
    return name


def tag_key(text: str) -> str:
    """Give what all spellings of a tag have in common: "Harbour" is "harbour"."""
    return folded(one_line(text))


class Tags:
    """The tags of articles, those of the newest version for one that has been replaced. What is gone is passed over."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_on(self, article_ids: Collection[str], tag: str) -> list[str]:
        """Tag articles. Gives those that had it not yet, as they are now. Raises ``NotATag``."""
        name = read_tag(tag)
        key = tag_key(name)
        with self._database.writing() as connection:
            known = connection.execute("SELECT name FROM tags WHERE key = ? LIMIT 1", (key,)).get
            changed = []
            for article_id in newest_of(connection, article_ids):
                connection.execute(
                    "INSERT OR IGNORE INTO tags (key, article_id, name) VALUES (?, ?, ?)",
                    (key, article_id, known or name),
                )
                if connection.changes():
                    changed.append(article_id)
        return changed

    def take_off(self, article_ids: Collection[str], tag: str) -> list[str]:
        """Take a tag off articles. Gives those that had it, as they are now."""
        with self._database.writing() as connection:
            changed = []
            for article_id in newest_of(connection, article_ids):
                connection.execute("DELETE FROM tags WHERE key = ? AND article_id = ?", (tag_key(tag), article_id))
                if connection.changes():
                    changed.append(article_id)
        return changed

    def have(self, article_id: str, tags: Collection[str]) -> None:
        """Have an article have these tags, and no others. Raises ``NotATag``, and changes nothing then."""
        wanted = {tag_key(name): name for name in map(read_tag, tags)}
        for name in self.of([article_id]).get(article_id, ()):
            if tag_key(name) not in wanted:
                self.take_off([article_id], name)
        for name in wanted.values():
            self.put_on([article_id], name)

    def forget(self, tag: str) -> bool:
        """Take a tag off all articles; False where none has it."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM tags WHERE key = ?", (tag_key(tag),))
            return connection.changes() > 0

    def of(self, article_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give the tags of those of some articles that have any, by their names."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                f"SELECT articles.id, name FROM articles JOIN tags ON article_id = {NEWEST} "  # noqa: S608 -- ours
                "WHERE articles.id IN (SELECT value FROM json_each(?)) ORDER BY key",
                (json.dumps(list(article_ids)),),
            ).fetchall()
        tags: dict[str, tuple[str, ...]] = {}
        for article_id, name in rows:
            tags[article_id] = (*tags.get(article_id, ()), name)
        return tags

    def all(self) -> list[TagSummary]:
        """Give all tags by their names, with how many articles have them."""
        with self._database.reading() as connection:
            return all_tags(connection)


def all_tags(connection: apsw.Connection) -> list[TagSummary]:
    """Give all tags by their names, within a transaction of the caller."""
    rows: list[Any] = connection.execute(
        "SELECT min(name), count(*), sum(NOT coalesce(read, 0)) FROM tags JOIN articles ON id = article_id "
        "LEFT JOIN reading_states USING (article_id) WHERE replaced_by IS NULL GROUP BY key ORDER BY key"
    ).fetchall()
    return [TagSummary(name=name, articles=articles, unread=unread) for name, articles, unread in rows]


def take_over_tags(connection: apsw.Connection, old: str, new: str) -> None:
    """Give an article the tags of another as well, within a transaction of the caller."""
    connection.execute(
        "INSERT OR IGNORE INTO tags (key, article_id, name) SELECT key, ?, name FROM tags WHERE article_id = ?",
        (new, old),
    )
