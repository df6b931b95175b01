"""How newsreader scales: libraries that are made up, from a hundred articles to twenty thousand.

Each figure is set against the machine's own: reading and keeping articles against a bare SQLite table, searching
against a bare query of FTS5, embedding and indexing against a bare ONNX session on the same tokens.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

import apsw
import click
import numpy as np

from benchmarks import synthetic
from benchmarks.indexing_speed import bare_session
from library.reader import read_article
from library.search import Filters
from library.store import Store
from models.settings import Settings
from rag.embedder import DIMENSIONS, Embedder
from rag.index import VectorIndex
from rag.index_folder import IndexFolder
from rag.indexer import Indexer, passage_text
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path
from rag.retriever import Retriever

SIZES: Final = (100, 1000, 20_000)
RUNS: Final = 5
BATCH: Final = 1000
INDEXED: Final = 40
"""Articles that are embedded: a thousand paragraphs, some seconds' work. The rate is the same for more."""

MEBIBYTE: Final = 1 << 20
RANKS: Final = {"everywhere": 0, "often": 30, "seldom": 5000}
"""Words to search for: how many others stand in more paragraphs."""


@click.command()
@click.option("--articles", "sizes", default=",".join(map(str, SIZES)), show_default=True, help="Sizes, with commas.")
@click.option("--vectors", default=0, help="Fill an index with so many vectors that are made up, and measure it, too.")
@click.option("--json", "as_json", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures to a file.")
def scale(sizes: str, vectors: int, as_json: Path | None) -> None:
    """Measure ingest, memory, disk, search and evidence on libraries of several sizes, and the rate of indexing."""
    figures: dict[str, Any] = {"libraries": []}
    with tempfile.TemporaryDirectory(prefix="newsreader-scale-") as folder:
        for size in map(int, sizes.split(",")):
            figures["libraries"].append(library_figures(Path(folder) / f"{size}", size))
            _print(figures["libraries"][-1])
        figures["indexing"] = indexing_figures(Path(folder) / "indexing")
        _print(figures["indexing"])
        if vectors:
            figures["vectors"] = vector_figures(Path(folder) / "vectors", vectors)
            _print(figures["vectors"])
    if as_json is not None:
        as_json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def library_figures(folder: Path, size: int) -> dict[str, Any]:
    """Make a library of a size in a process of its own, whose memory is looked at, and measure it."""
    folder.mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", str(folder), str(size)], check=True, capture_output=True, text=True
    )
    path = folder / "library.db"
    figures = {"articles": size, **json.loads(made.stdout), "disk_mb": round(path.stat().st_size / MEBIBYTE, 1)}
    return figures | search_figures(path)


def ingest(folder: Path, size: int) -> dict[str, Any]:
    """Keep articles that are read from files, some at a time; the writing of the files does not count."""
    kept_s = bare_s = 0.0
    memory: list[int] = []
    bare = apsw.Connection(str(folder / "bare.db"))
    bare.pragma("journal_mode", "wal")
    bare.execute("CREATE TABLE texts (text TEXT)")
    with Store.open(folder / "library.db") as store:
        for begin in range(0, size, BATCH):
            files = [_write(folder, number) for number in range(begin, min(begin + BATCH, size))]
            kept_s += _seconds(partial(_keep, store, files))
            bare_s += _seconds(partial(_keep_bare, bare, files))
            memory.append(_memory_mb())
            for file in files:
                file.unlink()
    bare.close()
    (folder / "bare.db").unlink()
    return {
        "ingest_a_second": round(size / kept_s),
        "bare_a_second": round(size / bare_s),
        "memory_mb_after_first_batch": memory[0],
        "memory_mb": memory[-1],
    }


def search_figures(path: Path) -> dict[str, Any]:
    """Search for words, and look for evidence; each beside a bare query of FTS5 for the same."""
    words = synthetic.vocabulary()
    bare = apsw.Connection(str(path))
    figures: dict[str, Any] = {}
    with Store.open(path) as store:
        for name, rank in RANKS.items():
            word = words[rank]
            figures[f"search_{name}_ms"] = _median_ms(partial(store.search, word, 20))
            figures[f"bare_{name}_ms"] = _median_ms(partial(_bare_search, bare, word))
        days = Filters(since=synthetic.FIRST_DAY, until=synthetic.FIRST_DAY)
        figures["search_of_a_day_ms"] = _median_ms(lambda: store.search(words[0], 20, days))
        question = [words[rank] for rank in (20, 50, 300, 2000)]
        figures["evidence_by_words_ms"] = _median_ms(lambda: store.match_paragraphs(question, None, 200))
        figures["list_ms"] = _median_ms(store.articles)
    return figures


