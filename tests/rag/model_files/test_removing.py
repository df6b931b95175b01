"""Taking models away."""

from pathlib import Path

import pytest

from models.settings import Settings
from rag.model_files.errors import InUse, UnknownModel
from rag.model_files.importing import import_gguf
from rag.model_files.installed import imported_names
from rag.model_files.placing import staging_dir, writer_lock
from rag.model_files.removing import removable_bytes, remove
from tests.rag.model_files.samples import gguf_bytes


def test_a_model_and_what_a_pull_of_it_left_are_gone(settings: Settings) -> None:
    folder, staging = settings.models_dir / "smollm2-135m", staging_dir(settings, "smollm2-135m")
    for place, size in ((folder, 1000), (staging, 200)):
        place.mkdir(parents=True)
        (place / "file").write_bytes(b"x" * size)
    assert removable_bytes(settings, "smollm2-135m") == 1200
    assert remove(settings, "smollm2-135m") == 1200
    assert not folder.exists()
    assert not staging.exists()


def test_a_hard_link_frees_nothing_and_the_file_stays(settings: Settings, home: Path) -> None:
    file = home / "mine.gguf"
    file.write_bytes(gguf_bytes())
    import_gguf(settings, file)
    assert remove(settings, "mine") < 100, "only the record of its checksum"
    assert imported_names(settings) == []
    assert file.read_bytes() == gguf_bytes()


@pytest.mark.parametrize("name", ["smollm2-135m", "nope", "..", ".", "", ".pulling", "/etc", "../library"])
def test_only_installed_models_are_removed(settings: Settings, name: str) -> None:
    library = settings.data_dir / "library"
    library.mkdir(parents=True)
    (library / "library.db").touch()
    (settings.models_dir / ".pulling").mkdir(parents=True)
    with pytest.raises(UnknownModel):
        remove(settings, name)
    assert (library / "library.db").exists()
    assert settings.models_dir.is_dir()


def test_a_model_that_is_being_pulled_stays(settings: Settings) -> None:
    staging = staging_dir(settings, "smollm2-135m")
    staging.mkdir(parents=True)
    with writer_lock(settings, "smollm2-135m"), pytest.raises(InUse):
        remove(settings, "smollm2-135m")
    assert staging.exists()
