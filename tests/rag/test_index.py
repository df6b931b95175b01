"""The vector index on disk: damaged, busy, or not to be had."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from filelock import FileLock, Timeout

from models.settings import Settings
from rag import index_copy, index_folder
from rag.embedder import DIMENSIONS
from rag.engines import Engines
from rag.failures import IndexFailed
from rag.index_copy import OWNER, PREFIX, IndexCopy
from rag.index_folder import IndexBusy, IndexFolder
from rag.stop_flag import StopFlag
from tests.read_only_folder import read_only

VECTORS = np.eye(3, DIMENSIONS, dtype=np.float32)
KEYS = [("a", 1), ("a", 2), ("a", 3)]

MANY = 1200
"""Rows after which Chroma writes its vectors to files of their own: it does so each thousand."""

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}

FILL = f"""
import sys, numpy as np
from pathlib import Path
from rag.index_folder import IndexFolder
from rag import index_folder
from rag.embedder import DIMENSIONS
with IndexFolder(Path(sys.argv[1])) as folder:
    vectors = np.random.default_rng(0).normal(size=({MANY}, DIMENSIONS)).astype(np.float32)
    folder.open().add([("a", n) for n in range({MANY})], vectors)
"""


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Let Chroma forget what it had open, as a new process has."""
    SharedSystemClient.clear_system_cache()


def vector_file(folder: Path, name: str) -> Path:
    """Fill the index of a folder in another process, and give a file of its vectors."""
    subprocess.run([sys.executable, "-c", FILL, str(folder)], check=True, env=ENVIRONMENT)
    (file,) = folder.glob(f"*/{name}")
    return file


def test_what_was_added_is_found_when_it_is_opened_again(tmp_path: Path) -> None:
    with IndexFolder(tmp_path / "index") as folder:
        folder.open().add(KEYS, VECTORS)
    with IndexFolder(tmp_path / "index") as folder:
        index = folder.open()
        assert not folder.found_damaged
        assert index.lacks([*KEYS, ("a", 4)]) == [("a", 4)]
        assert next(iter(index.nearest(VECTORS[1], 1))) == ("a", 2)


