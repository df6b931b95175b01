"""Recognises the story of an entry: one that is here already, or a newer version of one, is not listed a second time.

All of these work within the transaction of their caller.
"""

import json
from enum import StrEnum
from typing import Any

import apsw

from library.article_rows import insert_article, replace_article, take_over_marks
from library.near_copies import copied_from
from models.article import Article


class Arrival(StrEnum):
    """What an entry of a feed has brought."""

    NEW = "new"
    UPDATED = "updated"
    KNOWN = "known"


def keep_entry_article(
    connection: apsw.Connection, number: int, key: str, article: Article, *, authentic: bool
) -> tuple[str, Arrival]:
    """Keep the article of an entry, and give that to which the entry leads: it, or a fuller one."""
    own = connection.execute("SELECT article_id FROM entries WHERE feed_id = ? AND key = ? AND own", (number, key)).get
    before = own or _elsewhere(connection, number, key, article)
    if (
        before is None
        and not _listed(connection, article.id)  # else it would take away what the reader has, or another feed
        and (whole := copied_from(connection, article, number)) is not None
    ):
        _insert(connection, article)
        replace_article(connection, article.id, whole)
        return whole, Arrival.KNOWN
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


def take_place_of_earlier_reading(connection: apsw.Connection, article: Article) -> None:
    """Let an article from a file stand for what was read from it when byline and headings were paragraphs still."""
    if not (article.byline or article.headings):
        return
    texts = {paragraph.text for paragraph in article.paragraphs}
    rows: list[Any] = connection.execute(
        "SELECT id, (SELECT json_group_array(text) FROM paragraphs WHERE article_id = id) FROM articles "
        "WHERE origin = ? AND headline = ? AND id <> ? AND replaced_by IS NULL AND NOT by_feed AND byline IS NULL "
        "AND headings = '[]' AND NOT EXISTS (SELECT 1 FROM entries WHERE article_id = id)",
        (article.origin, article.headline, article.id),
    ).fetchall()
    for earlier, its_texts in rows:
        if texts < set(json.loads(its_texts)):
            replace_article(connection, earlier, article.id)


def _listed(connection: apsw.Connection, article_id: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM articles WHERE id = ? AND replaced_by IS NULL", (article_id,)).get)


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
