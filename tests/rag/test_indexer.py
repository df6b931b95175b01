"""The indexer keeps the index in step with the library, with a scripted embedder."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from library.store import Store
from models.article import Article
from rag.failures import IndexFailed
from rag.index import VectorIndex
from rag.index_folder import IndexFolder
from rag.indexer import Indexer
from tests.rag.scripted_embedder import ScriptedEmbedder

BRIDGE = Article.build("Bridge closes", ["It rusted.", "The mayor was warned."], origin="bridge.txt")
FERRY = Article.build("Ferry runs again", ["It sails at noon."], origin="ferry.txt")
EMPTY = Article.build("Nothing to say", [], origin="empty.txt")
ALL = {(BRIDGE.id, 1), (BRIDGE.id, 2), (FERRY.id, 1)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        for article in (BRIDGE, FERRY, EMPTY):
            opened.add(article)
        yield opened


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    SharedSystemClient.clear_system_cache()
    with IndexFolder(tmp_path / "index") as folder:
        yield folder.open()


@pytest.fixture
def embedder() -> ScriptedEmbedder:
    return ScriptedEmbedder()


@pytest.fixture
def indexer(store: Store, index: VectorIndex, embedder: ScriptedEmbedder) -> Indexer:
    return Indexer(store, index, embedder)  # type: ignore[arg-type]


def index_all(indexer: Indexer) -> list[tuple[int, int]]:
    seen: list[tuple[int, int]] = []
    indexer.index_all(lambda done, total: seen.append((done, total)))
    return seen


def test_every_article_is_indexed_once(indexer: Indexer, index: VectorIndex, embedder: ScriptedEmbedder) -> None:
    assert index_all(indexer) == [(0, 2)]
    assert index_all(indexer) == []
    indexer.index(BRIDGE)
    assert len(embedder.texts) == 3
    assert index.paragraphs() == ALL


def test_it_goes_on_from_where_it_was_ended(
    indexer: Indexer, index: VectorIndex, embedder: ScriptedEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.indexer.BATCH_PARAGRAPHS", 1)

    def end(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexer.index_all(end)
    there = index.paragraphs()
    assert there
    assert there != ALL
    index_all(indexer)
    assert index.paragraphs() == ALL
    assert len(embedder.texts) == 3


def test_an_article_that_is_gone_from_the_library_leaves_the_index(
    store: Store, indexer: Indexer, index: VectorIndex
) -> None:
    index_all(indexer)
    store.remove(BRIDGE.id)
    index_all(indexer)
    assert index.paragraphs() == {(FERRY.id, 1)}


def test_an_article_that_is_there_in_part_is_completed(
    indexer: Indexer, index: VectorIndex, embedder: ScriptedEmbedder
) -> None:
    indexer.index_paragraphs([(BRIDGE.id, 2), ("gone", 1)])
    index_all(indexer)
    assert index.paragraphs() == ALL
    assert len(embedder.texts) == 3


def test_an_index_made_anew_is_filled_anew(
    store: Store, indexer: Indexer, embedder: ScriptedEmbedder, tmp_path: Path
) -> None:
    index_all(indexer)
    with IndexFolder(tmp_path / "another") as folder:
        another = folder.open()
        index_all(Indexer(store, another, embedder))  # type: ignore[arg-type]
        assert another.paragraphs() == ALL


def test_rows_that_a_power_cut_took_are_noticed_and_indexed_again(
    indexer: Indexer, index: VectorIndex, embedder: ScriptedEmbedder
) -> None:
    index_all(indexer)
    index.remove(BRIDGE.id)
    indexer.check()
    index_all(indexer)
    assert index.paragraphs() == ALL
    assert len(embedder.texts) == 6, "three, a sample, and the two again"


def test_an_index_without_a_record_is_taken_as_it_is(
    store: Store, indexer: Indexer, index: VectorIndex, embedder: ScriptedEmbedder
) -> None:
    index_all(indexer)
    store.indexed.forget(index.name)
    indexer.check()
    index_all(indexer)
    assert len([text for text in embedder.texts if "noon" in text]) == 2, "once indexed, and once as the sample"


def test_an_index_whose_vectors_are_not_those_of_its_texts_is_found_out(indexer: Indexer, index: VectorIndex) -> None:
    index_all(indexer)
    indexer.check()
    index.add(sorted(ALL), np.random.default_rng(0).normal(size=(3, 384)).astype(np.float32))
    with pytest.raises(IndexFailed, match="not found by its own text"):
        indexer.check()


def test_an_index_in_memory_is_not_recorded(store: Store, embedder: ScriptedEmbedder) -> None:
    passing = VectorIndex.in_memory()
    Indexer(store, passing, embedder).index(BRIDGE)  # type: ignore[arg-type]
    assert passing.count() >= 2
    assert store.indexed.paragraphs(passing.name) == 0
