"""A GGUF file from elsewhere on the disk becomes an installed model."""

import contextlib
import os
import re
import shutil
from pathlib import Path
from typing import Final

from models.settings import Settings
from rag.model_files import gguf
from rag.model_files.catalogue import catalogue
from rag.model_files.checksum import record, sha256_of
from rag.model_files.errors import NameTaken, UnknownModel
from rag.model_files.installed import file_path, imported_path
from rag.model_files.placing import check_room, put_in_place, staging_dir, storage_errors, writer_lock

UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
IMPORT: Final = "import"
"""The name under which files wait: one import at a time, which also clears what a killed one left."""

NAME_LENGTH: Final = 100
"""Characters of a name at the most: a file system takes 255 bytes, its endings included."""


def import_gguf(settings: Settings, file: Path) -> str:
    """Install a GGUF file and give the name it has now.

    It is hard-linked where that can be, else copied. A file of the catalogue, known by its checksum, takes its place
    there; any other gets its own name without the ending. Raises ``UnknownModel``, ``NotAModel``, ``NameTaken``,
    ``DiskFull`` and ``NotWritable``.
    """
    if not file.is_file():
        raise UnknownModel(f"There is no file {file}.")
    gguf.check(file)
    name = _safe_name(file.stem)
    size = file.stat().st_size
    staging = staging_dir(settings, IMPORT)
    with storage_errors(settings, size), writer_lock(settings, IMPORT):
        staged = staging / file.name
        try:
            _link_or_copy(settings, file, staged)
            return _install(settings, name, staged)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _safe_name(stem: str) -> str:
    return UNSAFE.sub("-", stem).strip(".-")[:NAME_LENGTH] or "imported"


def _link_or_copy(settings: Settings, file: Path, staged: Path) -> None:
    shutil.rmtree(staged.parent, ignore_errors=True)
    staged.parent.mkdir(parents=True)
    with contextlib.suppress(OSError):  # another file system, one without links, or a file of someone else's
        os.link(file.resolve(), staged)
        return
    check_room(settings, file.stat().st_size)
    shutil.copyfile(file, staged)


def _install(settings: Settings, name: str, staged: Path) -> str:
    sha256 = sha256_of(staged)
    if known := catalogue().with_checksum(sha256):
        spec, pinned = known
        put_in_place(staged, file_path(settings, spec, pinned))
        return spec.name
    target = imported_path(settings, name)
    if catalogue().find(name) or (target.exists() and sha256_of(target) != sha256):
        raise NameTaken(
            f"Another model is called {name}. Give the file another name, or take that model away first by "
            f"`newsreader models remove {name}`."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    record(target, sha256)  # first: a file without it would be taken for a damaged one
    put_in_place(staged, target)
    return name
