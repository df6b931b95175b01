"""How fast articles are indexed, beside ONNX Runtime alone on the same tokens in the same batches."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from benchmarks.made_up import made_up
from library.store import Store
from models.article import Article
from models.settings import Settings
from rag.embedder import BATCH_TEXTS, MAX_TOKENS, Embedder
from rag.index_folder import IndexFolder
from rag.indexer import BATCH_PARAGRAPHS, Indexer, passage_text
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path

PARAGRAPHS: Final = 50
"""Of each made-up article: as many as a long one in the news."""

ARTICLES: Final = 8
"""That are indexed in a run: two batches of the indexer."""


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
    feeds = list(_feeds(folder, articles))
    session = _session(folder, settings.answer.threads)
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


def _session(folder: Path, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def _feeds(folder: Path, articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
    """Give the batches as the embedder makes them: those of like length together, padded to the longest."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    texts = [passage_text(article, paragraph.number) for article in articles for paragraph in article.paragraphs]
    for begin in range(0, len(texts), BATCH_PARAGRAPHS):
        together = sorted(texts[begin : begin + BATCH_PARAGRAPHS], key=len)
        for first in range(0, len(together), BATCH_TEXTS):
            encodings = tokenizer.encode_batch(together[first : first + BATCH_TEXTS])
            mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
            ids = np.array([e.ids for e in encodings], dtype=np.int64)
            yield {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
