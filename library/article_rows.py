"""How an article stands in the tables: put in, listed, and replaced by a newer version of itself.

All of these work within the transaction of their caller.
"""

import json
from typing import Any, Final

import apsw

from library.highlights import drop_taken_over, take_over_highlights
from library.near_copies import keep_sketch
from library.tags import take_over_tags
from models.article import Article, ArticleSummary

SUMMARIES: Final = (
    "SELECT id, headline, published, origin, "
    "(SELECT count(*) FROM paragraphs WHERE article_id = articles.id) FROM articles"
)
"""Selects what ``article_summary`` reads. Without a condition on ``replaced_by``, that is older versions as well."""

NEWEST_FIRST: Final = "ORDER BY published DESC NULLS LAST, added_at DESC, id"


def insert_article(connection: apsw.Connection, article: Article, *, by_feed: bool) -> bool:
    """Put an article in, and into the full-text index. One that is there stays as it is: False then.

    If a newer version has replaced it, it is listed and found again from now on, beside that. What only feeds have
    brought has the notices that the last one gave it: its page may have been tried since.
    """
    connection.execute(
        "INSERT OR IGNORE INTO articles (id, headline, published, url, origin, byline, headings, notices, by_feed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.headline,
            article.published.isoformat() if article.published else None,
            article.url,
            article.origin,
            article.byline,
            json.dumps([(heading.before, heading.text) for heading in article.headings]),
            json.dumps(article.notices),
            by_feed,
        ),
    )
    if not connection.changes():
        connection.execute(
            "UPDATE articles SET replaced_by = NULL WHERE id = ? AND replaced_by IS NOT NULL", (article.id,)
        )
        if connection.changes():
            _index(connection, article.id)
        if by_feed:
            connection.execute(
                "UPDATE articles SET notices = ? WHERE id = ? AND by_feed", (json.dumps(article.notices), article.id)
            )
        return False
    connection.executemany(
        "INSERT INTO paragraphs (article_id, number, text) VALUES (?, ?, ?)",
        ((article.id, paragraph.number, paragraph.text) for paragraph in article.paragraphs),
    )
    _index(connection, article.id)
    keep_sketch(connection, article)
    return True


def delete_article(connection: apsw.Connection, article_id: str) -> None:
    """Take an article out, with its older versions and all that is known about them."""
    _unindex(connection, article_id)
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def replace_article(connection: apsw.Connection, old: str, new: str) -> None:
    """Let an article that was put in stand for another from now on, which becomes an older version of it.

    What the reader has done with that goes over to it; entries of feeds lead to it.
    """
    _unindex(connection, old)
    connection.execute("UPDATE articles SET replaced_by = ?1 WHERE id = ?2 OR replaced_by = ?2", (new, old))
    connection.execute("UPDATE entries SET article_id = ?, own = 0 WHERE article_id = ?", (new, old))
    connection.execute("UPDATE listed SET article_id = ? WHERE article_id = ?", (new, old))
    take_over_marks(connection, old, new)
    drop_taken_over(connection, new)
    # Should that version come back, it is read and tagged if it is marked so then.
    connection.execute("DELETE FROM reading_states WHERE article_id = ?", (old,))
    connection.execute("DELETE FROM tags WHERE article_id = ?", (old,))


def take_over_marks(connection: apsw.Connection, old: str, new: str) -> None:
    """Let an article be read, starred, put by, tagged and highlighted as far as another is."""
    connection.execute(
        "INSERT INTO reading_states (article_id, read, starred, later) "
        "SELECT ?, read, starred, later FROM reading_states WHERE article_id = ? "
        "ON CONFLICT (article_id) DO UPDATE SET read = max(read, excluded.read), "
        "starred = max(starred, excluded.starred), later = max(later, excluded.later)",
        (new, old),
    )
    take_over_tags(connection, old, new)
    take_over_highlights(connection, old, new)


def article_summary(row: Any) -> ArticleSummary:
    """Read a row of ``SUMMARIES``."""
    names = ("id", "headline", "published", "origin", "paragraphs")
    return ArticleSummary.model_validate(dict(zip(names, row, strict=True)))


# What is searchable is the newest version alone: an article is indexed after it has become that, and taken out of the
# index while it still is.


def _index(connection: apsw.Connection, article_id: str) -> None:
    connection.execute(
        "INSERT INTO full_text (rowid, headline, text) SELECT rowid, headline, text FROM searchable "
        "WHERE rowid IN (SELECT rowid FROM paragraphs WHERE article_id = ?)",
        (article_id,),
    )


def _unindex(connection: apsw.Connection, article_id: str) -> None:
    connection.execute(
        "INSERT INTO full_text (full_text, rowid, headline, text) "
        "SELECT 'delete', rowid, headline, text FROM searchable "
        "WHERE rowid IN (SELECT rowid FROM paragraphs WHERE article_id = ?)",
        (article_id,),
    )
