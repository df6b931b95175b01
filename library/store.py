"""Keeps articles, what is known about them, and what was asked: an SQLite database with full-text search."""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import apsw
from pydantic import TypeAdapter

from library.article_rows import NEWEST_FIRST, SUMMARIES, article_summary, delete_article, insert_article
from library.bm25 import ParagraphMatch, rank_paragraphs
from library.briefs import Briefs
from library.database import Database, if_it_can_be_kept
from library.database import StoreUnusable as StoreUnusable
from library.feed_store import FeedStore
from library.highlights import Highlights
from library.index_record import IndexRecord
from library.listings import Listings
from library.numbering import Numbering
from library.query import read_query
from library.reading_state import ReadingStates
from library.same_story import take_place_of_earlier_reading
from library.saved_searches import SavedSearches
from library.search import NO_FILTERS, Filters, SearchHit, count, passing, search
from library.tags import Tags
from models.answer import Answer
from models.article import Article, ArticleSummary
from models.entity import Entity, EntityType
from models.question import Question, Task

_ENTITIES: Final = TypeAdapter(tuple[Entity, ...])


class UnknownArticle(LookupError):
    """Something was to be kept about an article that the store does not hold (any more)."""


class KeptAnswer(NamedTuple):
    """A question that was asked, its answer, and when (UTC)."""

    question: Question
    answer: Answer
    asked_at: datetime


