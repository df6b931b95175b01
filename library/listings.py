"""Lists the articles of the library for somebody who looks through it: which there are, and lines of some."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from library.article_rows import NEWEST_FIRST
from library.database import Database
from library.feed_store import all_feeds
from library.folding import folded
from library.tags import all_tags, tag_key
from library.versions import NEWEST
from models.listing import Headline, Order, Overview, Scope

MOST_LISTED: Final = 100_000
"""Articles that are listed at the most: nobody goes further down, and all of them are held in memory."""

_SORTED: Final = {
    Order.NEWEST: NEWEST_FIRST,
    Order.OLDEST: "ORDER BY published NULLS LAST, added_at, id",
    Order.FEED: NEWEST_FIRST.replace("ORDER BY", "ORDER BY lower(source),"),
}

_SOURCE: Final = """coalesce(
    (SELECT iif(title = '', url, title) FROM entries JOIN feeds ON feeds.id = feed_id
     WHERE article_id = articles.id ORDER BY feeds.id LIMIT 1),
    url, origin
)"""
_HEADLINES: Final = f"""
SELECT id, headline, published, (
    SELECT json_group_array(name) FROM (
        SELECT DISTINCT feeds.id, iif(title = '', feeds.url, title) AS name
        FROM entries JOIN feeds ON feeds.id = feed_id WHERE article_id = {NEWEST} ORDER BY feeds.id
    )
), coalesce(url, origin), coalesce(read, 0), coalesce(starred, 0), coalesce(later, 0),
    (SELECT json_group_array(name) FROM (SELECT name FROM tags WHERE article_id = {NEWEST} ORDER BY key))
FROM articles LEFT JOIN reading_states ON article_id = {NEWEST} WHERE id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 -- our own
_UNREAD: Final = "id NOT IN (SELECT article_id FROM reading_states WHERE read)"
_UNREAD_OR_AMONG: Final = f"({_UNREAD} OR id IN (SELECT value FROM json_each(?)))"  # noqa: S608
_COUNTS: Final = f"""
SELECT count(*), coalesce(sum(unread), 0), coalesce(sum(NOT by_feed), 0), coalesce(sum(NOT by_feed AND unread), 0),
    (SELECT count(*) FROM reading_states JOIN articles ON id = article_id WHERE starred AND replaced_by IS NULL),
    (SELECT count(*) FROM reading_states JOIN articles ON id = article_id WHERE later AND replaced_by IS NULL),
    (SELECT count(*) FROM articles WHERE replaced_by IS NULL AND id IN (SELECT article_id FROM highlights))
FROM (SELECT by_feed, {_UNREAD} AS unread FROM articles WHERE replaced_by IS NULL)
"""  # noqa: S608
_COUNTED: Final = ("articles", "unread", "by_hand", "by_hand_unread", "starred", "later", "highlighted")
_UNREAD_ENTRIES: Final = """
SELECT DISTINCT folder, entries.article_id FROM entries JOIN feeds ON feeds.id = feed_id
LEFT JOIN reading_states USING (article_id)
WHERE folder <> '[]' AND entries.article_id IS NOT NULL AND NOT coalesce(read, 0)
"""


class Listings:
    """The articles of the library, listed. What is listed are the newest versions alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(
        self, scope: Scope, order: Order = Order.NEWEST, *, words: str = "", besides: Collection[str] = ()
    ) -> list[str]:
        """Give what identifies the articles of a list, ``MOST_LISTED`` at the most; those without a date come last.

        With ``words``, those alone that have them in their headlines, as they stand there but for case and accents.
        ``besides`` are listed as if they were unread.
        """
        conditions, given = ["replaced_by IS NULL"], []
        if scope.feeds is not None:
            of_feeds = "SELECT article_id FROM entries WHERE feed_id IN (SELECT value FROM json_each(?))"
            conditions.append(f"id IN ({of_feeds})")
            given.append(json.dumps(scope.feeds))
        if scope.by_hand:
            conditions.append("NOT by_feed")
        if scope.unread:
            conditions.append(_UNREAD_OR_AMONG)
            given.append(json.dumps(list(besides)))
        if scope.starred:
            conditions.append("id IN (SELECT article_id FROM reading_states WHERE starred)")
        if scope.later:
            conditions.append("id IN (SELECT article_id FROM reading_states WHERE later)")
        if scope.highlighted:
            conditions.append("id IN (SELECT article_id FROM highlights)")
        if scope.tag is not None:
            conditions.append("id IN (SELECT article_id FROM tags WHERE key = ?)")
            given.append(tag_key(scope.tag))
        source = f", {_SOURCE} AS source" if order is Order.FEED else ""
        columns = f"id, headline{source}" if words else f"id{source}"
        query = f"SELECT {columns} FROM articles WHERE {' AND '.join(conditions)}"  # noqa: S608 -- our own
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(f"{query} {_SORTED[order]} LIMIT {MOST_LISTED}", given).fetchall()
        wanted = folded(words)
        return [str(row[0]) for row in rows if not wanted or wanted in folded(row[1])]

    def any(self) -> bool:
        """Tell whether there is any article."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM articles LIMIT 1").get is not None

    def headlines(self, article_ids: Sequence[str]) -> list[Headline]:
        """Give the lines of some articles, in no order. Those that are gone are left out.

        One that has been replaced has the feeds and marks of its newest version.
        """
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(_HEADLINES, (json.dumps(article_ids),)).fetchall()
        return [_headline(*row) for row in rows]

    def source(self, article_id: str) -> str | None:
        """Give the name of the feed that has brought an article, or a copy of it, if there is one and it has a name."""
        with self._database.reading() as connection:
            name = connection.execute(
                f"SELECT title FROM articles JOIN entries ON article_id = {NEWEST} "  # noqa: S608 -- our own
                "JOIN feeds ON feeds.id = feed_id WHERE articles.id = ? ORDER BY feeds.id LIMIT 1",
                (article_id,),
            ).get
        return str(name) if name else None

    def overview(self) -> Overview:
        """Count what is there and what is unread."""
        with self._database.reading() as connection:
            counts: Any = connection.execute(_COUNTS).fetchone()
            unread: list[Any] = connection.execute(_UNREAD_ENTRIES).fetchall()
            feeds = all_feeds(connection)
            tags = all_tags(connection)
        articles_of: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for folder, article_id in unread:
            names = tuple(json.loads(folder))
            for depth in range(1, len(names) + 1):
                articles_of[names[:depth]].add(article_id)
        return Overview(
            feeds=tuple(feeds),
            tags=tuple(tags),
            **dict(zip(_COUNTED, counts, strict=True)),
            folders={folder: len(articles) for folder, articles in articles_of.items()},
        )


def _headline(
    article_id: str,
    headline: str,
    published: str | None,
    feeds: str,
    elsewhere: str,
    read: int,
    starred: int,
    later: int,
    tags: str,
) -> Headline:
    source, *others = map(_site, json.loads(feeds) or [elsewhere])
    return Headline.model_validate(
        {
            "id": article_id,
            "headline": headline,
            "published": published,
            "source": source,
            "also_in": others,
            "read": bool(read),
            "starred": bool(starred),
            "later": bool(later),
            "tags": json.loads(tags),
        }
    )


def _site(source: str) -> str:
    """Shorten an address to its site: a line has no room for more."""
    return urlsplit(source).netloc.removeprefix("www.") or source if "://" in source else source
