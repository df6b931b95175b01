"""A lock beside the library, shared by all who have it open, and had alone by who mends it.

Mending puts a new file in the place of the old one: what others kept in that from then on would be lost.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another one has the library open, or is mending it."""


@contextmanager
def locked(path: Path, *, alone: bool) -> Iterator[None]:
    """Hold the lock of a library; it ends with the process, however that ends. Raises ``InUse`` at once.

    Where the folder can't be written, or its file system knows no locks, all goes on without.
    """
    try:
        file = path.with_suffix(".lock").open("ab")
    except OSError:
        yield
        return
    with file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(str(path)) from error
        except OSError:
            pass
        yield
