"""Reads what can be read of a damaged database, row by row, and leaves out what can't.

A damaged page ends a scan, so each table is read from both ends, and by its indexes: what lies behind the page is then
found from the other side, and looked up by its key.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import apsw

UNREADABLE: Final = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, UnicodeDecodeError)
"""What reading a damaged row, or what was overwritten, may raise."""

MOST_BETWEEN: Final = 1_000_000
"""Row numbers tried from either end of what can't be read, at the most: twice the paragraphs of 20,000 articles.

A damaged row number can be any up to 2^63, and no memory holds all those between.
"""

_OUR_TABLES: Final = """
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'full_text%' AND name NOT LIKE 'sqlite_%'
ORDER BY rowid
"""

_Key = tuple[Any, ...]


def salvage(old: apsw.Connection, new: apsw.Connection) -> None:
    """Copy the rows of all tables of ``new``, but for the full-text index, as far as ``old`` has them."""
    for table in [str(name) for (name,) in new.execute(_OUR_TABLES)]:
        columns = [name for name in _columns(new, table) if name in _columns(old, table)]
        if not columns:
            continue
        marks = ", ".join("?" * len(columns))
        for row in _rows(old, table, columns):
            try:
                new.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)  # noqa: S608
            except apsw.ConstraintError:
                continue  # what is overwritten has the wrong type


def _rows(old: apsw.Connection, table: str, columns: list[str]) -> Iterator[_Key]:
    key = _key(old, table)
    wanted = f"SELECT {', '.join(columns)} FROM {table} WHERE ({', '.join(key)}) = ({', '.join('?' * len(key))})"  # noqa: S608
    for values in _keys(old, table, key):
        try:
            yield from old.execute(wanted, values).fetchall()
        except UNREADABLE:
            continue


def _keys(old: apsw.Connection, table: str, key: list[str]) -> list[_Key]:
    """Give the keys of all rows that are known from somewhere, and all row numbers that may have been between."""
    found: dict[_Key, None] = {}
    gaps: list[tuple[int, int]] = []
    for source, order in [("", key), *((f"INDEXED BY {name}", order) for name, order in _indexes(old, table, key))]:
        ends = [
            _scan(old, f"SELECT {', '.join(key)} FROM {table} {source} ORDER BY {', '.join(by)}")  # noqa: S608
            for by in (order, [f"{column} DESC" for column in order])
        ]
        for end in ends:
            found.update(dict.fromkeys(end))
        if key == ["rowid"] and not source and all(ends):
            gaps.append((ends[0][-1][0], ends[1][-1][0]))
    for last, first in gaps:
        # Where one of the two ends is itself a damaged number, the other one is still near what is missing.
        for between in (
            range(last, min(first, last + MOST_BETWEEN)),
            range(max(last, first - MOST_BETWEEN), first),
        ):
            found.update(dict.fromkeys((number,) for number in between))
    return list(found)


def _scan(old: apsw.Connection, query: str) -> list[_Key]:
    """Give what a query finds until its end, or until a damaged page."""
    found: list[_Key] = []
    with suppress(*UNREADABLE, apsw.SQLError):  # the latter: an index can't be used for this
        found.extend(old.execute(query))
    return found


def _columns(connection: apsw.Connection, table: str) -> list[str]:
    return [str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _key(connection: apsw.Connection, table: str) -> list[str]:
    without_rowid = connection.execute("SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'", (table,)).get
    if not without_rowid:
        return ["rowid"]
    rows = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,))
    return [str(name) for (name,) in rows]


def _indexes(connection: apsw.Connection, table: str, key: list[str]) -> list[tuple[str, list[str]]]:
    """Give the indexes of a table, each with the columns by which it is gone through."""
    names = [str(name) for (name,) in connection.execute("SELECT name FROM pragma_index_list(?)", (table,))]
    described = []
    for name in names:
        rows = connection.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (name,)).fetchall()
        described.append((name, [str(column) for (column,) in rows if column is not None]))
    return [(name, columns) for name, columns in described if columns and columns != key]
