"""Keeps feeds, and which article came from which entry of them."""

import json
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import apsw

from library.article_rows import (
    NEWEST_FIRST,
    SUMMARIES,
    article_summary,
    delete_article,
    insert_article,
    replace_article,
    take_over_marks,
)
from library.database import Database
from library.fetching.hosts import door_of, same_site
from library.reading_state import is_read
from models.article import Article, ArticleSummary
from models.feed import Feed, FeedSummary


class UnknownFeed(LookupError):
    """Something was to be kept about a feed that the user has removed meanwhile."""


class Arrival(StrEnum):
    """What an entry of a feed has brought."""

    NEW = "new"
    UPDATED = "updated"
    KNOWN = "known"


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
        of the feed has replaced it; so does what was asked about.
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
                "last_modified = ?5, fetched_at = ?6, retry_at = NULL, error = NULL WHERE id = ?1",
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
                "UPDATE feeds SET fetched_at = ?, retry_at = NULL, error = NULL WHERE id = ?", (_now(), number)
            )

    def failed(self, number: int, error: str, retry_at: datetime | None = None) -> None:
        """Keep why a feed could not be had."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET error = ?, retry_at = ? WHERE id = ?",
                (error, retry_at.isoformat() if retry_at else None, number),
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
            kept, arrival = _keep(connection, number, key, article, authentic=authentic)
            connection.execute(
                "INSERT OR REPLACE INTO entries (feed_id, key, digest, article_id, own, authentic) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (number, key, digest, kept, kept == article.id, authentic),
            )
        return arrival

    def keeping_many(self) -> AbstractContextManager[None]:
        """Make a block fast in which entries are kept, and at last, by ``fetched``, what came with them.

        What a power cut took of them is fetched again then.
        """
        return self._database.not_waiting_for_the_disk()

    def articles(self, number: int) -> list[tuple[ArticleSummary, bool]]:
        """List the articles of a feed, newest first, and whether they have been read."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(f"{SUMMARIES} {_OF_FEED} {NEWEST_FIRST}", (number,)).fetchall()
            return [(article_summary(row), is_read(connection, row[0])) for row in rows]


_FEEDS: Final = """
SELECT id, count(entries.article_id), count(entries.article_id) - coalesce(sum(read), 0),
    url, title, home, folder, categories, full_text, private, etag, last_modified, fetched_at, retry_at, error
FROM feeds LEFT JOIN (SELECT DISTINCT feed_id, article_id FROM entries) AS entries ON feed_id = id
LEFT JOIN reading_states USING (article_id)
GROUP BY id
"""

_ONLY_HERE: Final = """
SELECT DISTINCT article_id FROM entries WHERE feed_id = ?1 AND article_id IS NOT NULL
AND article_id NOT IN (SELECT article_id FROM entries WHERE feed_id <> ?1 AND article_id IS NOT NULL)
AND NOT EXISTS (
    SELECT 1 FROM articles AS version WHERE (version.id = article_id OR version.replaced_by = article_id)
    AND (NOT by_feed OR EXISTS (SELECT 1 FROM answers WHERE answers.article_id = version.id))
)
"""

_OF_FEED: Final = "WHERE id IN (SELECT article_id FROM entries WHERE feed_id = ?)"

_COLUMNS: Final = (
    *("url", "title", "home", "folder", "categories", "full_text", "private"),
    *("etag", "last_modified", "fetched_at", "retry_at", "error"),
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


def _keep(
    connection: apsw.Connection, number: int, key: str, article: Article, *, authentic: bool
) -> tuple[str, Arrival]:
    """Keep the article of an entry, and give that to which the entry leads: it, or a fuller one."""
    own = connection.execute("SELECT article_id FROM entries WHERE feed_id = ? AND key = ? AND own", (number, key)).get
    before = own or _elsewhere(connection, number, key, article)
    if before is None or before == article.id:
        return article.id, _insert(connection, article)
    if own:
        _insert(connection, article)
        _take_over(connection, number, key, before, article, authentic=authentic)
        return article.id, Arrival.UPDATED
    fuller = _fuller(connection, article, before)
    if not fuller and (_authentic(connection, before) or not authentic):
        return before, Arrival.KNOWN
    if fuller and authentic:
        _insert(connection, article)
        replace_article(connection, before, article.id)
        return article.id, Arrival.UPDATED
    return article.id, _insert(connection, article)


def _insert(connection: apsw.Connection, article: Article) -> Arrival:
    return Arrival.NEW if insert_article(connection, article, by_feed=True) else Arrival.KNOWN


def _take_over(
    connection: apsw.Connection, number: int, key: str, old: str, article: Article, *, authentic: bool
) -> None:
    """Make an article the newest version of the text that its entry has led to before.

    That stays beside it if it is the story of another entry, too, or the user's.
    """
    row: Any = connection.execute(
        "SELECT by_feed, EXISTS (SELECT 1 FROM entries WHERE article_id = id AND own AND (feed_id, key) <> (?, ?)) "
        "FROM articles WHERE id = ?",
        (number, key, old),
    ).fetchone()
    by_feed, shared = row
    if shared or not (by_feed or authentic):
        take_over_marks(connection, old, article.id)
    else:
        replace_article(connection, old, article.id)


def _elsewhere(connection: apsw.Connection, number: int, key: str, article: Article) -> str | None:
    """Find the one article that has the same address, unless it is of another entry of the same feed.

    Feeds whose entries all have the address of the front page are not so rare.
    """
    if article.url is None:
        return None
    rows: list[Any] = connection.execute(
        "SELECT id, EXISTS (SELECT 1 FROM entries WHERE article_id = id AND feed_id = ? AND key <> ?) FROM articles "
        "WHERE url = ? AND replaced_by IS NULL LIMIT 2",
        (number, key, article.url),
    ).fetchall()
    return str(rows[0][0]) if len(rows) == 1 and not rows[0][1] else None


def _authentic(connection: apsw.Connection, article_id: str) -> bool:
    """Tell whether an article is what its address says, as far as we know: then it can stand for shorter ones."""
    return bool(
        connection.execute(
            "SELECT NOT by_feed OR EXISTS (SELECT 1 FROM entries WHERE article_id = id AND own AND authentic) "
            "FROM articles WHERE id = ?",
            (article_id,),
        ).get
    )


def _fuller(connection: apsw.Connection, article: Article, other: str) -> bool:
    length = connection.execute("SELECT sum(length(text)) FROM paragraphs WHERE article_id = ?", (other,)).get
    return sum(len(paragraph.text) for paragraph in article.paragraphs) > int(length or 0)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