class Store:
    """The library on disk. Several processes may have it open; within one, use it from one thread at a time.

    Every method raises ``StoreUnusable`` where the database fails it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.feeds = FeedStore(self._database)
        self.states = ReadingStates(self._database)
        self.tags = Tags(self._database)
        self.highlights = Highlights(self._database)
        self.listings = Listings(self._database)
        self.searches = SavedSearches(self._database)
        self.numbering = Numbering(self._database)
        self.briefs = Briefs(self._database)
        self.indexed = IndexRecord(self._database)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the database of ``path``; create it, or bring it up to date, where that is needed."""
        return cls(Database.open(path))

    @property
    def read_only(self) -> bool:
        """Whether it can be read, and nothing can be kept in it. What reading leaves behind is dropped then."""
        return self._database.read_only

    def close(self) -> None:
        """Close the database. What was kept before is on disk in any case."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- articles ---

    def add(self, article: Article, *, by_hand: bool = False) -> None:
        """Keep an article; one that is here already stays as it is, but is listed even if it is an older version.

        ``by_hand``: the user has asked for it to be kept. It does not go with a feed that has it, too.
        """
        if self.read_only and not by_hand and self.article(article.id) is not None:
            return
        with self._database.writing() as connection:
            if insert_article(connection, article, by_feed=False):
                take_place_of_earlier_reading(connection, article)
            if by_hand:
                connection.execute("UPDATE articles SET by_feed = 0 WHERE id = ?", (article.id,))

    def article(self, article_id: str) -> Article | None:
        """Give an article back as it was added."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT headline, published, url, origin, byline, headings, notices FROM articles WHERE id = ?",
                (article_id,),
            ).get
            if row is None:
                return None
            paragraphs = connection.execute(
                "SELECT number, text FROM paragraphs WHERE article_id = ? ORDER BY number", (article_id,)
            ).fetchall()
        headline, published, url, origin, byline, headings, notices = row
        return Article.model_validate(
            {
                "id": article_id,
                "headline": headline,
                "published": published,
                "url": url,
                "origin": origin,
                "paragraphs": [{"number": number, "text": text} for number, text in paragraphs],
                "byline": byline,
                "headings": [{"before": before, "text": text} for before, text in json.loads(headings)],
                "notices": json.loads(notices),
            }
        )

    def articles(self) -> list[ArticleSummary]:
        """List the newest versions, newest first; those without a date follow, the last added first."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(f"{SUMMARIES} WHERE replaced_by IS NULL {NEWEST_FIRST}").fetchall()
        return [article_summary(row) for row in rows]

    def still_there(self, article_ids: Collection[str]) -> set[str]:
        """Give those of some articles that are here in their newest version."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND replaced_by IS NULL",
                (json.dumps(list(article_ids)),),
            ).fetchall()
        return {str(article_id) for (article_id,) in rows}

    def remove(self, article_id: str) -> None:
        """Forget an article, its older versions, its entities and its answers."""
        with self._database.writing() as connection:
            delete_article(connection, article_id)

    # --- full text ---

    def match_paragraphs(
        self, terms: Sequence[str], article_ids: Collection[str] | None, limit: int
    ) -> list[ParagraphMatch]:
        """Find the paragraphs that hold any word of ``terms``, best first: of these articles, or of all where None.

        Words match by their stem, without accents or case. Nothing in a term is syntax. Words that say nothing ("the")
        are the caller's to leave out.
        """
        with self._database.reading() as connection:
            return rank_paragraphs(connection, terms, article_ids, limit)

    def search(self, query: str, limit: int, filters: Filters = NO_FILTERS) -> list[SearchHit]:
        """Find articles for a person: each with a paragraph that holds all words of ``query``, best first.

        ``library.query`` says what may stand in a query.
        """
        with self._database.reading() as connection:
            return search(connection, read_query(query), filters, limit)

    def count(self, query: str, filters: Filters = NO_FILTERS) -> int | None:
        """Count the articles that ``search`` would find; None where that takes long."""
        with self._database.reading() as connection:
            return count(connection, read_query(query), filters)

    def passing(self, filters: Filters) -> list[str]:
        """Give the ids of the articles that pass some filters, newest first."""
        with self._database.reading() as connection:
            return passing(connection, filters)

    # --- what is known about articles ---

    def entities(self, article_id: str, version: str) -> tuple[Entity, ...] | None:
        """Give the entities of an article, if this ``version`` of what recognises them has been over it."""
        with self._database.reading() as connection:
            kept = connection.execute(
                "SELECT entities FROM entities WHERE article_id = ? AND version = ?", (article_id, version)
            ).get
        return None if kept is None else _ENTITIES.validate_json(kept)

    @if_it_can_be_kept
    def keep_entities(self, article_id: str, version: str, entities: Sequence[Entity]) -> None:
        """Keep the entities of an article in place of earlier ones. Raises ``UnknownArticle``."""
        kept = _ENTITIES.dump_json(tuple(entities)).decode()
        with self._writing_about_article() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO entities (article_id, version, entities) VALUES (?, ?, ?)",
                (article_id, version, kept),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO entity_names (article_id, type, name) VALUES (?, ?, ?)",
                ((article_id, entity.type, name) for entity in entities for name in _identifying_names(entity)),
            )

    def other_articles(self, entity: Entity, article_id: str, limit: int) -> list[ArticleSummary]:
        """List the articles that an entity of ``article_id`` is in besides, newest first.

        Known are those whose entities were kept under the same version as those of ``article_id``. The same entity has
        the same type, and shares a name of two words or more, or its main name: a surname alone may be anybody's.
        """
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                f"{SUMMARIES} {_OTHERS_WITH_ENTITY} {NEWEST_FIRST} LIMIT ?4",
                (article_id, entity.type, json.dumps(sorted(_identifying_names(entity))), limit),
            ).fetchall()
        return [article_summary(row) for row in rows]

    @if_it_can_be_kept
    def keep_answer(self, question: Question, answer: Answer) -> None:
        """Keep an answer with the article that was asked about, or with the library. Raises ``UnknownArticle``.

        An article has one summary, the last.
        """
        with self._writing_about_article() as connection:
            if question.task is Task.SUMMARY:
                connection.execute(
                    "DELETE FROM answers WHERE article_id = ? AND task = ?", (question.article_id, Task.SUMMARY)
                )
            connection.execute(
                "INSERT INTO answers (article_id, question, task, answer) VALUES (?, ?, ?, ?)",
                (question.article_id, question.text, question.task, answer.model_dump_json()),
            )

    def answers(self, article_id: str | None) -> list[KeptAnswer]:
        """Give the questions asked about an article, or about the library where None, in the order asked."""
        with self._database.reading() as connection:
            rows: list[Any] = connection.execute(
                "SELECT question, task, answer, asked_at FROM answers WHERE article_id IS ? ORDER BY id", (article_id,)
            ).fetchall()
        return [
            KeptAnswer(
                Question(text=question, article_id=article_id, task=Task(task)),
                Answer.model_validate_json(answer),
                datetime.fromisoformat(asked_at),
            )
            for question, task, answer, asked_at in rows
        ]

    @contextmanager
    def _writing_about_article(self) -> Iterator[apsw.Connection]:
        """Change all or nothing. Raises ``UnknownArticle`` where the article is not there."""
        with self._database.writing() as connection:
            try:
                yield connection
            except apsw.ConstraintError as error:
                raise UnknownArticle("The library does not hold this article any more.") from error


_OTHERS_WITH_ENTITY: Final = (
    "WHERE id <> ?1 AND replaced_by IS NULL AND id IN "
    "(SELECT article_id FROM entity_names JOIN entities USING (article_id) "
    "WHERE type = ?2 AND name IN (SELECT value FROM json_each(?3)) "
    "AND version = (SELECT version FROM entities WHERE article_id = ?1))"
)


def _identifying_names(entity: Entity) -> set[str]:
    """Give the names by which an entity is known again elsewhere; nobody is by "a campaign official"."""
    if entity.type is EntityType.SPEAKER:
        return set()
    return {entity.name.casefold(), *(alias.casefold() for alias in entity.aliases if " " in alias)}
