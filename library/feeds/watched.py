"""Takes in what is new in a folder that is watched, as a sync does with a feed: its files are the entries."""

import asyncio
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from library.cleaning import display_name, one_line
from library.feed_store import FeedStore
from library.folder import FileFound, look_through
from library.parsed import shortened
from library.reader import SIZE_LIMIT, UnreadableArticle, article_from, read_bytes, too_large
from library.same_story import Arrival
from models.article import Article

MOST_NAMED: Final = 3
"""Files that are named where several can't be read: what is said stands beside the folder."""

FOLDER_UNREADABLE: Final = "the folder can't be read"
"""How the error begins of a folder that is not there, say."""

_UNREADABLE: Final = "?"
"""What stands before the state of a file that could not be read: the next sync tries it again."""


class TakenIn(NamedTuple):
    """What has come of looking through a folder.

    ``left_out`` are files that hold no article, and ``problem`` says what could not be read and is tried again.
    """

    left_out: tuple[str, ...]
    problem: str | None


def has_changed(contents: Iterable[FileFound], folder: Path, known: dict[str, str]) -> bool:
    """Tell whether there is something to take in; ``known`` are the digests that were kept."""
    return any(known.get(_key(file.path, folder)) not in (file.state, _UNREADABLE + file.state) for file in contents)


async def take_in(store: FeedStore, number: int, folder: Path, on_kept: Callable[[Arrival], None]) -> TakenIn:
    """Keep the articles of new and changed files, the oldest first. What has gone stays in the library.

    Raises ``OSError`` where the folder can't be read, and ``UnknownFeed``.
    """
    contents = await asyncio.to_thread(look_through, folder)
    problems, left_out = list(contents.problems), []
    known = store.digests(number)
    keys = {_key(file.path, folder): file for file in contents.files}
    due = [(key, file) for key, file in keys.items() if known.get(key) != file.state]
    with store.keeping_many():
        for key, file in sorted(due, key=lambda one: one[1].changed_ns):
            try:
                article = await asyncio.to_thread(_read, file)
            except _NoArticle as error:
                left_out.append(str(error))
                article = None
            except UnreadableArticle as error:
                problems.append(str(error))
                store.keep_entry(number, key, _UNREADABLE + file.state, None)
                continue
            on_kept(store.keep_entry(number, key, file.state, article))
    gone = [key for key, digest in known.items() if digest and key not in keys]
    if gone and not contents.problems:  # else they may be there, only out of sight
        store.lost(number, gone)
    return TakenIn(tuple(left_out), _problem(problems))


def watched_url(folder: Path) -> str:
    """Give the address by which a watched folder stands among the feeds."""
    return folder.as_uri()


class _NoArticle(Exception):
    """The file can be read, and there is no article in it."""


def _read(file: FileFound) -> Article:
    """Read the article of a file. Raises ``UnreadableArticle`` or ``_NoArticle``."""
    name = display_name(file.path)
    if file.size > SIZE_LIMIT:
        raise UnreadableArticle(too_large(name))
    data = read_bytes(file.path)
    try:
        return article_from(data, name=name, origin=display_name(file.path, limit=4096), suffix=file.path.suffix)
    except UnreadableArticle as error:
        raise _NoArticle(str(error)) from error
    except (ValueError, ArithmeticError) as error:
        # Whatever was made to break what reads it: this file is broken, and stops no other.
        raise _NoArticle(f"{name} can't be read: {shortened(one_line(str(error)))}.") from error


def _key(path: Path, folder: Path) -> str:
    """Give what a file is known by: its place in the folder, in letters that any name can be written in."""
    return quote(os.fsencode(path.relative_to(folder)))


def _problem(problems: list[str]) -> str | None:
    if not problems:
        return None
    more = len(problems) - MOST_NAMED
    return " ".join([*problems[:MOST_NAMED], *([f"So it is with {more} more."] if more > 0 else [])])
