"""The full check of installed models."""

from pathlib import Path

import pytest

from models.settings import Settings
from rag.model_files import verify as module
from rag.model_files.catalogue import Catalogue
from rag.model_files.importing import import_gguf
from rag.model_files.installed import imported_names, is_installed
from rag.model_files.verify import verify
from tests.rag.model_files.samples import FILE, HUB, gguf_bytes, spec_of

DATA = gguf_bytes("verify")
SPEC = spec_of(DATA, HUB)


@pytest.fixture
def place(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the only model of the catalogue is; it is installed."""
    monkeypatch.setattr(module, "catalogue", lambda: Catalogue(models=(SPEC,)))
    place = settings.models_dir / "small" / FILE
    place.parent.mkdir(parents=True)
    place.write_bytes(DATA)
    return place


def test_a_right_model_is_sound(settings: Settings, place: Path) -> None:
    heard: list[str] = []
    [verdict] = verify(settings, heard.append)
    assert verdict.sound
    assert heard == ["small"]
    assert place.exists()


def test_a_damaged_file_is_moved_aside(settings: Settings, place: Path) -> None:
    damaged = DATA[:-1] + b"x"
    place.write_bytes(damaged)
    assert is_installed(settings, SPEC), "the cheap check does not see it"
    [verdict] = verify(settings)
    assert not verdict.sound
    [aside] = verdict.moved_aside
    assert aside.read_bytes() == damaged
    assert not is_installed(settings, SPEC)


def test_a_missing_file_is_told(settings: Settings, place: Path) -> None:
    place.unlink()
    [verdict] = verify(settings)
    assert (verdict.sound, verdict.missing, verdict.moved_aside) == (False, (place,), ())


def test_a_model_that_is_not_installed_is_passed_over(settings: Settings) -> None:
    assert list(verify(settings)) == []


def test_an_imported_model_is_checked_against_what_it_was_when_it_came(settings: Settings, home: Path) -> None:
    file = home / "mine.gguf"
    file.write_bytes(gguf_bytes())
    import_gguf(settings, file)
    assert [verdict.sound for verdict in verify(settings)] == [True]
    file.write_bytes(gguf_bytes("changed"))  # a hard link: both names have the new bytes
    [verdict] = verify(settings)
    assert not verdict.sound
    assert imported_names(settings) == []
