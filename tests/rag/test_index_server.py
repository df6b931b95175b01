"""The vector index on a real Chroma server on the loopback: shared, refused, silent, gone and back."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from library.store import Store
from models.article import Article
from models.index_settings import IndexSettings
from models.settings import Settings
from rag import index_server
from rag.failures import IndexFailed
from rag.index_holder import PAUSE_S, IndexHolder
from rag.index_server import IndexUnreachable, connect
from rag.indexer import Indexer, passage_text
from rag.retriever import Retriever
from rag.stop_flag import StopFlag, Stopped
from tests.rag.chroma_server import ChromaServer, Door
from tests.rag.scripted_embedder import ScriptedEmbedder

TOKEN = "let-me-in"
BRIDGE = Article.build("Bridge closes", ["It rusted.", "The mayor was warned."], origin="bridge.txt")
FERRY = Article.build("Ferry runs again", ["It sails at noon."], origin="ferry.txt")


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def door(chroma: ChromaServer) -> Iterator[Door]:
    SharedSystemClient.clear_system_cache()
    with Door(chroma.port, TOKEN) as opened:
        yield opened


def reached_by(door: Door, **more: str) -> IndexSettings:
    return IndexSettings.model_validate({"url": door.url, "token": TOKEN} | more)


def test_libraries_share_an_index_and_find_only_what_is_theirs(door: Door, tmp_path: Path) -> None:
    index = connect(reached_by(door, database="default_database"), StopFlag())
    with Store.open(tmp_path / "one.db") as one, Store.open(tmp_path / "two.db") as two:
        for store, articles in ((one, [BRIDGE, FERRY]), (two, [BRIDGE])):
            for article in articles:
                store.add(article)
        first, second = ScriptedEmbedder(), ScriptedEmbedder()
        Indexer(one, index, first).index_all(lambda _, __: None)  # type: ignore[arg-type]
        Indexer(two, index, second).index_all(lambda _, __: None)  # type: ignore[arg-type]
        assert len(first.texts) == 3
        assert second.texts == [], "it was there already"
        question = passage_text(FERRY, 1)
        found = [Retriever(s, index, ScriptedEmbedder()).evidence(question) for s in (one, two)]  # type: ignore[arg-type]
        assert found[0][0].article_id == FERRY.id
        assert {evidence.article_id for evidence in found[1]} == {BRIDGE.id}
        two.remove(BRIDGE.id)
        Indexer(two, index, second).index_all(lambda _, __: None)  # type: ignore[arg-type]
        assert index.lacks([(BRIDGE.id, 1), (BRIDGE.id, 2)]) == [], "the other library still has it"
    assert door.bodies
    assert not any(b"rusted" in body for body in door.bodies), "no text goes there"


def test_a_wrong_token_is_said_to_be_wrong(door: Door) -> None:
    with pytest.raises(IndexUnreachable, match=r"does not take the token: see index\.token"):
        connect(reached_by(door, token="guess"), StopFlag())
    with pytest.raises(IndexUnreachable, match="does not take the token"):
        connect(reached_by(door, token_header="X-Chroma-Token"), StopFlag())


def test_a_silent_server_is_waited_for_only_so_long(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_server, "PATIENCE_S", 0.3)
    index = connect(reached_by(door), StopFlag())
    door.silent = True
    with pytest.raises(IndexFailed, match="Timeout"):
        index.count()
    with pytest.raises(IndexUnreachable, match="does not answer within"):
        connect(reached_by(door), StopFlag())


def test_the_waiting_for_a_silent_server_is_stopped(door: Door) -> None:
    stop = StopFlag()
    index = connect(reached_by(door), stop)
    door.silent = True
    for waiting in (index.count, lambda: connect(reached_by(door), stop)):
        timer = threading.Timer(0.2, stop.set)
        timer.start()
        with pytest.raises(Stopped):  # without that, it would end by its patience
            waiting()
        timer.join()
        stop.clear()


def test_what_is_no_chroma_server_is_said_to_be_none(door: Door) -> None:
    with pytest.raises(IndexUnreachable, match="can't be reached"):
        connect(IndexSettings(url="http://localhost:9"), StopFlag())
    with pytest.raises(IndexUnreachable, match="refuses"):
        connect(reached_by(door, tenant="nobody"), StopFlag())


def test_while_the_server_is_gone_the_library_goes_by_words(chroma: ChromaServer, tmp_path: Path) -> None:
    SharedSystemClient.clear_system_cache()
    told: list[str] = []
    now = 0.0
    with Door(chroma.port, TOKEN) as door:
        settings = Settings(data_dir=tmp_path, index=reached_by(door))
        holder = IndexHolder(settings, StopFlag(), told.append, lambda: now)
        with holder:
            index = holder.take()
            assert index.shared
            assert "goes there as vectors" in told[0]
    with pytest.raises(IndexFailed):
        index.count()
    with holder:
        holder.renew(IndexFailed("ConnectError: refused"))
        assert not holder.index.lasting
        assert "server has failed: ConnectError" in told[1]
        assert holder.take() is holder.index
        now = PAUSE_S + 1
        holder.take()
        assert not holder.index.lasting
        assert len(told) == 2, "it is said once"
    assert not settings.index_dir.exists()


def test_a_server_that_is_back_is_used_again(door: Door, tmp_path: Path) -> None:
    told: list[str] = []
    now = 0.0
    settings = Settings(data_dir=tmp_path, index=reached_by(door))
    with IndexHolder(settings, StopFlag(), told.append, lambda: now) as holder:
        holder.take()
        holder.renew(IndexFailed("ConnectError: refused"))
        assert not holder.index.lasting
        now = PAUSE_S + 1
        assert holder.take().shared
    assert ["goes there as vectors" in notice for notice in told] == [True, False, True]


def test_tls_with_a_certificate_of_ones_own(chroma: ChromaServer, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    SharedSystemClient.clear_system_cache()
    certificate = tmp_path / "both.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [*made, *names, "-keyout", certificate, "-out", tmp_path / "ca.pem"], check=True, capture_output=True
    )
    with certificate.open("a") as both:
        both.write((tmp_path / "ca.pem").read_text())
    with Door(chroma.port, TOKEN, certificate) as door:
        assert connect(reached_by(door, ca_file=str(tmp_path / "ca.pem")), StopFlag()).count() >= 0
        with pytest.raises(IndexUnreachable, match=r"can't be reached.*certificate"):
            connect(reached_by(door), StopFlag())


@pytest.mark.parametrize("url", ["chroma.example", "ftp://x", "https://user:pw@x", "https://x/path", "https://x:port"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"url"):
        IndexSettings(url=url)


def test_a_certificate_in_the_folder_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="ca_file"):
        IndexSettings.model_validate({"ca_file": "~nobody-of-this-name/ca.pem"})
