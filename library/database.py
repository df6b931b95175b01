"""Opens the SQLite database of the library, brings it up to date, and says in plain words when it can't be used."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib import resources
from pathlib import Path
from typing import Any, Concatenate, Final, Literal, ParamSpec, Self

import apsw

from library.cleaning import display_name
from library.in_use import InUse, locked
from library.read_only import open_read_only

Given = ParamSpec("Given")

BUSY_TIMEOUT_MS: Final = 10_000
"""How long to wait for another process that is writing; its transactions last milliseconds."""

APPLICATION_ID: Final = 0x6E777372
"""Marks the file as a newsreader library ("nwsr"), so that no other program's database is taken for one."""


ELSEWHERE: Final = (
    "See the permissions of the file and its folder, or keep the library elsewhere: --data-dir FOLDER, or library_dir "
    "in config.toml."
)


class StoreUnusable(Exception):
    """The database is damaged, can't be written, or is not ours. The message says what to do, in plain words."""


class NotWritable(StoreUnusable):
    """The database, or its folder, can't be written. It may be possible to read it all the same."""


class TablesUnexpected(StoreUnusable):
    """The tables are not those of the version that the database says it has."""


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Have a library with all others but who mends it. Raises ``StoreUnusable`` while that is done."""
    try:
        with locked(path, alone=False):
            yield
    except InUse as error:
        raise StoreUnusable(
            f"The library {display_name(path)} is being mended by `newsreader doctor --repair`. "
            "Try again when that is done."
        ) from error


def open_database(path: Path) -> apsw.Connection:
    """Open the database of ``path``; create it, or bring it up to date, where that is needed.

    Raises ``StoreUnusable``.
    """
    with in_plain_words(path):
        connection = apsw.Connection(str(path))
        try:
            _prepare(connection, path)
        except apsw.SQLError as error:
            connection.close()
            raise TablesUnexpected(
                f"The library {display_name(path)} can't be brought up to date, for its tables are not as expected "
                f"({error}). `newsreader doctor --repair` moves what can be read of it into a new one, after a backup; "
                "or move the file aside, and an empty library begins."
            ) from error
        except (apsw.Error, StoreUnusable):
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: apsw.Connection, mode: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
    """Read one state of the database (deferred), or change it altogether or not at all (immediate)."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


class Database:
    """An open database. All of its methods raise ``StoreUnusable`` where it fails.

    ``read_only``: it can be read, and nothing can be kept in it.
    """

    def __init__(self, connection: apsw.Connection, path: Path, lock: ExitStack, *, read_only: bool) -> None:
        self._connection = connection
        self._path = path
        self._lock = lock
        self.read_only = read_only
        self._not_waiting = 0

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the database of ``path`` as one of all who use it, with its folder where that is not there yet."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = f"The library {display_name(path)} can't be created: {error.strerror}."
            raise StoreUnusable(f"{reason} {ELSEWHERE}") from error
        with ExitStack() as lock:
            lock.enter_context(shared(path))
            try:
                connection, read_only = open_database(path), False
            except NotWritable:
                if not path.is_file():
                    raise
                connection, read_only = _open_to_read(path), True
            return cls(connection, path, lock.pop_all(), read_only=read_only)

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """See one state of the database, whatever others write meanwhile."""
        with in_plain_words(self._path), transaction(self._connection, "DEFERRED"):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """Change all or nothing. Raises ``NotWritable`` where nothing can be."""
        if self.read_only:
            raise NotWritable(f"The library {display_name(self._path)} can only be read. {ELSEWHERE}")
        with in_plain_words(self._path), transaction(self._connection, "IMMEDIATE"):
            yield self._connection

    @contextmanager
    def not_waiting_for_the_disk(self) -> Iterator[None]:
        """Let changes be on disk a little later, which is many times faster.

        Nothing is lost when the program ends, however it does. A power cut can take the last changes, never one without
        all that came after it: so this is for what can be had again. Of blocks that overlap, the last one ends it.
        """
        if self._not_waiting == 0:
            self._connection.pragma("synchronous", "normal")
        self._not_waiting += 1
        try:
            yield
        finally:
            self._not_waiting -= 1
            if self._not_waiting == 0:
                self._connection.pragma("synchronous", "full")

    def close(self) -> None:
        """Close it. What was kept before is on disk in any case."""
        with self._lock, in_plain_words(self._path):
            self._connection.close()


