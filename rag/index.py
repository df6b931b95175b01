"""The vector index: paragraphs by the meaning of their text, in Chroma.

It holds vectors alone; the texts stay in the library's database, from which the index can be rebuilt at any time.
``rag.index_folder`` opens the one on disk.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Self

import chromadb
import chromadb.config
import numpy as np
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError

from rag.embedder import VERSION, Vectors
from rag.failures import IndexFailed
from rag.stop_flag import Stopped

COLLECTION: Final = "paragraphs-" + VERSION.replace("/", "-")
"""Vectors of another embedder stand in a collection of their own and are never compared with ours."""

ADD_ROWS: Final = 1000
"""Rows in one call of Chroma, well under its own limit of 5,461."""


Key = tuple[str, int]
"""An article's id and a paragraph's number."""


def quiet() -> chromadb.config.Settings:
    """Give Chroma's settings, with nothing told to its makers."""
    return chromadb.config.Settings(anonymized_telemetry=False)


class VectorIndex:
    """Paragraph vectors by article. All methods raise ``IndexFailed``; where it is on a server, ``Stopped``, too."""

    def __init__(self, client: ClientAPI, *, lasting: bool = True, shared: bool = False) -> None:
        self.lasting = lasting
        """Whether what is added outlasts the process."""
        self.shared = shared
        """Whether other libraries have their paragraphs here, too."""
        self._failing = failing_on_server if shared else failing
        with self._failing():
            self._collection = client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,  # the default one downloads a model
                configuration={"hnsw": {"space": "cosine"}},
            )
            self._collection.count()  # loads the vectors, as creating the client does not

    @classmethod
    def in_memory(cls) -> Self:
        """Make an index that lasts as long as the process, for a newsreader that can't have the real one."""
        return cls(chromadb.EphemeralClient(settings=quiet()), lasting=False)

    @property
    def name(self) -> str:
        """What tells this index from any other, also from one that is made anew in its place."""
        return str(self._collection.id)

    def add(self, paragraphs: Sequence[Key], vectors: Vectors) -> None:
        """Keep the vectors of paragraphs, replacing those that are there."""
        for begin in range(0, len(paragraphs), ADD_ROWS):
            rows = paragraphs[begin : begin + ADD_ROWS]
            with self._failing():
                self._collection.upsert(
                    ids=[_row_id(key) for key in rows],
                    embeddings=vectors[begin : begin + ADD_ROWS],
                    metadatas=[{"article": article_id, "paragraph": number} for article_id, number in rows],
                )

    def lacks(self, paragraphs: Sequence[Key]) -> list[Key]:
        """Give those of some paragraphs that are not here."""
        if not paragraphs:
            return []
        with self._failing():
            present = set(self._collection.get(ids=[_row_id(key) for key in paragraphs], include=[])["ids"])
        return [key for key in paragraphs if _row_id(key) not in present]

    def count(self) -> int:
        """Count the paragraphs that are here."""
        with self._failing():
            return self._collection.count()

    def paragraphs(self) -> set[Key]:
        """Give article and number of every paragraph that is here."""
        with self._failing():
            rows = (row_id.rpartition(":") for row_id in self._collection.get(include=[])["ids"])
        return {(article_id, int(number)) for article_id, _, number in rows}

    def remove(self, article_id: str) -> None:
        """Forget an article."""
        with self._failing():
            self._collection.delete(where={"article": article_id})

    def nearest(self, vector: Vectors, limit: int, article_ids: Collection[str] | None = None) -> dict[Key, float]:
        """Give the paragraphs nearest to a vector of shape (384,), with their cosine similarity.

        ``article_ids`` narrows the search to some articles.
        """
        count = self.count()
        if count == 0 or limit <= 0:
            return {}
        where: Any = {"article": {"$in": list(article_ids)}} if article_ids is not None else None
        with self._failing():
            found = self._collection.query(
                query_embeddings=np.asarray([vector]),
                n_results=min(limit, count),
                where=where,
                include=["metadatas", "distances"],
            )
        metadatas, distances = found["metadatas"], found["distances"]
        if not metadatas or not distances:
            return {}
        return {
            (str(row["article"]), int(str(row["paragraph"]))): 1.0 - float(distance)
            for row, distance in zip(metadatas[0], distances[0], strict=True)
        }


def _row_id(paragraph: Key) -> str:
    article_id, number = paragraph
    return f"{article_id}:{number}"


@contextmanager
def failing() -> Iterator[None]:
    """Turn what Chroma raises into ``IndexFailed``."""
    try:
        yield
    except ChromaError as error:
        raise IndexFailed(f"{type(error).__name__}: {error}") from error


@contextmanager
def failing_on_server() -> Iterator[None]:
    """Turn what Chroma raises when it talks to a server, which may be anything, into ``IndexFailed``."""
    try:
        yield
    except Stopped:
        raise
    except Exception as error:
        raise IndexFailed(f"{type(error).__name__}: {error}") from error