def test_a_damaged_index_is_moved_aside_and_made_anew_with_a_notice(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    for _ in range(2):
        settings.index_dir.mkdir(exist_ok=True)
        (settings.index_dir / "chroma.sqlite3").write_bytes(b"damaged" * 1000)
        SharedSystemClient.clear_system_cache()
        notices: list[str] = []
        with Engines(settings, StopFlag(), notices.append) as engines:
            engines.index.add(KEYS, VECTORS)
            assert engines.index.lacks(KEYS) == []
        assert "damaged" in notices[0]
        assert (tmp_path / "index-damaged" / "chroma.sqlite3").read_bytes().startswith(b"damaged")


def test_vectors_that_can_not_be_loaded_are_made_anew(tmp_path: Path) -> None:
    vector_file(tmp_path / "index", "index_metadata.pickle").write_bytes(b"damaged")
    with IndexFolder(tmp_path / "index") as folder:
        index = folder.open()
        assert folder.found_damaged
        assert index.count() == 0
        index.add(KEYS, VECTORS)
        assert index.nearest(VECTORS[1], 1) == {("a", 2): pytest.approx(1.0)}


def test_an_index_that_fails_while_it_is_used_is_made_anew_with_a_notice(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    notices: list[str] = []
    with Engines(settings, StopFlag(), notices.append) as engines:
        failing = engines.index
        failing.add(KEYS, VECTORS)
        engines.index_holder.renew(IndexFailed())
        assert engines.index.name != failing.name
        assert engines.index.count() == 0
    assert "damaged" in notices[0]


def test_vectors_that_end_the_process_are_made_anew_by_the_next(tmp_path: Path) -> None:
    header = vector_file(tmp_path / "index", "header.bin")
    header.write_bytes(header.read_bytes()[:50])
    command = [sys.executable, "-c", FILL, str(tmp_path / "index")]
    assert subprocess.run(command, check=False, env=ENVIRONMENT).returncode < 0
    assert (tmp_path / "index.loading").exists()
    with IndexFolder(tmp_path / "index") as folder:
        assert folder.open().count() == 0
        assert folder.found_damaged
    assert not (tmp_path / "index.loading").exists()


def test_a_newsreader_that_was_killed_while_it_loaded_a_sound_index_costs_nothing(tmp_path: Path) -> None:
    with IndexFolder(tmp_path / "index") as folder:
        folder.open().add(KEYS, VECTORS)
    (tmp_path / "index.loading").touch()
    with IndexFolder(tmp_path / "index") as folder:
        assert folder.open().count() == len(KEYS)
        assert not folder.found_damaged


def test_an_index_on_a_disk_that_can_not_be_written_is_not_thought_damaged(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    notices: list[str] = []
    with Engines(settings, StopFlag(), notices.append) as engines:
        engines.index.add(KEYS, VECTORS)
        shutil.rmtree(settings.index_dir)
        settings.index_dir.write_text("in the way")
        engines.index_holder.renew(IndexFailed())
        assert not engines.index.lasting
    assert "can't be used: Not a directory" in notices[0]
    assert settings.index_dir.read_text() == "in the way"


def test_a_folder_that_cannot_be_used_is_told_and_replaced_by_memory(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.index_dir.write_text("in the way")
    notices: list[str] = []
    with Engines(settings, StopFlag(), notices.append) as engines:
        engines.index.add(KEYS, VECTORS)
        assert not engines.index.lasting
    assert "can't be used: File exists" in notices[0]


def test_of_an_index_that_can_not_be_written_a_copy_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, room = Settings(data_dir=tmp_path / "data"), tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    subprocess.run([sys.executable, "-c", FILL, str(settings.index_dir)], check=True, env=ENVIRONMENT)
    before = {file: file.read_bytes() for file in settings.index_dir.rglob("*") if file.is_file()}
    killed, others, alive = (room / f"{PREFIX}{name}" for name in ("killed", "others", "alive"))
    for folder in (killed, others, alive):
        (folder / "index").mkdir(parents=True)
    for folder in (killed, alive):
        (folder / OWNER).touch()
    notices: list[str] = []
    with (
        FileLock(alive / OWNER),
        read_only(settings.data_dir),
        Engines(settings, StopFlag(), notices.append) as engines,
    ):
        index = engines.index_holder.take()
        assert index.count() == MANY
        assert not index.lasting
        [copy] = {*room.iterdir()} - {others, alive}  # the copy of one who was killed is gone
        with pytest.raises(Timeout):
            FileLock(copy / OWNER).acquire(timeout=0)
        index.add([("b", 1)], VECTORS[:1])
        assert ("b", 1) in index.nearest(VECTORS[0], 1)
        assert engines.index_holder.take() is index
    assert ["the copy is used" in notice for notice in notices] == [True]
    assert {*room.iterdir()} == {others, alive}
    assert {file: file.read_bytes() for file in settings.index_dir.rglob("*") if file.is_file()} == before


def test_that_an_index_is_copied_is_said_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(bytes(1000))
    done: list[object] = []
    monkeypatch.setattr(shutil, "copyfile", lambda *_: done.append("copied"))
    monkeypatch.setattr(index_copy, "survives", lambda _: False)
    with IndexCopy(tmp_path / "index") as copy:
        assert copy.open(done.append) is None, "nothing has come of it"
    assert done == [1000, "copied"]


@pytest.mark.parametrize("cause", ["none there", "damaged", "no room"])
def test_where_no_copy_can_be_had_memory_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    settings.index_dir.mkdir(parents=True)
    if cause != "none there":
        header = vector_file(settings.index_dir, "header.bin")
        if cause == "damaged":
            header.write_bytes(b"no vectors")
        else:
            monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    notices: list[str] = []
    with read_only(settings.data_dir), Engines(settings, StopFlag(), notices.append) as engines:
        assert engines.index.count() == 0
        engines.index.add(KEYS, VECTORS)
        assert not engines.index.lasting
    assert ["can't be used" in notice for notice in notices] == [False] * (cause == "damaged") + [True]


def test_an_index_in_use_is_left_alone(tmp_path: Path) -> None:
    with IndexFolder(tmp_path / "index") as first, IndexFolder(tmp_path / "index") as second:
        first.open()
        with pytest.raises(IndexBusy):
            second.open()


def test_an_index_that_another_newsreader_holds_is_not_moved_when_the_one_in_memory_fails(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with IndexFolder(settings.index_dir) as first, Engines(settings, StopFlag(), lambda _: None) as second:
        first.open().add(KEYS, VECTORS)
        second.index_holder.take()
        assert not second.index_holder.renew(IndexFailed()).lasting
        with pytest.raises(IndexBusy):
            IndexFolder(settings.index_dir).renew()
        assert not first.aside.exists()


@pytest.mark.parametrize("failing_later", [False, True])
def test_where_not_even_a_new_index_can_be_made_memory_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing_later: bool
) -> None:
    def fails(_: Path) -> None:
        raise IndexFailed("no table")

    settings = Settings(data_dir=tmp_path)
    notices: list[str] = []
    with Engines(settings, StopFlag(), notices.append) as engines:
        if failing_later:
            engines.index_holder.take()
        monkeypatch.setattr(index_folder, "load", fails)
        engines.index_holder.take()
        engines.index_holder.renew(IndexFailed())
        assert not engines.index.lasting
    assert "can't be used: no table" in notices[0]


def test_the_index_is_taken_over_when_the_newsreader_that_holds_it_leaves(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    notices: list[str] = []
    with Engines(settings, StopFlag(), notices.append) as second:
        with IndexFolder(settings.index_dir) as first:
            first.open().add(KEYS, VECTORS)
            second.index_holder.take()
            second.index_holder.take()
            assert not second.index.lasting
        SharedSystemClient.clear_system_cache()
        second.index_holder.take()
        assert second.index.lasting
        assert second.index.count() == len(KEYS)
        with pytest.raises(IndexBusy):
            first.open()
    assert [("holds the index. You" in notice, "holds the index now" in notice) for notice in notices] == [
        (True, False),
        (False, True),
    ]
