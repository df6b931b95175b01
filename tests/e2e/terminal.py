"""A terminal as a person has it: a program runs in it, keys go in, and what is on the screen comes out."""

import os
import re
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

import pexpect
import pyte

COLUMNS: Final = 130
ROWS: Final = 42
POLL_S: Final = 0.1
"""How long one look at the program's output waits for more of it."""

STOP_S: Final = 10.0
"""How long a program may take to end when it is told to quit."""


class Terminal:
    """Runs a program in a pseudo-terminal and keeps its screen. Use it as a context manager: it leaves no process."""

    def __init__(self, command: Sequence[str], env: dict[str, str] | None = None) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self._process = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"} | (env or {}),
            dimensions=(ROWS, COLUMNS),
            timeout=None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close(force=True)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def painted(self, colour: str) -> str:
        """Give the text on a background of this colour (#rrggbb), line by line."""
        rows = (self.screen.buffer[row] for row in range(ROWS))
        lines = ("".join(cell.data for cell in row.values() if f"#{cell.bg}" == colour) for row in rows)
        return "\n".join(line for line in lines if line)

    def send(self, keys: str) -> None:
        """Press keys."""
        self._process.send(keys)

    def click(self, column: int, row: int) -> None:
        """Click with the left button; both count from 0. SGR mouse protocol."""
        for end in "Mm":
            self._process.send(f"\x1b[<0;{column + 1};{row + 1}{end}")

    def wait_for(self, wanted: str | Callable[[str], object], *, within_s: float) -> str:
        """Wait until a regular expression matches what is on the screen, or a function of it is true."""
        seen = wanted if callable(wanted) else re.compile(wanted).search
        deadline = time.monotonic() + within_s
        while not seen(self.text):
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"{wanted} did not come within {within_s} s. On the screen:\n{self.text}")
        return self.text

    def end(self) -> int:
        """Wait until the program has ended by itself, and give its exit status."""
        deadline = time.monotonic() + STOP_S
        while self._read():
            assert time.monotonic() < deadline, f"it did not end. On the screen:\n{self.text}"
        self._process.wait()
        return int(self._process.exitstatus if self._process.exitstatus is not None else -1)

    def _read(self) -> bool:
        """Take in what the program has printed. False once it has ended."""
        try:
            self._stream.feed(self._process.read_nonblocking(65536, timeout=POLL_S))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True
