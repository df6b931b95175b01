"""Which vector index is in use: that in the folder or on a server; else a copy of it, or one in memory."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from math import inf
from typing import Final, Self

from models.settings import Settings
from rag.failures import IndexFailed
from rag.index import VectorIndex
from rag.index_copy import IndexCopy
from rag.index_folder import IndexBusy, IndexFolder
from rag.index_server import IndexUnreachable, connect
from rag.leaving import leaving_as_vectors
from rag.stop_flag import StopFlag

PAUSE_S: Final = 60.0
"""How long a server that could not be reached is left alone: trying it may take a while."""


class IndexHolder:
    """Opens the vector index that is set, and another one in its place where that can't be had; notices say so."""

    def __init__(
        self,
        settings: Settings,
        stop: StopFlag,
        tell: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._stop = stop
        self._tell = tell
        self._clock = clock
        self._folder = IndexFolder(settings.index_dir)
        self._index: VectorIndex | None = None
        self._try_at = 0.0
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self._folder)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def index(self) -> VectorIndex:
        """The index that is in use."""
        return self._index or self.take()

    def take(self) -> VectorIndex:
        """Open the index, unless it is open; give the one that is in use.

        Called again, it takes the real one when the newsreader that held it has left, or the server is back.
        Raises ``Stopped`` where the waiting for a server is stopped.
        """
        if (self._index is not None and self._index.lasting) or self._clock() < self._try_at:
            return self._index or self._in_memory()
        try:
            server = self._settings.index
            index = connect(server, self._stop) if server.url else self._folder.open()
        except IndexBusy:
            return self._do_without(
                "Another newsreader is running and holds the index. You can read and ask here too; what this one "
                "indexes is not kept, and the library is searched by words first, until the other one leaves."
            )
        except IndexUnreachable as error:
            return self._without_server(error)
        except OSError as error:
            return self._copied(error)
        except IndexFailed as error:
            return self._without_folder(error)
        self._tell_taken(had_to_wait=self._index is not None)
        self._index = index
        return index

    def renew(self, failure: Exception) -> VectorIndex:
        """Put a new index in the place of one that has failed; a server is left alone for a while.

        While one in memory is used, the folder is another newsreader's: it is not touched.
        """
        if self._index is None or not self._index.lasting:
            return self._in_memory()
        if self._index.shared:
            self._index = None
            return self._without_server(IndexUnreachable(f"the index server has failed: {failure}"))
        try:
            self._index = self._folder.renew()
        except (OSError, IndexFailed) as error:
            return self._without_folder(error)
        self._tell_damaged()
        return self._index

    def _without_server(self, error: IndexUnreachable) -> VectorIndex:
        self._try_at = self._clock() + PAUSE_S
        return self._do_without(
            f"{str(error)[:1].upper()}{str(error)[1:]}. You can read and ask all the same; the library is searched by "
            "words first until it is back."
        )

    def _copied(self, error: OSError) -> VectorIndex:
        """Use a copy of an index that can't be written, where there is one, and say so before: it may take long."""

        def tell(size: int) -> None:
            self._tell(
                f"The index in {self._settings.index_dir} can't be written: {error.strerror}. It is copied "
                f"({size / 1e9:.1f} GB), and the copy is used; what is indexed is not kept."
            )

        index = self._open.enter_context(IndexCopy(self._settings.index_dir)).open(tell)
        if index is None:
            return self._without_folder(error)
        self._try_at = inf
        self._index = index
        return index

    def _without_folder(self, error: OSError | IndexFailed) -> VectorIndex:
        self._try_at = inf
        self._index = None
        reason = error.strerror if isinstance(error, OSError) else error
        return self._do_without(
            f"The index in {self._settings.index_dir} can't be used: {reason}. "
            "You can read and ask all the same; what is indexed is not kept."
        )

    def _do_without(self, notice: str) -> VectorIndex:
        """Use an index in memory; say so once."""
        if self._index is None:
            self._tell(notice)
        return self._index or self._in_memory()

    def _in_memory(self) -> VectorIndex:
        self._index = VectorIndex.in_memory()
        return self._index

    def _tell_taken(self, *, had_to_wait: bool) -> None:
        if left := leaving_as_vectors(self._settings.index):
            self._tell(left.sentence)
        elif had_to_wait:
            self._tell("The other newsreader has left: this one holds the index now, and keeps what it indexes.")
        if self._folder.found_damaged:
            self._tell_damaged()

    def _tell_damaged(self) -> None:
        self._tell(
            f"The index was damaged and is made anew as you ask. The old one is in {self._folder.aside}; "
            "you may delete it."
        )
