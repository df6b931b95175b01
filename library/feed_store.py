"""Keeps feeds, and which article came from which entry of them."""

import json
from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Final

import apsw

from library.article_rows import (
    NEWEST_FIRST,
    SUMMARIES,
    article_summary,
    delete_article,
)
from library.database import Database
from library.fetching.hosts import door_of, same_site
from library.reading_state import is_read
from library.same_story import Arrival, keep_entry_article
from models.article import Article, ArticleSummary
from models.feed import Feed, FeedSummary


class UnknownFeed(LookupError):
    """Something was to be kept about a feed that the user has removed meanwhile."""


class FeedStore:
    """The feeds of the library. A feed is addressed by its number, which never becomes another's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feed: Feed) -> int | None:
        """Subscribe to a feed, and give its number; None where its address is there already."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO feeds (url, title, home, folder, categories, full_text, private) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    feed.url,
                    feed.title,
                    feed.home,
                    json.dumps(feed.folder),
                    json.dumps(feed.categories),
                    feed.full_text,
                    feed.private,
                ),
            )
            return connection.last_insert_rowid() if connection.changes() else None

    def feeds(self) -> list[FeedSummary]:
        """List the feeds by folder and name, with how many of their articles are there and unread."""
        with self._database.reading() as connection:
            return all_feeds(connection)

    def change(
        self,
        number: int,
        *,
        title: str | None = None,
        folder: tuple[str, ...] | None = None,
        full_text: bool | None = None,
        private: bool | None = None,
    ) -> None:
        """Change what the user has chosen for a feed; what is None stays. All its entries are looked at anew then."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET title = coalesce(?, title), folder = coalesce(?, folder), "
                "full_text = coalesce(?, full_text), private = coalesce(?, private), "
                "etag = NULL, last_modified = NULL WHERE id = ?",
                (title, json.dumps(folder) if folder is not None else None, full_text, private, number),
            )

    def remove(self, number: int, *, with_articles: bool = False) -> int:
        """Unsubscribe. Its articles stay in the library, unless they are to go: gives how many went.

        Those alone go that only this feed has brought. What was added by hand stays in any case, also where a version
        of the feed has replaced it; so does what was asked about, starred, tagged, or highlighted in.
        """
        with self._database.writing() as connection:
            gone: list[Any] = connection.execute(_ONLY_HERE, (number,)).fetchall() if with_articles else []
            for (article_id,) in gone:
                delete_article(connection, article_id)
            connection.execute("DELETE FROM feeds WHERE id = ?", (number,))
        return len(gone)

    def fetched(
        self, number: int, *, url: str, title: str, home: str | None, etag: str | None, last_modified: str | None
    ) -> None:
        """Keep what a feed says of itself, after all its entries were kept. A title that the user gave stays.

        So does the address, where another feed has the new one. Consent does not go along to another host.
        """
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET title = iif(title = '', ?2, title), home = coalesce(?3, home), etag = ?4, "
                "last_modified = ?5, fetched_at = ?6, tried_at = ?6, retry_at = NULL, error = NULL, failures = 0 "
                "WHERE id = ?1",
                (number, title, home, etag, last_modified, _now()),
            )
            before = connection.execute("SELECT url FROM feeds WHERE id = ?", (number,)).get
            connection.execute(
                "UPDATE OR IGNORE feeds SET url = ?, private = private AND ? WHERE id = ?",
                (url, door_of(str(before)) == door_of(url), number),
            )

    def unchanged(self, number: int) -> None:
        """Keep that a feed has been asked, and has nothing new."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET fetched_at = ?1, tried_at = ?1, retry_at = NULL, error = NULL, failures = 0 "
                "WHERE id = ?2",
                (_now(), number),
            )

    def failed(self, number: int, error: str, retry_at: datetime | None = None) -> None:
        """Keep why a feed could not be had."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET error = ?, retry_at = ?, tried_at = ? WHERE id = ?",
                (error, retry_at.isoformat() if retry_at else None, _now(), number),
            )

    def count_failures(self, numbers: Collection[int]) -> None:
        """Keep that some feeds have failed once more: ``failed`` tells neither whose fault that is nor who asked."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET failures = failures + 1 WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(numbers)),),
            )

    def digests(self, number: int) -> dict[str, str]:
        """Give, for each entry of a feed that was kept, the digest of what the feed said."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT key, digest FROM entries WHERE feed_id = ?", (number,)
            ).fetchall()
        return {str(key): str(digest) for key, digest in rows}

    def keep_entry(
        self, number: int, key: str, digest: str, article: Article | None, *, from_page: bool = False
    ) -> Arrival:
        """Keep the article of an entry, if there is one, in one transaction. Raises ``UnknownFeed``.

        Where the entry has led to another text before, the article is the newest version of that. So it is, where
        another feed or the user has an article of the same address, and this one is fuller; but only if the text was
        found at that address (``from_page``), or if that is of the feed's own site: anybody can name any address.
        """
        with self._database.writing() as connection:
            feed_url = connection.execute("SELECT url FROM feeds WHERE id = ?", (number,)).get
            if feed_url is None:
                raise UnknownFeed("This feed has been removed.")
            if article is None:
                connection.execute(
                    "INSERT INTO entries (feed_id, key, digest, own, authentic) VALUES (?, ?, ?, 0, 0) "
                    "ON CONFLICT DO UPDATE SET digest = excluded.digest",
                    (number, key, digest),
                )
                return Arrival.KNOWN
            authentic = article.url is not None and (from_page or same_site(str(feed_url), article.url))
            kept, arrival = keep_entry_article(connection, number, key, article, authentic=authentic)
            connection.execute(
                "INSERT OR REPLACE INTO entries (feed_id, key, digest, article_id, own, authentic) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (number, key, digest, kept, kept == article.id, authentic),
            )
        return arrival

    def lost(self, number: int, keys: Collection[str]) -> None:
        """Keep that some entries are no longer to be found. Their articles stay; others can be newer versions of them.

        An entry that is found again is looked at anew.
        """
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE entries SET own = 0, digest = '' WHERE feed_id = ? AND key IN (SELECT value FROM json_each(?))",
                (number, json.dumps(list(keys))),
            )

    def keeping_many(self) -> AbstractContextManager[None]:
        """Make a block fast in which entries are kept, and at last, by ``fetched``, what came with them.

        What a power cut took of them is fetched again then.
        """
        return self._database.not_waiting_for_the_disk()

    def feeds_of(self, article_ids: Collection[str]) -> dict[str, list[int]]:
        """Give the numbers of the feeds that have brought each of some articles, or a copy of it."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT DISTINCT article_id, feed_id FROM entries "
                "WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, feed_id",
                (json.dumps(list(article_ids)),),
            ).fetchall()
        feeds: dict[str, list[int]] = {}
        for article_id, number in rows:
            feeds.setdefault(article_id, []).append(number)
        return feeds

    def articles(self, number: int) -> list[tuple[ArticleSummary, bool]]:
        """List the articles of a feed, newest first, and whether they have been read."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(f"{SUMMARIES} {_OF_FEED} {NEWEST_FIRST}", (number,)).fetchall()
            return [(article_summary(row), is_read(connection, row[0])) for row in rows]


_FEEDS: Final = """
SELECT id, count(entries.article_id), count(entries.article_id) - coalesce(sum(read), 0),
    url, title, home, folder, categories, full_text, private,
    etag, last_modified, fetched_at, tried_at, retry_at, error, failures
