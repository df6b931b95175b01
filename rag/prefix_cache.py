"""Articles that the model has read, kept on disk: opened again, today or tomorrow, they are warm in a moment."""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rag.language_model import LanguageModel

SUFFIX: Final = ".kv"
PARTIAL: Final = ".partial"
CHECKSUM: Final = ".sha256"
CHUNK_BYTES: Final = 1 << 20


class PrefixCache:
    """KV caches of prompt prefixes, one file each, the least recently used removed first.

    A file is named after what it depends on (model file, llama.cpp, tokens), and found again only by the same. Its
    SHA-256 stands at its side: one that does not match is removed, never loaded.
    """

    def __init__(self, folder: Path, budget_bytes: int) -> None:
        self._folder = folder
        self._budget = budget_bytes

    def load(self, model: LanguageModel, prefix: Sequence[int]) -> bool:
        """Bring the model to a prefix that is kept; False where it is not."""
        file = self._file(model, prefix)
        try:
            expected = file.with_suffix(CHECKSUM).read_text(encoding="ascii")
            if _sha256(file) == expected and model.load(file, prefix):
                os.utime(file)
                return True
        except FileNotFoundError:
            return False  # not kept
        except (OSError, ValueError):
            pass  # it can't be read: of no more use than one that does not match
        self._remove(file)
        return False

    def keeps(self, model: LanguageModel, prefix: Sequence[int]) -> bool:
        """Tell whether a prefix is kept already, or never will be, for want of a budget."""
        return not self._budget or self._file(model, prefix).exists()

    def save(self, model: LanguageModel, prefix: Sequence[int]) -> None:
        """Keep what the model holds, which must be this prefix. A disk that is full keeps nothing."""
        if not self._budget:
            return
        file = self._file(model, prefix)
        partial = file.with_suffix(PARTIAL)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            model.save(partial)
            file.with_suffix(CHECKSUM).write_text(_sha256(partial), encoding="ascii")
            partial.replace(file)
        except OSError:
            self._remove(file)
            return
        with suppress(OSError):  # another newsreader may remove one meanwhile; the next to save looks again
            self._make_room()

    def _make_room(self) -> None:
        """Remove what is over the budget, files left half written by a worker that was killed among it."""
        files = [(file.stat(), file) for file in self._folder.iterdir() if file.suffix in (SUFFIX, PARTIAL)]
        total = 0
        for stat, file in sorted(files, key=lambda f: f[0].st_mtime, reverse=True):
            total += stat.st_size
            if total > self._budget:
                self._remove(file)

    def _remove(self, file: Path) -> None:
        with suppress(OSError):
            for suffix in (SUFFIX, PARTIAL, CHECKSUM):
                file.with_suffix(suffix).unlink(missing_ok=True)

    def _file(self, model: LanguageModel, prefix: Sequence[int]) -> Path:
        stat = model.path.stat()
        key = f"{model.name} {stat.st_size} {stat.st_mtime_ns} {version('llama-cpp-python')} {list(prefix)}"
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}{SUFFIX}"


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
