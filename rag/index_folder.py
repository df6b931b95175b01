"""The vector index on disk: one owner at a time, and what is damaged made anew.

Chroma's files must not be shared between processes (its issue 7040), so a file lock beside them says who has them.
Files that are damaged make Chroma fail, or end the process. The latter can be caught only by the next one: a mark
beside the files says that vectors were being loaded. Where it is found, they are tried in a process of its own first:
``python -m rag.index_folder FOLDER``.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from filelock import FileLock, Timeout

from rag.failures import IndexFailed
from rag.index import VectorIndex, failing, quiet

PROBE_PATIENCE_S: Final = 300
"""How long the trial may take. Loading a million vectors took some seconds."""

TRIAL_BYTES: Final = 1 << 20
"""Room that a folder must have, or nothing can be indexed there."""


class IndexBusy(Exception):
    """Another newsreader holds the index."""


class IndexFolder:
    """A folder of Chroma's files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder.with_suffix(".lock"))
        self._mark = folder.with_suffix(".loading")
        self.aside = folder.with_name(f"{folder.name}-damaged")
        """Where a damaged index is moved, in place of an earlier one."""
        self.found_damaged = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let another process have the index."""
        self._lock.release()

    def open(self) -> VectorIndex:
        """Open or create the index; a damaged one is moved aside, and a new one created.

        Raises ``IndexBusy`` where another process has it open, ``OSError`` where the folder can't be used, and
        ``IndexFailed`` where not even a new one can.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise IndexBusy from error
        try:
            if self._mark.exists() and not survives(self._folder):
                return self.renew()
            self._mark.unlink(missing_ok=True)
            try:
                return self._open()
            except IndexFailed:
                return self.renew()
        except BaseException:
            self.close()
            raise

    def renew(self) -> VectorIndex:
        """Move the index aside, which has failed, and create a new one.

        Raises ``OSError`` or ``IndexFailed`` where that can't be, ``IndexBusy`` where it is not this one's to move.
        """
        if not self._lock.is_locked:
            raise IndexBusy
        self._check_room()
        self.found_damaged = True
        SharedSystemClient.clear_system_cache()  # else Chroma gives the client that failed again
        shutil.rmtree(self.aside, ignore_errors=True)
        self._folder.rename(self.aside)
        self._folder.mkdir()
        self._mark.unlink(missing_ok=True)
        return self._open()

    def _open(self) -> VectorIndex:
        with self._marked():
            return load(self._folder)

    def _check_room(self) -> None:
        """Try whether the folder can be written: then it is not the disk that has failed. Raises ``OSError``."""
        trial = self._folder / "trial"
        try:
            trial.write_bytes(bytes(TRIAL_BYTES))
        finally:
            trial.unlink(missing_ok=True)

    @contextmanager
    def _marked(self) -> Iterator[None]:
        self._mark.touch()
        try:
            yield
        finally:
            self._mark.unlink(missing_ok=True)


def survives(folder: Path) -> bool:
    """Tell whether the vectors of a folder can be loaded, by a process that may die of it."""
    command = [sys.executable, "-P", "-m", "rag.index_folder", str(folder)]
    try:
        tried = subprocess.run(command, stdout=subprocess.DEVNULL, check=False, timeout=PROBE_PATIENCE_S)
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def load(folder: Path, *, lasting: bool = True) -> VectorIndex:
    """Load the vectors of a folder. Raises ``IndexFailed``, or ends the process."""
    with failing():
        client = chromadb.PersistentClient(path=str(folder), settings=quiet())
    return VectorIndex(client, lasting=lasting)


if __name__ == "__main__":
    load(Path(sys.argv[1]))
