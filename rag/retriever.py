"""The retriever: which paragraphs bear on a question, by words (BM25) and by meaning (vectors)."""

from collections.abc import Collection
from typing import Final

from library.store import Store
from models.answer import Evidence
from models.article import Article
from rag.embedder import Embedder
from rag.index import Key, VectorIndex
from rag.words import content_words

BM25_WEIGHT: Final = 0.3
"""Share of the words in the fused score within an article; the rest is the vectors'. Measured in docs/quality.md."""

LIBRARY_BM25_WEIGHT: Final = 0.5
"""The same over a whole library: there, names and numbers tell stories apart that are alike in meaning."""

CANDIDATES: Final = 200
"""Paragraphs that each of the two searches contributes in a library."""


def fuse(bm25: dict[Key, float], dense: dict[Key, float], bm25_weight: float) -> dict[Key, float]:
    """Join two rankings into one score in [0, 1]: a weighted sum, each ranking scaled to its own best and worst."""
    words, meaning = _scaled(bm25, floor=0.0), _scaled(dense, floor=min(dense.values(), default=0.0))
    return {
        key: bm25_weight * words.get(key, 0.0) + (1 - bm25_weight) * meaning.get(key, 0.0) for key in words | meaning
    }


def _scaled(scores: dict[Key, float], *, floor: float) -> dict[Key, float]:
    best = max(scores.values(), default=0.0)
    if best <= floor:
        return dict.fromkeys(scores, 0.0)
    return {key: max(0.0, score - floor) / (best - floor) for key, score in scores.items()}


OTHERS: Final = 4
"""Times as many paragraphs are asked for where some are left out: an index that is shared has others' articles, too."""

MOST_LISTED: Final = 1000
"""Articles of which the index is asked one by one. Of more, those are taken that it finds in the whole library."""


class Retriever:
    """Finds evidence in one article or in the whole library, as far as the index holds them."""

    def __init__(self, store: Store, index: VectorIndex, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder

    def matching(self, question: str, article_ids: Collection[str] | None = None) -> list[Key]:
        """Give the paragraphs that hold words of a question, best first; of some articles, or of all."""
        matches = self._store.match_paragraphs(content_words(question), article_ids, CANDIDATES)
        return [(match.article_id, match.paragraph) for match in matches]

    def in_article(self, question: str, article: Article) -> tuple[Evidence, ...]:
        """Give the paragraphs of an article, those first that bear most on a question."""
        return self._evidence(question, [article.id], len(article.paragraphs), BM25_WEIGHT)

    def evidence(
        self, question: str, article_ids: Collection[str] | None = None, limit: int = CANDIDATES
    ) -> tuple[Evidence, ...]:
        """Give the paragraphs of the library that bear most on a question, best first; of some articles, or of all."""
        return self._evidence(question, article_ids, limit, LIBRARY_BM25_WEIGHT)

    def _evidence(
        self, question: str, article_ids: Collection[str] | None, limit: int, weight: float
    ) -> tuple[Evidence, ...]:
        matches = self._store.match_paragraphs(content_words(question), article_ids, limit)
        dense = self._nearest(question, limit, article_ids)
        fused = fuse({(m.article_id, m.paragraph): m.bm25 for m in matches}, dense, weight)
        ranked = sorted(fused.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Evidence(article_id=article_id, paragraph=paragraph, score=round(score, 4))
            for (article_id, paragraph), score in ranked[:limit]
        )

    def _nearest(self, question: str, limit: int, article_ids: Collection[str] | None) -> dict[Key, float]:
        vector = self._embedder.embed([question])[0]
        listed = article_ids is not None and len(article_ids) <= MOST_LISTED
        if listed or (article_ids is None and not self._index.shared):
            return self._index.nearest(vector, limit, article_ids)
        found = self._index.nearest(vector, limit * OTHERS, None)
        wanted = self._store.still_there({article_id for article_id, _ in found})
        if article_ids is not None:
            wanted &= frozenset(article_ids)
        return {key: score for key, score in found.items() if key[0] in wanted}
