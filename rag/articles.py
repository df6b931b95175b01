"""The articles of a store as an answer needs them: with their entities, their passages, and their vectors."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from entities.recognise import VERSION as ENTITIES_VERSION
from library.store import Store
from models.answer import Evidence
from models.article import Article
from models.entity import Entity
from models.filters import Filters
from rag.attribution import Similarity
from rag.engines import Engines
from rag.failures import NoSuchArticle
from rag.indexer import Indexer
from rag.passages import Passage, passages_of
from rag.retriever import Retriever


def remembered(similarity: Similarity) -> Similarity:
    """Give a similarity that is found once for each text: a sentence is checked by itself, and with the whole answer.

    The passages must be the same each time.
    """
    known: dict[str, npt.NDArray[np.float32]] = {}

    def recall(text: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
        if text not in known:
            known[text] = similarity(text, passages)
        return known[text]

    return recall


class Articles:
    """Gives articles, and what is known of them. What is found out is kept."""

    def __init__(self, engines: Engines, store: Store) -> None:
        self._engines = engines
        self._store = store
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._checked_index: str | None = None

    def article(self, article_id: str) -> Article:
        """Give an article of the store. Raises ``NoSuchArticle``."""
        article = self._store.article(article_id)
        if article is None:
            raise NoSuchArticle("This article is not in the library any more. Open it again.")
        return article

    def passing(self, filters: Filters) -> list[str]:
        """Give the ids of the articles that pass some filters. Raises ``NoSuchArticle`` where none does."""
        if found := self._store.passing(filters):
            return found
        raise NoSuchArticle("No article of your library is of these days and feeds and has these names and tags.")

    def still_there(self, article_ids: Iterable[str]) -> list[Article]:
        """Give those of some articles that the store holds."""
        found = map(self._store.article, article_ids)
        return [article for article in found if article is not None]

    def entities(self, article: Article) -> tuple[Entity, ...]:
        """Give the entities of an article: the kept ones, or else recognised and kept now."""
        kept = self._store.entities(article.id, ENTITIES_VERSION)
        if kept is not None:
            return kept
        found = self._engines.recogniser.recognise(article)
        self._store.keep_entities(article.id, ENTITIES_VERSION, found)
        return found

    def passages(self, article: Article) -> tuple[Passage, ...]:
        """Give the passages of an article, with whom they name."""
        if article.id not in self._passages:
            self._passages = {article.id: passages_of(article, self.entities(article))}
        return self._passages[article.id]

    def excerpts(self, evidence: Sequence[Evidence]) -> list[tuple[Article, list[Passage]]]:
        """Give passages by article, the best article first, each article's in the order of its text."""
        numbers: dict[str, list[int]] = {}
        for found in evidence:
            numbers.setdefault(found.article_id, []).append(found.paragraph)
        articles = [self.article(article_id) for article_id in numbers]
        passages = [passages_of(article, self.entities(article)) for article in articles]
        return [
            (article, [all_of_it[n - 1] for n in sorted(numbers[article.id])])
            for article, all_of_it in zip(articles, passages, strict=True)
        ]

    def similarity(self, text: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
        """Give the cosine similarity of a text to each of some passages."""
        ids = sorted({p.article_id for p in passages})
        count = sum(len(self.article(i).paragraphs) for i in ids)
        near = self._engines.index.nearest(self._engines.embedder.embed([text])[0], count, ids)
        return np.array([near.get((p.article_id, p.number), 0.0) for p in passages], dtype=np.float32)

    @property
    def retriever(self) -> Retriever:
        """What finds passages in them."""
        return Retriever(self._store, self._engines.index, self._engines.embedder)

    @property
    def indexer(self) -> Indexer:
        """What puts them into the vector index; one that was there before is checked first."""
        index = self._engines.index
        indexer = Indexer(self._store, index, self._engines.embedder)
        if index.lasting and index.name != self._checked_index:
            indexer.check()
            self._checked_index = index.name
        return indexer
