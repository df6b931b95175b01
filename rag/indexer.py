"""Keeps the vector index in step with the library: what is missing is embedded, what is gone is taken out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from library.index_record import Indexed
from library.store import Store
from models.article import Article
from rag.embedder import Embedder
from rag.failures import IndexFailed
from rag.index import Key, VectorIndex

BATCH_PARAGRAPHS: Final = 200
"""Paragraphs that are embedded and kept together, less than a second's work. Chroma takes more of them a second than
with one article at a time."""

SAMPLE: Final = 20
"""Paragraphs looked for in an index that was there before. Of one that has lost a tenth, nine in ten are found out."""

ITSELF: Final = 0.9
"""Cosine of a paragraph's vector and the kept one, at the least: it varies a little with what is embedded beside it."""


def passage_text(article: Article, number: int) -> str:
    """Give a paragraph as it is embedded: a paragraph of news does not stand alone, its headline and date help."""
    when = f" ({article.published:%d %B %Y})" if article.published else ""
    return f"{article.headline}{when}. {article.text(number)}"


class Indexer:
    """Puts articles into the vector index. All methods raise ``IndexFailed`` and ``StoreUnusable``."""

    def __init__(self, store: Store, index: VectorIndex, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder

    def index(self, article: Article) -> None:
        """Put an article into the index unless it is there."""
        self._add({article.id: article}, [(article.id, p.number) for p in article.paragraphs])
        self._record([article])

    def index_paragraphs(self, paragraphs: Iterable[Key]) -> None:
        """Put some paragraphs into the index unless they are there; those of articles that are gone are passed over."""
        paragraphs = list(paragraphs)
        found = map(self._store.article, {article_id for article_id, _ in paragraphs})
        articles = {article.id: article for article in found if article is not None}
        self._add(articles, [key for key in paragraphs if key[0] in articles])

    def index_all(self, on_progress: Callable[[int, int], None]) -> None:
        """Have the index hold every article of the library as a whole, and none that is gone from it.

        From a shared one, nothing is taken: another library may have it. ``on_progress(done, total)`` counts articles.
        Whatever ends it, the next one goes on from there.
        """
        for gone in [] if self._index.shared else self._store.indexed.gone(self._index.name):
            self._index.remove(gone)
            self._store.indexed.forget(self._index.name, gone)
        missing = self._store.indexed.missing(self._index.name)
        done = 0
        for batch in self._batches(missing):
            on_progress(done, len(missing))
            keys = [(article.id, p.number) for article in batch for p in article.paragraphs]
            self._add({article.id: article for article in batch}, keys)
            self._record(batch)
            done += len(batch)

    def check(self) -> None:
        """Compare the index with what is recorded of it, and correct that. Raises ``IndexFailed`` where it is damaged.

        A power cut can take what Chroma was given last. Where its vectors are lost, it does not say so: it finds
        others. From a shared index, somebody else may have taken them.
        """
        recorded = self._store.indexed
        if not self._index.shared and self._index.count() != recorded.paragraphs(self._index.name):
            self._record_anew()
        some = [
            (self._store.article(one.article_id), one.paragraphs) for one in recorded.some(self._index.name, SAMPLE)
        ]
        texts = [passage_text(article, number) for article, number in some if article is not None]
        for vector in self._embedder.embed(texts):
            if max(self._index.nearest(vector, 1).values(), default=0.0) >= ITSELF:
                continue
            if not self._index.shared:
                raise IndexFailed("a paragraph that is recorded is not found by its own text")
            recorded.forget(self._index.name)
            return

    def _record_anew(self) -> None:
        present: dict[str, int] = {}
        for article_id, _ in self._index.paragraphs():
            present[article_id] = present.get(article_id, 0) + 1
        lengths = {summary.id: summary.paragraphs for summary in self._store.articles()}
        whole = [Indexed(*one) for one in present.items() if one[1] == lengths.get(one[0], one[1])]
        self._store.indexed.forget(self._index.name)
        self._store.indexed.keep(self._index.name, whole)

    def _batches(self, article_ids: Iterable[str]) -> Iterator[list[Article]]:
        """Give articles, some at a time: as many as have ``BATCH_PARAGRAPHS`` together."""
        batch: list[Article] = []
        for article_id in article_ids:
            if article := self._store.article(article_id):
                batch.append(article)
            if sum(len(article.paragraphs) for article in batch) >= BATCH_PARAGRAPHS:
                yield batch
                batch = []
        if batch:
            yield batch

    def _add(self, articles: Mapping[str, Article], paragraphs: Sequence[Key]) -> None:
        if missing := self._index.lacks(paragraphs):
            texts = [passage_text(articles[article_id], number) for article_id, number in missing]
            self._index.add(missing, self._embedder.embed(texts))

    def _record(self, articles: Iterable[Article]) -> None:
        if self._index.lasting:
            self._store.indexed.keep(
                self._index.name, [Indexed(a.id, len(a.paragraphs)) for a in articles if a.paragraphs]
            )
