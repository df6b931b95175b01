"""The full check of what is installed: every byte of every file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from models.settings import Settings
from rag.model_files.catalogue import catalogue
from rag.model_files.checksum import recorded, sha256_of
from rag.model_files.installed import file_path, imported_names, imported_path
from rag.model_files.placing import move_aside, storage_errors


class Verdict(NamedTuple):
    """What the check of a model found: files that are not there, and the new paths of damaged ones."""

    name: str
    missing: tuple[Path, ...]
    moved_aside: tuple[Path, ...]

    @property
    def sound(self) -> bool:
        """Whether every file is the pinned one."""
        return not self.missing and not self.moved_aside


def verify(settings: Settings, on_model: Callable[[str], None] = lambda _: None) -> Iterator[Verdict]:
    """Check the SHA-256 of all that is installed. A damaged file is moved aside, so that it is never used.

    ``on_model`` hears the name of each model before it is checked, which takes seconds for a large one.
    """
    pinned: dict[str, dict[Path, str | None]] = {
        spec.name: {file_path(settings, spec, file): file.sha256 for file in spec.files}
        for spec in catalogue().models
        if (settings.models_dir / spec.name).is_dir()
    }
    for name in imported_names(settings):
        path = imported_path(settings, name)
        pinned[name] = {path: recorded(path)}
    for name, checksums in pinned.items():
        on_model(name)
        with storage_errors(settings, 0):
            yield _check(name, checksums)


def _check(name: str, pinned: dict[Path, str | None]) -> Verdict:
    missing = tuple(path for path in pinned if not path.is_file())
    damaged = [path for path in pinned if path not in missing and sha256_of(path) != pinned[path]]
    return Verdict(name, missing, tuple(move_aside(path, path) for path in damaged))