def indexing_figures(folder: Path) -> dict[str, Any]:
    """Index articles, and embed the same texts by a bare session."""
    embedder = Embedder(model_path(Settings(), Purpose.EMBED))
    articles = [synthetic.article(number) for number in range(INDEXED)]
    texts = [passage_text(article, p.number) for article in articles for p in article.paragraphs]
    embedder.embed(texts[:32])
    folder.mkdir()
    with Store.open(folder / "library.db") as store, IndexFolder(folder / "index") as opened:
        for article in articles:
            store.add(article)
        index = opened.open()
        indexed_s = _seconds(lambda: Indexer(store, index, embedder).index_all(lambda _, __: None))
        bare_s = _bare_embedding_s(texts)
        retriever = Retriever(store, index, embedder)
        evidence_ms = _median_ms(lambda: retriever.evidence(texts[0]))
    return {
        "paragraphs": len(texts),
        "indexed_a_second": round(len(texts) / indexed_s),
        "bare_onnx_a_second": round(len(texts) / bare_s),
        "ratio": round(indexed_s / bare_s, 2),
        "evidence_ms": evidence_ms,
    }


def vector_figures(folder: Path, count: int) -> dict[str, Any]:
    """Fill an index, and measure adding, opening, asking and what it takes."""
    chooser = np.random.default_rng(0)
    rates = []
    with IndexFolder(folder) as opened:
        index = opened.open()
        for begin in range(0, count, BATCH):
            vectors = chooser.normal(size=(BATCH, DIMENSIONS)).astype(np.float32)
            keys = [(f"{number // synthetic.PARAGRAPHS:032x}", number) for number in range(begin, begin + BATCH)]
            rates.append(BATCH / _seconds(partial(index.add, keys, vectors)))
        asked = chooser.normal(size=DIMENSIONS).astype(np.float32)
        query_ms = _median_ms(lambda: index.nearest(asked, 200))
    opened_in = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", str(folder)], check=True, capture_output=True, text=True
    )
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {
        "vectors": count,
        "added_a_second_first": round(median(rates[:10])),
        "added_a_second_last": round(median(rates[-10:])),
        "query_ms": query_ms,
        "disk_mb": round(size / MEBIBYTE),
        **json.loads(opened_in.stdout),
    }


def open_index(folder: Path) -> dict[str, Any]:
    """Open an index in this process, which has nothing else in its memory."""
    before = _memory_mb()
    with IndexFolder(folder) as opened:
        seconds = _seconds(lambda: _ask(opened.open()))
        memory = _memory_mb() - before
    return {"open_s": round(seconds, 2), "open_memory_mb": memory}


def _ask(index: VectorIndex) -> None:
    index.nearest(np.ones(DIMENSIONS, dtype=np.float32), 1)


def _write(folder: Path, number: int) -> Path:
    article = synthetic.article(number)
    file = folder / f"{number}.txt"
    texts = [paragraph.text for paragraph in article.paragraphs]
    file.write_text("\n".join([article.headline, f"{article.published:%Y%m%d}", article.url or "", *texts]))
    return file


def _keep(store: Store, files: Iterable[Path]) -> None:
    for file in files:
        store.add(read_article(file))


def _keep_bare(bare: apsw.Connection, files: Iterable[Path]) -> None:
    for file in files:
        bare.execute("INSERT INTO texts VALUES (?)", (file.read_text(),))


def _bare_search(bare: apsw.Connection, word: str) -> None:
    bare.execute("SELECT rowid FROM full_text(?) ORDER BY rank LIMIT 20", (word,)).fetchall()


def _bare_embedding_s(texts: Sequence[str]) -> float:
    """Give the seconds that the session takes alone, on the batches that the embedder makes."""
    folder = model_path(Settings(), Purpose.EMBED)
    session = bare_session(folder)
    feeds = [feed for _, feed in Embedder(folder).batches(texts)]
    return _seconds(lambda: [session.run(None, feed) for feed in feeds])


def _memory_mb() -> int:
    """Give what this process holds in memory now. Its peak would begin with that of the process that started it."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize() // MEBIBYTE


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _median_ms(work: Callable[[], Any]) -> float:
    return round(median(_seconds(work) for _ in range(RUNS)) * 1000, 1)


def _print(figures: dict[str, Any]) -> None:
    for name, figure in figures.items():
        click.echo(f"{name:<30}{figure:>12,}")
    click.echo()


if __name__ == "__main__":
    place = Path(sys.argv[1])
    sys.stdout.write(json.dumps(ingest(place, int(sys.argv[2])) if sys.argv[2:] else open_index(place)))
