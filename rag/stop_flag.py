"""A flag that one thread raises to stop what another is doing, down into llama.cpp."""

import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, TypeVar

T = TypeVar("T")

POLL_S: Final = 0.05
"""How often the flag is looked at while something is waited for."""


class Stopped(Exception):
    """The work was stopped by its ``StopFlag``."""


class StopFlag:
    """A flag that native code can see without Python.

    llama.cpp asks an abort callback before each node of its graph, hundreds of times a token. A Python callback would
    take the interpreter's lock each time; the C library's ``strlen`` on a string of no or one character answers the
    same question ("is the flag up?") at once.
    """

    def __init__(self) -> None:
        self._text = ctypes.create_string_buffer(2)

    @property
    def address(self) -> int:
        """Where the string stands in memory: empty, or one character long when the flag is up."""
        return ctypes.addressof(self._text)

    def set(self) -> None:
        """Stop."""
        self._text[0] = b"\x01"

    def clear(self) -> None:
        """Go on."""
        self._text[0] = b"\x00"

    def check(self) -> None:
        """Raise ``Stopped`` if the flag is up."""
        if self._text[0] != b"\x00":
            raise Stopped

    def wait_for(self, call: Callable[[], T]) -> T:
        """Give what a call gives that can't be stopped itself. Raises what it raises, and ``Stopped``.

        It is made in a thread of its own, which is left to its end, unheard, where the flag goes up.
        """
        self.check()
        future: Future[T] = Future()
        threading.Thread(target=_fulfil, args=(future, call), name="waited-for", daemon=True).start()
        while not future.done():
            try:
                future.exception(timeout=POLL_S)
            except TimeoutError:
                self.check()
        return future.result()


def _fulfil(future: "Future[T]", call: Callable[[], T]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001 -- it is raised where it is waited for
        future.set_exception(error)
