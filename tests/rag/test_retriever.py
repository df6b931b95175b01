"""The retriever keeps the index in step with the library, with a scripted embedder."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from library.store import Store
from models.article import Article
from rag.embedder import DIMENSIONS, Vectors
from rag.index import VectorIndex
from rag.retriever import Retriever

BRIDGE = Article.build("Bridge closes", ["It rusted.", "The mayor was warned."], origin="bridge.txt")
FERRY = Article.build("Ferry runs again", ["It sails at noon."], origin="ferry.txt")
EMPTY = Article.build("Nothing to say", [], origin="empty.txt")


class ScriptedEmbedder:
    """Gives every text the same vector, and counts them."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return np.full((len(texts), DIMENSIONS), DIMENSIONS**-0.5, dtype=np.float32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        for article in (BRIDGE, FERRY, EMPTY):
            opened.add(article)
        yield opened


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    SharedSystemClient.clear_system_cache()
    with VectorIndex.open(tmp_path / "index") as opened:
        yield opened


def retriever(store: Store, index: VectorIndex) -> tuple[Retriever, ScriptedEmbedder]:
    embedder = ScriptedEmbedder()
    return Retriever(store, index, embedder), embedder  # type: ignore[arg-type]


def index_all(retriever: Retriever) -> None:
    retriever.index_all(lambda _, __: None)


def test_every_article_is_indexed_once(store: Store, index: VectorIndex) -> None:
    finds, embedder = retriever(store, index)
    index_all(finds)
    index_all(finds)
    assert len(embedder.texts) == 3
    assert index.paragraphs() == {(BRIDGE.id, 1), (BRIDGE.id, 2), (FERRY.id, 1)}


def test_an_article_that_is_gone_from_the_library_is_found_no_more(store: Store, index: VectorIndex) -> None:
    finds, _ = retriever(store, index)
    index_all(finds)
    store.remove(BRIDGE.id)
    index_all(finds)
    assert {found.article_id for found in finds.evidence("Why did it rust?")} == {FERRY.id}


def test_an_article_that_is_there_in_part_is_completed(store: Store, index: VectorIndex) -> None:
    finds, embedder = retriever(store, index)
    index.add(BRIDGE.id, [1], embedder.embed(["It rusted."]))
    index_all(finds)
    assert index.holds(BRIDGE.id, 2)