def if_it_can_be_kept(method: Callable[Concatenate[Any, Given], None]) -> Callable[Concatenate[Any, Given], None]:
    """Let a method do nothing in a database that can only be read: it keeps what reading leaves behind.

    Whoever opens such a database says so once. The method's object has it as ``_database``.
    """

    @wraps(method)
    def kept(self: Any, /, *args: Given.args, **kwargs: Given.kwargs) -> None:
        if not self._database.read_only:
            method(self, *args, **kwargs)

    return kept


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what the reader can do about it: raises ``StoreUnusable`` in its place."""
    library = f"The library {display_name(path)}"
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StoreUnusable(
            f"{library} is damaged. `newsreader doctor --repair` saves what can be read of it, after a backup."
        ) from error
    except apsw.BusyError as error:
        raise StoreUnusable(f"{library} is in use by another program. Close that, and try again.") from error
    except apsw.FullError as error:
        raise StoreUnusable(f"{library} can't grow, for its disk is full. Make room, and try again.") from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise NotWritable(f"{library} can't be opened or written. {ELSEWHERE} ({error})") from error
    except apsw.IOError as error:
        raise StoreUnusable(
            f"{library} can't be read or written: its disk fails, is full, or was taken out. ({error})"
        ) from error


def _prepare(connection: apsw.Connection, path: Path) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    if connection.readonly("main"):
        raise NotWritable(f"The library {display_name(path)} can't be written. {ELSEWHERE}")
    _check_ours(connection, path)
    connection.pragma("journal_mode", "wal")
    connection.pragma("foreign_keys", True)
    migrations = _migrations()
    if _version(connection) < len(migrations):
        with transaction(connection, "IMMEDIATE"):
            # Of two processes that start at once, one has waited here, and finds it done.
            for migration in migrations[_version(connection) :]:
                connection.execute(migration)
            connection.pragma("application_id", APPLICATION_ID)
            connection.pragma("user_version", len(migrations))
    else:
        _check_not_newer(connection, path)


def _open_to_read(path: Path) -> apsw.Connection:
    """Open a database that can't be written. Raises ``StoreUnusable``, also where it is not up to date."""
    with in_plain_words(path):
        connection = open_read_only(path)
        try:
            connection.set_busy_timeout(BUSY_TIMEOUT_MS)
            _check_ours(connection, path)
            _check_not_newer(connection, path)
            if _version(connection) < len(_migrations()):
                raise NotWritable(
                    f"The library {display_name(path)} was written by an older newsreader, and can't be brought up to "
                    f"date, for it can't be written. Copy it to a folder of your own. {ELSEWHERE}"
                )
        except (apsw.Error, StoreUnusable):
            connection.close()
            raise
    return connection


def _check_ours(connection: apsw.Connection, path: Path) -> None:
    if connection.pragma("application_id") != APPLICATION_ID and connection.execute("SELECT 1 FROM sqlite_schema").get:
        raise StoreUnusable(f"{display_name(path)} is the database of another program, not a newsreader library.")


def _check_not_newer(connection: apsw.Connection, path: Path) -> None:
    if _version(connection) > len(_migrations()):
        raise StoreUnusable(
            f"The library {display_name(path)} was written by a newer newsreader. "
            "Update newsreader, or use another data folder."
        )


def _migrations() -> list[str]:
    """Give the SQL that leads from each version of the database to the next, from an empty one on."""
    files = (file for file in resources.files("library").joinpath("migrations").iterdir() if file.name.endswith(".sql"))
    return [file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name)]


def _version(connection: apsw.Connection) -> int:
    return int(str(connection.pragma("user_version")))
