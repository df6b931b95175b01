"""One line on standard error that says what is being done, for as long as it is being done."""

import shutil
import sys
from types import TracebackType
from typing import Final, Self

CLEAR_LINE: Final = "\r\x1b[K"


class ProgressLine:
    """Shows texts over one another on standard error where that is a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._visible:
            width = shutil.get_terminal_size().columns - 1
            print(CLEAR_LINE + text[:width], end="", file=sys.stderr, flush=True)  # noqa: T201 -- it is output

    def clear(self) -> None:
        """Take the line away, before something else is printed."""
        if self._visible:
            print(CLEAR_LINE, end="", file=sys.stderr, flush=True)  # noqa: T201 -- it is output
