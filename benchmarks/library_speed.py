"""How soon evidence is found in a library of 25,000 paragraphs, beside NumPy comparing the same vectors one by one.

The articles are made up, and so are their vectors, for embedding them would take minutes: which paragraphs are found
means nothing, how long it takes does.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession

from benchmarks import synthetic
from benchmarks.indexing_speed import bare_session
from benchmarks.workbench import Silent
from library.index_record import Indexed
from library.store import Store
from models.question import Question
from models.settings import Settings
from rag.articles import Articles
from rag.embedder import DIMENSIONS, Embedder, Feed
from rag.engines import Engines
from rag.index import Key, VectorIndex
from rag.listener import Stopwatch
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path
from rag.researcher import Researcher
from rag.retriever import CANDIDATES
from rag.stop_flag import StopFlag

ARTICLES: Final = 1000
ASKED_WORDS: Final = (20, 50, 300, 2000)
"""Words of a question, by how many others stand in more paragraphs; each question is about the next ones."""


@dataclass
class LibrarySpeed:
    """Seconds until evidence is there, one figure a question."""

    machine_s: list[float] = field(default_factory=list)
    own_s: list[float] = field(default_factory=list)


def library_speed(settings: Settings, *, questions: int, articles: int = ARTICLES) -> LibrarySpeed:
    """Ask a library, the folder of which is empty. Raises ``ModelMissing``, and ``IndexFailed``."""
    embedder_folder = model_path(settings, Purpose.EMBED)
    embedder = Embedder(embedder_folder, threads=settings.answer.threads)
    session = bare_session(embedder_folder, threads=settings.answer.threads)
    taken = LibrarySpeed()
    with Store.open(settings.library_file) as store, Engines(settings, StopFlag(), print) as engines:
        known = Articles(engines, store)
        researcher = Researcher(engines, known)
        _find(researcher, _question(0))  # loads the embedder; the index, empty still, is found to be sound
        vectors = _fill(store, engines.index, articles)
        for number in range(questions):
            text = _question(number)
            (_, feed), *_ = embedder.batches([text])
            taken.machine_s.append(_seconds(partial(_find_bare, session, feed, vectors)))
            taken.own_s.append(_seconds(partial(_find, researcher, text)))
    return taken


def _fill(store: Store, index: VectorIndex, count: int) -> npt.NDArray[np.float32]:
    """Keep and index articles, and give all their vectors."""
    chooser = np.random.default_rng(0)
    keys: list[Key] = []
    for number in range(count):
        article = synthetic.article(number)
        store.add(article)
        keys += [(article.id, paragraph.number) for paragraph in article.paragraphs]
        store.indexed.keep(index.name, [Indexed(article.id, len(article.paragraphs))])
    vectors = chooser.normal(size=(len(keys), DIMENSIONS)).astype(np.float32)
    index.add(keys, vectors)
    return vectors


def _question(number: int) -> str:
    words = synthetic.vocabulary()
    return " ".join(words[rank + number] for rank in ASKED_WORDS)


def _find(researcher: Researcher, text: str) -> None:
    researcher.evidence(Question(text=text), Silent(), Stopwatch())


def _find_bare(session: InferenceSession, feed: Feed, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
    """Give the vectors nearest to a question by comparing all of them; the vectors of its words are just summed up."""
    asked = np.asarray(session.run(None, feed)[0][0], dtype=np.float32).sum(axis=0)
    return np.argpartition(-(vectors @ asked), CANDIDATES)[:CANDIDATES]


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