FROM feeds LEFT JOIN (SELECT DISTINCT feed_id, article_id FROM entries) AS entries ON feed_id = id
LEFT JOIN reading_states USING (article_id)
GROUP BY id
"""

_ONLY_HERE: Final = """
SELECT DISTINCT article_id FROM entries WHERE feed_id = ?1 AND article_id IS NOT NULL
AND article_id NOT IN (SELECT article_id FROM entries WHERE feed_id <> ?1 AND article_id IS NOT NULL)
AND NOT EXISTS (
    SELECT 1 FROM articles AS version WHERE (version.id = article_id OR version.replaced_by = article_id)
    AND (NOT by_feed OR EXISTS (SELECT 1 FROM answers WHERE answers.article_id = version.id)
        OR EXISTS (SELECT 1 FROM reading_states WHERE reading_states.article_id = version.id AND starred)
        OR EXISTS (SELECT 1 FROM tags WHERE tags.article_id = version.id)
        OR EXISTS (SELECT 1 FROM highlights WHERE highlights.article_id = version.id))
)
"""

_OF_FEED: Final = "WHERE id IN (SELECT article_id FROM entries WHERE feed_id = ?)"

_COLUMNS: Final = (
    *("url", "title", "home", "folder", "categories", "full_text", "private"),
    *("etag", "last_modified", "fetched_at", "tried_at", "retry_at", "error", "failures"),
)


def all_feeds(connection: apsw.Connection) -> list[FeedSummary]:
    """List the feeds by folder and name, within a transaction of the caller."""
    rows: list[Any] = connection.execute(_FEEDS).fetchall()
    found = [_feed_summary(row) for row in rows]
    return sorted(found, key=lambda one: (one.feed.folder, one.feed.name.casefold(), one.number))


def _feed_summary(row: Any) -> FeedSummary:
    number, articles, unread, *values = row
    fields = dict(zip(_COLUMNS, values, strict=True))
    fields |= {name: json.loads(fields[name]) for name in ("folder", "categories")}
    return FeedSummary(number=number, feed=Feed.model_validate(fields), articles=articles, unread=unread)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
