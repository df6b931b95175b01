"""A copy of a vector index that can't be written where it lies: Chroma writes to what it reads.

So a library on a read-only medium is searched by meaning, and not indexed anew whenever it is opened.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from stat import S_ISDIR
from typing import Final, Self

from filelock import FileLock

from rag.failures import IndexFailed
from rag.index import VectorIndex
from rag.index_folder import load, survives

ROOM: Final = 2
"""How many times the size of an index must be free, for a copy not to fill the disk."""


PREFIX: Final = "newsreader-index-"
OWNER: Final = "owner.lock"
"""How the folders of copies are called, and the lock in them: whoever has made the copy holds it while it is used."""


class IndexCopy:
    """A copy of the folder of an index, for as long as it is open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def open(self, tell: Callable[[int], None]) -> VectorIndex | None:
        """Copy the index and open the copy; None where there is none, no room, or what was copied is damaged.

        ``tell`` is called before it is copied, with its size in bytes. Somebody may have been writing it: so it is
        tried in a process of its own first.
        """
        try:
            _sweep(Path(tempfile.gettempdir()))
            size = sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())
            if not size or shutil.disk_usage(tempfile.gettempdir()).free < ROOM * size:
                return None
            folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX)))
            self._open.enter_context(FileLock(folder / OWNER, timeout=0))
            tell(size)
            copy = folder / "index"
            self._copy_to(copy)
            return load(copy, lasting=False) if survives(copy) else None
        except (OSError, IndexFailed):
            return None

    def _copy_to(self, copy: Path) -> None:
        """Copy the files and not their rights, which are what is the matter."""
        for file in self._folder.rglob("*"):
            if file.is_file():
                target = copy / file.relative_to(self._folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)


def _sweep(temporary: Path) -> None:
    """Remove the copies of those that were killed: their locks went with them. Only folders of this user's own."""
    for folder in temporary.glob(f"{PREFIX}*"):
        with suppress(OSError):  # what can't be removed is as it was
            stat = folder.lstat()
            if S_ISDIR(stat.st_mode) and stat.st_uid == os.getuid() and (folder / OWNER).is_file():
                with FileLock(folder / OWNER, timeout=0):
                    shutil.rmtree(folder)
