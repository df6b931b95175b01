"""Looks through a folder for files to read, whatever else lies about in it."""

import os
from pathlib import Path
from typing import Final, NamedTuple

from library.cleaning import display_name

MOST_FILES: Final = 50_000
"""Files of a folder at the most, from the first on: more is a whole disk, chosen by mistake."""

_BACKUP: Final = "~"
"""How the names of copies end that editors leave behind."""


class FileFound(NamedTuple):
    """A file. ``state`` is another one whenever the file has changed."""

    path: Path
    state: str
    size: int
    changed_ns: int


class Contents(NamedTuple):
    """The files of a folder and of those in it, in order, and what is the matter with the rest, in plain words."""

    files: tuple[FileFound, ...]
    problems: tuple[str, ...] = ()


def look_through(folder: Path) -> Contents:
    """Find the files of a folder and of those in it. Raises ``OSError`` where the folder itself can't be read.

    Left out are hidden ones, what is no file (a pipe would have to be waited for), and links: they could lead round in
    circles, or to what nobody means to keep.
    """
    files: list[FileFound] = []
    problems: list[str] = []
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            found, inner = _entries(place)
        except OSError as error:
            if place == folder:
                raise
            problems.append(f"{display_name(place)} can't be read: {error.strerror}.")
            continue
        files += found
        waiting += reversed(inner)
        if len(files) > MOST_FILES:
            problems.append(f"There are more than {MOST_FILES:,} files: those behind them are left out.")
            return Contents(tuple(files[:MOST_FILES]), tuple(problems))
    return Contents(tuple(files), tuple(problems))


def _entries(place: Path) -> tuple[list[FileFound], list[Path]]:
    """Give the files and the folders that lie in one."""
    files, folders = [], []
    with os.scandir(place) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.startswith(".") or entry.name.endswith(_BACKUP):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                try:
                    now = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # it has gone since
                    continue
                state = f"{now.st_mtime_ns}-{now.st_size}"
                files.append(FileFound(Path(entry.path), state, now.st_size, now.st_mtime_ns))
    return files, folders
