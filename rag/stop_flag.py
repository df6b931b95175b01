"""A flag that one thread raises to stop what another is doing, down into llama.cpp."""

import ctypes


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
