"""Kept prefixes: trouble with them costs time and nothing else, with a scripted model."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.prefix_cache import PrefixCache

PREFIX = (1, 2, 3)
STATE = b"state of the context"


class ScriptedModel:
    """Saves a few bytes, loads whatever it gets."""

    name = "small"

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_bytes(b"model")

    def save(self, file: Path) -> None:
        file.write_bytes(STATE)

    def load(self, file: Path, _: Sequence[int]) -> bool:
        return file.read_bytes() == STATE


class Kept:
    """A cache with a model."""

    def __init__(self, home: Path, budget: int) -> None:
        self.folder = home / "prefixes"
        self._model = ScriptedModel(home / "small.gguf")
        self._cache = PrefixCache(self.folder, budget)

    def save(self, prefix: Sequence[int] = PREFIX) -> None:
        self._cache.save(self._model, prefix)  # type: ignore[arg-type]

    def load(self, prefix: Sequence[int] = PREFIX) -> bool:
        return self._cache.load(self._model, prefix)  # type: ignore[arg-type]

    def files(self, suffix: str) -> list[Path]:
        return list(self.folder.glob(f"*{suffix}"))


def test_what_was_saved_is_loaded(home: Path) -> None:
    kept = Kept(home, 1000)
    assert not kept.load()
    kept.save()
    assert kept.load()
    assert not kept.load((1, 2))


@pytest.mark.parametrize(("suffix", "damage"), [(".kv", b"x"), (".sha256", b"x"), (".sha256", "é".encode())])
def test_a_damaged_one_is_removed_and_never_loaded(home: Path, suffix: str, damage: bytes) -> None:
    kept = Kept(home, 1000)
    kept.save()
    kept.files(suffix)[0].write_bytes(damage)
    assert not kept.load()
    assert kept.files("") == []


def test_one_that_another_newsreader_removes_meanwhile_is_no_trouble(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(home, 1000)
    kept.save()

    def gone(_: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(os, "utime", gone)
    assert not kept.load()


def test_the_oldest_go_and_what_was_left_half_written_goes_with_them(home: Path) -> None:
    kept = Kept(home, 2 * len(STATE))
    kept.folder.mkdir()
    half = kept.folder / "killed.partial"
    half.write_bytes(STATE)
    os.utime(half, (1, 1))
    kept.save((1,))
    assert half.exists()
    os.utime(kept.files(".kv")[0], (2, 2))
    kept.save((2,))
    assert not half.exists()
    kept.save((3,))
    assert [kept.load((n,)) for n in (1, 2, 3)] == [False, True, True]
    assert len(kept.files(".sha256")) == 2


def test_without_a_budget_nothing_is_written(home: Path) -> None:
    kept = Kept(home, 0)
    kept.save()
    assert not kept.folder.exists()
