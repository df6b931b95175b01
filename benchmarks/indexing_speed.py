"""How fast articles are indexed, beside ONNX Runtime alone on the same tokens in the same batches."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import onnxruntime

from benchmarks.made_up import made_up
from library.store import Store
from models.article import Article
from models.settings import Settings
from rag.embedder import Embedder, Feed
from rag.index_folder import IndexFolder
from rag.indexer import BATCH_PARAGRAPHS, Indexer, passage_text
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path

PARAGRAPHS: Final = 50
"""Of each made-up article: as many as a long one in the news."""

ARTICLES: Final = 4
"""That are indexed in a run: a batch of the indexer."""


@dataclass(frozen=True)
class IndexingSpeed:
    """Seconds a paragraph, one figure a run."""

    machine_s: list[float]
    own_s: list[float]


def indexing_speed(settings: Settings, *, runs: int) -> IndexingSpeed:
    """Index made-up articles, and run the embedder's model alone on the same. Raises ``ModelMissing``."""
    folder = model_path(settings, Purpose.EMBED)
    embedder = Embedder(folder, threads=settings.answer.threads)
    articles = [made_up(PARAGRAPHS, f"Port {n}") for n in range(ARTICLES)]
    feeds = _feeds(embedder, articles)
    session = bare_session(folder, threads=settings.answer.threads)
    machine, own = [], []
    for _ in range(runs):
        began = time.perf_counter()
        for feed in feeds:
            session.run(None, feed)
        machine.append((time.perf_counter() - began) / (PARAGRAPHS * ARTICLES))
        own.append(_indexed(embedder, articles) / (PARAGRAPHS * ARTICLES))
    return IndexingSpeed(machine, own)


def _indexed(embedder: Embedder, articles: Sequence[Article]) -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "library.db") as store,
        IndexFolder(Path(folder) / "index") as index,
    ):
        for article in articles:
            store.add(article)
        indexer = Indexer(store, index.open(), embedder)
        began = time.perf_counter()
        indexer.index_all(lambda *_: None)
        return time.perf_counter() - began


def bare_session(folder: Path, *, threads: int = 0) -> onnxruntime.InferenceSession:
    """Load the embedder's model into a session of ONNX Runtime that nothing else is set for."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def _feeds(embedder: Embedder, articles: Sequence[Article]) -> list[Feed]:
    """Give the runs that the articles are embedded in."""
    texts = [passage_text(article, paragraph.number) for article in articles for paragraph in article.paragraphs]
    together = [texts[begin : begin + BATCH_PARAGRAPHS] for begin in range(0, len(texts), BATCH_PARAGRAPHS)]
    return [feed for some in together for _, feed in embedder.batches(some)]
