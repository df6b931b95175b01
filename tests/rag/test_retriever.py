"""The retriever finds evidence in what the index holds, with a scripted embedder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from library.store import Store
from models.article import Article
from rag import retriever as retrieving
from rag.index_folder import IndexFolder
from rag.indexer import Indexer, passage_text
from rag.retriever import Retriever
from tests.rag.scripted_embedder import ScriptedEmbedder

BRIDGE = Article.build("Bridge closes", ["It rusted.", "The mayor was warned."], origin="bridge.txt")
FERRY = Article.build("Ferry runs again", ["It sails at noon."], origin="ferry.txt")


@dataclass
class Library:
    """Two articles, kept and indexed, and what finds paragraphs in them."""

    store: Store
    retriever: Retriever


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    SharedSystemClient.clear_system_cache()
    with Store.open(tmp_path / "library.db") as store, IndexFolder(tmp_path / "index") as folder:
        index, embedder = folder.open(), ScriptedEmbedder()
        for article in (BRIDGE, FERRY):
            store.add(article)
            Indexer(store, index, embedder).index(article)  # type: ignore[arg-type]
        yield Library(store, Retriever(store, index, embedder))  # type: ignore[arg-type]


def test_what_holds_the_words_of_a_question_and_means_the_same_stands_first(library: Library) -> None:
    assert library.retriever.matching("Who was warned?") == [(BRIDGE.id, 2)]
    found = library.retriever.evidence(passage_text(BRIDGE, 2), limit=2)
    assert (found[0].article_id, found[0].paragraph) == (BRIDGE.id, 2)
    library.store.remove(BRIDGE.id)
    assert library.retriever.matching("Who was warned?") == []


def test_of_more_articles_than_are_listed_the_best_are_found_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieving, "MOST_LISTED", 0)
    question = f"{passage_text(BRIDGE, 2)} {passage_text(FERRY, 1)}"
    found = library.retriever.evidence(question, [FERRY.id], limit=1)
    assert [(one.article_id, one.paragraph) for one in found] == [(FERRY.id, 1)]
    assert library.retriever.matching("Who was warned at noon?", [FERRY.id]) == [(FERRY.id, 1)]


def test_words_count_as_much_in_some_articles_as_in_the_whole_library(library: Library) -> None:
    question, both = "Who was warned?", [BRIDGE.id, FERRY.id]
    assert library.retriever.evidence(question, both) == library.retriever.evidence(question)
    assert library.retriever.in_article(question, BRIDGE) != library.retriever.evidence(question, [BRIDGE.id])
