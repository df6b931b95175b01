"""How a file gets into the folder of models: room for it, one writer at a time, and one move when it is right."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock

from models.settings import Settings
from rag.model_files.errors import DiskFull, NotWritable

STAGING: Final = ".pulling"
"""The folder of ``models_dir`` where partial files wait; nothing is ever loaded from it."""

SPARE_BYTES: Final = 64 << 20
"""Room left on the disk beside the model, for everything else that runs."""

DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
NOT_WRITABLE: Final = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EIO)


def staging_dir(settings: Settings, name: str) -> Path:
    """Where the partial files of a model wait."""
    return settings.models_dir / STAGING / name


def writer_lock(settings: Settings, name: str) -> FileLock:
    """What whoever adds or removes files of a model holds."""
    folder = staging_dir(settings, name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(folder.with_name(f"{name}.lock"))


@contextlib.contextmanager
def storage_errors(settings: Settings, size: int) -> Iterator[None]:
    """Turn what the system says while ``size`` bytes are written into ``DiskFull`` or ``NotWritable``."""
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            raise DiskFull.needing(size, settings.models_dir) from error
        if error.errno in NOT_WRITABLE:
            raise NotWritable(f"{settings.models_dir} can't be written: {error.strerror}.") from error
        raise


def check_room(settings: Settings, size: int) -> None:
    """Raise ``DiskFull`` unless ``size`` bytes more fit with some to spare."""
    if shutil.disk_usage(settings.models_dir).free < size + SPARE_BYTES:
        raise DiskFull.needing(size + SPARE_BYTES, settings.models_dir)


def put_in_place(checked: Path, target: Path) -> None:
    """Move a file to where it is loaded from, all at once, and make sure that a power cut leaves no empty one there.

    A wrong one that was moved aside before goes: it may be large, and nobody needs it any more.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sync(checked)
    checked.replace(target)
    _sync(target.parent)
    _aside(target).unlink(missing_ok=True)


def move_aside(wrong: Path, target: Path) -> Path:
    """Move a file that is not the pinned one to where nothing loads it, beside ``target``; give its new path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return wrong.replace(_aside(target))


def _aside(target: Path) -> Path:
    return target.with_name(f"{target.name}.rejected")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
