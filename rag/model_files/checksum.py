"""SHA-256 of large files, and where that of an imported one is kept."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

BLOCK: Final = 1 << 20
"""Bytes read at a time: large enough to be fast, small enough to be stopped at once."""


def sha256_of(path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> str:
    """The SHA-256 of a file in hexadecimal. ``on_bytes`` hears how many bytes have been read so far."""
    with path.open("rb") as file:
        return sha256_of_next(sys.maxsize, file, on_bytes)


def sha256_of_next(size: int, file: BinaryIO, on_bytes: Callable[[int], None] = lambda _: None) -> str:
    """The SHA-256 of the next ``size`` bytes of an open file, or of as many as there are."""
    digest = hashlib.sha256()
    done = 0
    while block := file.read(min(BLOCK, size - done)):
        digest.update(block)
        done += len(block)
        on_bytes(done)
    return digest.hexdigest()


def record(path: Path, sha256: str) -> None:
    """Keep a file's SHA-256 beside it, in the format of ``sha256sum``."""
    _record_of(path).write_text(f"{sha256}  {path.name}\n", encoding="utf-8")


def recorded(path: Path) -> str | None:
    """The SHA-256 that is kept beside a file."""
    try:
        return _record_of(path).read_text(encoding="utf-8").split(maxsplit=1)[0]
    except (FileNotFoundError, IndexError):
        return None


def _record_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")
