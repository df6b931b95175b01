"""Killed at any moment: the next start is clean, nothing half-written is seen, and nothing is lost that was confirmed.

Each act runs in a process of its own, forked from one that has loaded what it needs, and is killed by SIGKILL at a
moment of a seeded random sequence. The real profile takes many such moments, the quick one a few.
"""

import asyncio
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Final

import apsw
import pytest

from library.feeds.sync import Progress, Sync
from library.fetching import politeness
from library.fetching.fetcher import Fetcher
from library.reader import read_article
from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Mark
from models.settings import Settings
from rag.index_folder import IndexFolder
from rag.indexer import Indexer, passage_text
from rag.model_files.installed import is_installed
from rag.model_files.pull import pull
from tests.library.feeds.samples import item, rss_of
from tests.rag.model_files.hub_server import HubServer
from tests.rag.model_files.samples import FILE, HUB, gguf_bytes, spec_of
from tests.rag.scripted_embedder import ScriptedEmbedder
from tests.web_server import Reply, WebServer

MOMENTS = [3, pytest.param(50, marks=pytest.mark.real)]
SEED: Final = 6
PATIENCE_S: Final = 120.0

ARTICLES: Final = 60
PARAGRAPHS: Final = 25
"""Of each article; together more rows than Chroma collects before it writes its vectors to files of their own."""

MODEL = gguf_bytes("kill", size=3_000_000)
SPEC = spec_of(MODEL, HUB)

FORKING: Final = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload([__name__, "chromadb.api.rust"])


class Killer:
    """Runs acts, and kills them at random moments of the time that they take."""

    def __init__(self) -> None:
        self._random = random.Random(SEED)  # noqa: S311 -- a test that fails must fail again
        run(os.getpid)  # the first one takes long, for it starts what the others are forked from

    def time(self, act: Callable[..., object], *args: Any) -> float:
        """Run an act to its end, and give the seconds it took."""
        began = time.monotonic()
        run(act, *args)
        return time.monotonic() - began

    def kill(self, within_s: float, act: Callable[..., object], *args: Any) -> bool:
        """Kill an act at a moment of ``within_s``; tells whether it was still at it."""
        process = started(act, *args)
        process.join(self._random.uniform(0, within_s))
        alive = process.is_alive()
        process.kill()
        process.join()
        return alive


def started(act: Callable[..., object], *args: Any) -> ForkServerProcess:
    process = FORKING.Process(target=act, args=args)
    process.start()
    return process


def run(act: Callable[..., object], *args: Any) -> None:
    process = started(act, *args)
    process.join(PATIENCE_S)
    assert process.exitcode == 0


