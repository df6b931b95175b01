"""The vector index: Chroma's embedded client, one owner at a time.

It holds vectors alone; the texts stay in the library's database, from which the index can be rebuilt at any time.
"""

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final, Self

import chromadb
import chromadb.config
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.errors import ChromaError
from filelock import FileLock, Timeout

from rag.embedder import VERSION, Vectors

COLLECTION: Final = "paragraphs-" + VERSION.replace("/", "-")
"""Vectors of another embedder stand in a collection of their own and are never compared with ours."""

ADD_ROWS: Final = 1000
"""Rows in one call of Chroma, well under its own limit of 5,461."""


class IndexBusy(Exception):
    """Another newsreader holds the index."""


def _quiet() -> chromadb.config.Settings:
    return chromadb.config.Settings(anonymized_telemetry=False)


def _row_id(article_id: str, paragraph: int) -> str:
    return f"{article_id}:{paragraph}"


class VectorIndex:
    """Paragraph vectors by article. One process at a time: Chroma's files must not be shared (its issue 7040)."""

    def __init__(self, client: ClientAPI, lock: FileLock | None = None, moved_aside: Path | None = None) -> None:
        self._lock = lock
        self.moved_aside = moved_aside
        """Where the one went that was found damaged; this one is new then."""
        self._collection = client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,  # the default one downloads a model
            configuration={"hnsw": {"space": "cosine"}},
        )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open or create the index in a folder; a damaged one is moved aside, and a new one created.

        Raises ``IndexBusy`` where another process has it open, ``OSError`` where the folder can't be used.
        """
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_suffix(".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IndexBusy from error
        try:
            return cls._checked(folder, lock)
        except ChromaError:
            SharedSystemClient.clear_system_cache()  # else Chroma gives the client that failed again
            aside = folder.with_name(f"{folder.name}-damaged")
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)
            return cls._checked(folder, lock, aside)

    @classmethod
    def _checked(cls, folder: Path, lock: FileLock, moved_aside: Path | None = None) -> Self:
        index = cls(chromadb.PersistentClient(path=str(folder), settings=_quiet()), lock, moved_aside)
        index._collection.count()  # reads what creating the client does not
        return index

    @classmethod
    def in_memory(cls) -> Self:
        """Make an index that lasts as long as the process, for a newsreader that finds the real one busy."""
        return cls(chromadb.EphemeralClient(settings=_quiet()))

    def close(self) -> None:
        """Let another process have the index."""
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, article_id: str, paragraphs: Sequence[int], vectors: Vectors) -> None:
        """Keep the vectors of an article's paragraphs, replacing those that are there."""
        for begin in range(0, len(paragraphs), ADD_ROWS):
            rows = paragraphs[begin : begin + ADD_ROWS]
            self._collection.upsert(
                ids=[_row_id(article_id, number) for number in rows],
                embeddings=vectors[begin : begin + ADD_ROWS],
                metadatas=[{"article": article_id, "paragraph": number} for number in rows],
            )

    def holds(self, article_id: str, last_paragraph: int) -> bool:
        """Tell whether an article is here as a whole; its last paragraph is the last to be written."""
        return bool(self._collection.get(ids=[_row_id(article_id, last_paragraph)], include=[])["ids"])

    def paragraphs(self) -> set[tuple[str, int]]:
        """Give article and number of every paragraph that is here."""
        rows = (row_id.rpartition(":") for row_id in self._collection.get(include=[])["ids"])
        return {(article_id, int(number)) for article_id, _, number in rows}

    def remove(self, article_id: str) -> None:
        """Forget an article."""
        self._collection.delete(where={"article": article_id})

    def nearest(
        self, vector: Vectors, limit: int, article_ids: Collection[str] | None = None
    ) -> dict[tuple[str, int], float]:
        """Give the paragraphs nearest to a vector of shape (384,), with their cosine similarity.

        ``article_ids`` narrows the search to some articles.
        """
        count = self._collection.count()
        if count == 0 or limit <= 0:
            return {}
        where: Any = {"article": {"$in": list(article_ids)}} if article_ids is not None else None
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
