"""The vector index on disk: damaged, busy, or not to be had."""

from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from models.settings import Settings
from rag.embedder import DIMENSIONS
from rag.engines import Engines
from rag.index import IndexBusy, VectorIndex
from rag.stop_flag import StopFlag

VECTORS = np.eye(3, DIMENSIONS, dtype=np.float32)


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Let Chroma forget what it had open, as a new process has."""
    SharedSystemClient.clear_system_cache()


def test_what_was_added_is_found_when_it_is_opened_again(tmp_path: Path) -> None:
    with VectorIndex.open(tmp_path / "index") as index:
        index.add("a", [1, 2, 3], VECTORS)
    with VectorIndex.open(tmp_path / "index") as index:
        assert index.moved_aside is None
        assert index.holds("a", 3)
        assert next(iter(index.nearest(VECTORS[1], 1))) == ("a", 2)


def test_a_damaged_index_is_moved_aside_and_made_anew_with_a_notice(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    for _ in range(2):
        settings.index_dir.mkdir(exist_ok=True)
        (settings.index_dir / "chroma.sqlite3").write_bytes(b"damaged" * 1000)
        SharedSystemClient.clear_system_cache()
        with Engines(settings, StopFlag()) as engines:
            engines.take_index()
            engines.index.add("a", [1, 2, 3], VECTORS)
            assert engines.index.holds("a", 3)
            assert "damaged" in engines.notices[0]
        assert (tmp_path / "index-damaged" / "chroma.sqlite3").read_bytes().startswith(b"damaged")


def test_a_folder_that_cannot_be_used_is_told_and_replaced_by_memory(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.index_dir.write_text("in the way")
    with Engines(settings, StopFlag()) as engines:
        engines.take_index()
        engines.index.add("a", [1, 2, 3], VECTORS)
        assert "can't be used: File exists" in engines.notices[0]


def test_an_index_in_use_is_left_alone(tmp_path: Path) -> None:
    with VectorIndex.open(tmp_path / "index"), pytest.raises(IndexBusy):
        VectorIndex.open(tmp_path / "index")