def confirm(file: Path, text: str) -> None:
    """Tell the test that something has been kept. A line is written at once or not at all."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, f"{text}\n".encode())
    os.close(descriptor)


def confirmed(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def check_library(path: Path) -> dict[str, Article]:
    """Give the articles of a library that was left by a process that was killed, after looking at all of it."""
    with Store.open(path) as store:
        articles = [store.article(summary.id) for summary in store.articles()]
        for article in articles:
            assert article is not None
            words = f"headline:{article.headline.split()[0]} {article.paragraphs[-1].text.split()[0]}"
            assert article.id in {hit.article.id for hit in store.search(words, 5)}
    connection = apsw.Connection(str(path))
    assert connection.pragma("integrity_check") == "ok"
    connection.execute("INSERT INTO full_text (full_text, rank) VALUES ('integrity-check', 1)")
    connection.close()
    return {article.id: article for article in articles if article is not None}


# --- files ---


def write_files(folder: Path) -> list[Path]:
    folder.mkdir()
    files = []
    for number in range(ARTICLES):
        lines = [f"Story{number} of the day", "20240307", f"https://gazette.example/{number}"]
        lines += [f"Word{number}x{line} is said here, and nowhere else." for line in range(PARAGRAPHS)]
        files.append(folder / f"{number}.txt")
        files[-1].write_text("\n".join(lines))
    return files


def ingest(library: Path, files: list[Path], told: Path) -> None:
    with Store.open(library) as store:
        for file in files:
            article = read_article(file)
            store.add(article, by_hand=True)
            confirm(told, article.id)


@pytest.mark.parametrize("moments", MOMENTS)
def test_files_are_kept_whole_or_not_at_all(tmp_path: Path, moments: int) -> None:
    files = write_files(tmp_path / "files")
    whole = {article.id: article for article in map(read_article, files)}
    killer = Killer()
    takes_s = killer.time(ingest, tmp_path / "first.db", files, tmp_path / "first")
    killed = 0
    for moment in range(moments):
        library, told = tmp_path / f"{moment}.db", tmp_path / f"{moment}.told"
        killed += killer.kill(takes_s, ingest, library, files, told)
        kept = check_library(library)
        assert set(confirmed(told)) <= set(kept) <= set(whole)
        assert len(kept) <= len(confirmed(told)) + 1
        assert all(len(article.paragraphs) == PARAGRAPHS for article in kept.values())
    run(ingest, library, files, told)
    assert set(check_library(library)) == set(whole)
    assert killed


# --- feeds ---


def sync(library: Path, told: Path) -> None:
    politeness.PAUSE_S = 0.0  # type: ignore[misc]  # in this process alone

    def tell(progress: Progress) -> None:
        confirm(told, str(progress.new))

    async def run_sync() -> None:
        async with Fetcher() as fetcher:
            await Sync(store.feeds, fetcher, tell).run(store.feeds.feeds())

    with Store.open(library) as store:
        asyncio.run(run_sync())


@pytest.mark.parametrize("moments", MOMENTS)
def test_a_sync_goes_on_where_it_was_killed(tmp_path: Path, server: WebServer, moments: int) -> None:
    for feed in range(2):
        items = (item(f"Story{feed}x{n} comes", f"Word{n} is said.", guid=f"{feed}-{n}") for n in range(150))
        server.pages[f"/{feed}"] = Reply(rss_of(*items), headers={"ETag": "1"})

    def subscribed(name: str) -> Path:
        with Store.open(tmp_path / name) as store:
            for feed in range(2):
                store.feeds.add(Feed(url=f"{server.site}/{feed}", private=True))
        return tmp_path / name

    killer = Killer()
    takes_s = killer.time(sync, subscribed("first.db"), tmp_path / "first")
    killed = 0
    for moment in range(moments):
        library, told = subscribed(f"{moment}.db"), tmp_path / f"{moment}.told"
        killed += killer.kill(takes_s, sync, library, told)
        kept = check_library(library)
        assert len(kept) >= max(map(int, confirmed(told)), default=0)
        with Store.open(library) as store:
            store.states.mark(list(kept), Mark.READ)
        run(sync, library, told)
        assert len(check_library(library)) == 300
        with Store.open(library) as store:
            assert sum(feed.articles - feed.unread for feed in store.feeds.feeds()) == len(kept), (
                "what was read stays so"
            )
    assert killed


# --- the index ---


def index_all(library: Path, folder: Path, told: Path) -> None:
    with Store.open(library) as store, IndexFolder(folder) as opened:
        indexer = Indexer(store, opened.open(), ScriptedEmbedder())  # type: ignore[arg-type]
        indexer.check()
        indexer.index_all(lambda done, _: confirm(told, str(done)))


def check_index(library: Path, folder: Path) -> None:
    """Open an index as the next newsreader does, complete it, and look for paragraphs by their text."""
    with Store.open(library) as store, IndexFolder(folder) as opened:
        index, embedder = opened.open(), ScriptedEmbedder()
        indexer = Indexer(store, index, embedder)  # type: ignore[arg-type]
        indexer.check()
        indexer.index_all(lambda _, __: None)
        articles = [article for one in store.articles() if (article := store.article(one.id))]
        keys = [(article.id, p.number) for article in articles for p in article.paragraphs]
        assert index.paragraphs() == set(keys)
        for article in articles:
            for number in (1, PARAGRAPHS):
                (vector,) = embedder.embed([passage_text(article, number)])
                assert next(iter(index.nearest(vector, 1))) == (article.id, number)


@pytest.mark.parametrize("moments", MOMENTS)
def test_the_index_is_completed_after_a_kill(tmp_path: Path, moments: int) -> None:
    library = tmp_path / "library.db"
    files = write_files(tmp_path / "files")
    run(ingest, library, files, tmp_path / "told")
    killer = Killer()
    takes_s = killer.time(index_all, library, tmp_path / "first", tmp_path / "first.told")
    killed = 0
    for moment in range(moments):
        folder = tmp_path / f"index-{moment}"
        killed += killer.kill(takes_s, index_all, library, folder, tmp_path / f"{moment}.told")
        run(check_index, library, folder)
    assert killed


# --- models ---


def pull_model(settings: Settings, endpoint: str) -> None:
    os.environ["HF_ENDPOINT"] = endpoint
    pull(settings, SPEC)


@pytest.mark.parametrize("moments", MOMENTS)
def test_a_model_is_there_whole_or_not_at_all(tmp_path: Path, moments: int) -> None:
    killer = Killer()
    killed = 0
    with HubServer() as hub:
        hub.files[FILE] = MODEL
        firsts = [Settings(data_dir=tmp_path / name) for name in ("first", "second")]
        takes_s = min(killer.time(pull_model, settings, hub.endpoint) for settings in firsts)  # the first loads more
        for moment in range(moments):
            settings = Settings(data_dir=tmp_path / str(moment))
            killed += killer.kill(takes_s, pull_model, settings, hub.endpoint)
            place = settings.models_dir / "small" / FILE
            if is_installed(settings, SPEC):
                assert place.read_bytes() == MODEL
            else:
                assert not place.exists()
    with HubServer() as hub:
        hub.files[FILE] = MODEL
        for moment in range(moments):
            settings = Settings(data_dir=tmp_path / str(moment))
            run(pull_model, settings, hub.endpoint)
            assert (settings.models_dir / "small" / FILE).read_bytes() == MODEL
    assert killed
