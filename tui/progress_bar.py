"""A bar on standard error that says how far a command is; where there is no terminal, nothing is drawn."""

import sys
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
from rich.table import Column

TENTHS: Final = 10
"""Lines that those print in the place of the bar who print any: one for each tenth."""


class ProgressBar:
    """What is being done, a bar, and columns of a subclass. ``transient`` where something says it again at the end."""

    def __init__(self, *columns: ProgressColumn, transient: bool) -> None:
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=8)),
            *columns,
            console=Console(stderr=True, highlight=False),
            expand=True,
            transient=transient,
            disable=not sys.stderr.isatty(),
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


def one_line() -> Column:
    """Give the table column of what must not be broken."""
    return Column(no_wrap=True)
