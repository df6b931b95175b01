"""Opens a library that can't be written: on a medium or in a folder that is read-only, or somebody else's.

SQLite reads a database in WAL mode only with an index of its log beside it, which it may have to make. Where there is
no log, and none can be made, nobody writes: then the file is read as it stands (https://www.sqlite.org/wal.html,
"Read-Only Databases").
"""

from pathlib import Path

import apsw

LOG = "-wal"
"""What stands at the end of the name of the log: what was kept last is there alone."""


def open_read_only(path: Path) -> apsw.Connection:
    """Open the database of ``path`` to read it, without writing anything beside it. Raises ``apsw.Error``."""
    log = path.with_name(path.name + LOG)
    try:
        return _opened(path, "mode=ro")
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        if log.exists() and log.stat().st_size:  # read without it, the library would not be whole
            raise
    return _opened(path, "mode=ro&immutable=1")


def _opened(path: Path, how: str) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(f"{path.absolute().as_uri()}?{how}", flags=flags)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.Error:
        connection.close()
        raise
    return connection
