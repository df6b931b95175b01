"""Backs a library up, and mends a damaged one: always a backup first, then what can be read in a new file."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from library.cleaning import display_name
from library.database import StoreUnusable, TablesUnexpected, in_plain_words, open_database, shared, transaction
from library.in_use import InUse, locked
from library.read_only import open_read_only
from library.salvage import UNREADABLE, salvage
from models.article import Article

SIDES = ("-wal", "-shm")
"""What SQLite keeps beside a database, at the end of its name: the first holds what was kept last."""


class Repair(NamedTuple):
    """What a repair has found and done. ``lost`` are the headlines of articles that could not be read as a whole."""

    backup: Path
    damage: str | None
    articles: int
    lost: tuple[str, ...] = ()


def back_up(path: Path, target: Path) -> None:
    """Write the library, as it is at this moment, to a file that is not there yet. Others may go on using it.

    Raises ``FileExistsError``, and ``StoreUnusable`` where it can't be read or the file can't be written.
    """
    if target.exists():
        raise FileExistsError(target)
    with shared(path):
        _back_up(path, target)


def damage(path: Path) -> str | None:
    """Look at every page of a library, and give what is wrong, or None. Raises ``StoreUnusable`` while it is mended."""
    with shared(path):
        return _damage(path)


def _back_up(path: Path, target: Path) -> None:
    with in_plain_words(path), _reading(path) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except apsw.FullError as error:
            _discard(target)
            raise StoreUnusable(f"There is no room for {display_name(target)}: its disk is full.") from error
        except (apsw.CantOpenError, apsw.IOError) as error:
            _discard(target)
            raise StoreUnusable(f"{display_name(target)} can't be written: is its folder there?") from error


def _discard(file: Path) -> None:
    """Remove what was begun of a file, if anything was: where nothing can be written, not even that is tried."""
    if file.exists():
        file.unlink()


def _damage(path: Path) -> str | None:
    try:
        with _reading(path) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").get)
    except UNREADABLE as error:
        return str(error)
    return None if found == "ok" else found


def repair(path: Path) -> Repair:
    """Back a library up, move what can be read of a damaged one into a new file, and make its full-text index anew.

    Raises ``StoreUnusable``, also where anybody has it open.
    """
    try:
        with locked(path, alone=True):
            return _repair(path)
    except InUse as error:
        raise StoreUnusable(
            f"The library {display_name(path)} is open in another newsreader: the app, or a command such as "
            "`newsreader sync`. Close that, or wait until it is done, and try again."
        ) from error


def _repair(path: Path) -> Repair:
    backup = _backup_name(path)
    found = _damage(path)
    if found is None:
        _back_up(path, backup)
        try:
            return Repair(backup, None, _index_anew(path))
        except TablesUnexpected as error:
            found = str(error.__cause__)
        except StoreUnusable:  # it is no library of ours: nothing is changed, and nothing left behind
            backup.unlink()
            raise
    try:
        for side in ("", *SIDES[:1]):
            if (file := _beside(path, side)).exists():
                shutil.copy2(file, _beside(backup, side))
        lost = _move_into_new(path)
    except OSError as error:
        raise StoreUnusable(f"{display_name(path)} can't be mended: {error.strerror}.") from error
    return Repair(backup, found, _index_anew(path), lost)


def _move_into_new(path: Path) -> tuple[str, ...]:
    """Put what can be read of a library in its place, and give the headlines of what was lost."""
    new_path = path.with_suffix(".mended")
    _remove(new_path)
    new = open_database(new_path)
    try:
        new.pragma("foreign_keys", False)
        with _reading(path) as old, transaction(new, "IMMEDIATE"):
            with suppress(*UNREADABLE):  # where not even its tables are known, a new library begins
                salvage(old, new)
            lost = _drop_what_is_not_whole(new)
    finally:
        new.close()
    for side in SIDES:  # before the move: else they would be taken for the new file's
        _beside(path, side).unlink(missing_ok=True)
    new_path.replace(path)
    return lost


def _drop_what_is_not_whole(new: apsw.Connection) -> tuple[str, ...]:
    """Take out articles that are not what they are called after, their content, and what belongs to nothing."""
    lost = []
    rows: list[Any] = new.execute("SELECT id, headline, published FROM articles").fetchall()
    for article_id, headline, published in rows:
        paragraphs = new.execute("SELECT text FROM paragraphs WHERE article_id = ? ORDER BY number", (article_id,))
        texts = [str(text) for (text,) in paragraphs]
        try:
            day = date.fromisoformat(published) if published else None
        except ValueError:
            day = None
        if Article.build(headline, texts, published=day, origin="").id != article_id:
            new.execute("DELETE FROM articles WHERE id = ?", (article_id,))
            lost.append(str(headline))
    # An older version of what is lost is the newest one now.
    new.execute("UPDATE articles SET replaced_by = NULL WHERE replaced_by NOT IN (SELECT id FROM articles)")
    new.execute("DELETE FROM answers WHERE NOT json_valid(answer)")
    new.execute("DELETE FROM entities WHERE NOT json_valid(entities)")
    new.execute("DELETE FROM briefs WHERE NOT json_valid(brief)")
    _drop_orphans(new)
    new.execute("UPDATE feeds SET etag = NULL, last_modified = NULL")  # what is lost may still be there to fetch
    return tuple(lost)


def _drop_orphans(new: apsw.Connection) -> None:
    links: list[Any] = new.execute(
        "SELECT tables.name, link.'from', link.'table', coalesce(link.'to', parent.name) "
        "FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS link, "
        "pragma_table_info(link.'table') AS parent WHERE tables.type = 'table' AND parent.pk = 1 ORDER BY tables.rowid"
    ).fetchall()
    for table, column, parent, key in links:
        new.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {parent})")  # noqa: S608


def _index_anew(path: Path) -> int:
    """Make the full-text index anew, and count the articles."""
    connection = open_database(path)
    try:
        with transaction(connection, "IMMEDIATE"):
            connection.execute("INSERT INTO full_text (full_text) VALUES ('rebuild')")
        return int(connection.execute("SELECT count(*) FROM articles WHERE replaced_by IS NULL").get)
    finally:
        connection.close()


@contextmanager
def _reading(path: Path) -> Iterator[apsw.Connection]:
    """Open a database as it is: nothing is brought up to date, and nothing need be written."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    if connection.readonly("main") or not os.access(path.parent, os.W_OK):
        connection.close()
        connection = open_read_only(path)
    try:
        yield connection
    finally:
        connection.close(True)  # by force: closing a damaged one may fail, too


def _backup_name(path: Path) -> Path:
    today = f"{date.today():%Y-%m-%d}"
    names = (path.with_name(f"{path.stem}-{today}{f'-{n}' if n > 1 else ''}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def _beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


def _remove(path: Path) -> None:
    for side in ("", *SIDES):
        _beside(path, side).unlink(missing_ok=True)
