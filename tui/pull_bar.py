"""How a pull is shown on the command line: a bar on a terminal, a line now and then elsewhere."""

import sys
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import (
    Progress as RichProgress,
)
from rich.table import Column

from rag.model_files.progress import Progress, Stage

LINES: Final = 10
"""Lines that a pull prints where there is no terminal: one for each tenth."""


class PullBar:
    """Shows the progress of one model, on standard error."""

    def __init__(self) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=8)),
            TextColumn("{task.fields[size]}", markup=False, table_column=Column(no_wrap=True)),
            TransferSpeedColumn(table_column=Column(no_wrap=True)),
            TimeRemainingColumn(compact=True, table_column=Column(no_wrap=True)),
            TextColumn("{task.fields[doing]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
            console=Console(stderr=True, highlight=False),
            expand=True,
            disable=not sys.stderr.isatty(),
        )
        self._task: TaskID | None = None
        self._last = ("", -1)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Show how far it is."""
        doing = progress.detail or progress.stage.value
        size = f"{progress.done / 1e6:,.0f}/{progress.total / 1e6:,.0f} MB"
        if self._bar.disable:
            self._print(progress, f"{progress.name}: {size}, {doing}")
        elif self._task is None:
            self._task = self._bar.add_task(
                progress.name, total=progress.total, completed=progress.done, size=size, doing=doing
            )
        else:
            self._bar.update(self._task, completed=progress.done, size=size, doing=doing)

    def _print(self, progress: Progress, line: str) -> None:
        tenth = progress.done * LINES // progress.total
        waits = progress.stage in (Stage.WAITING, Stage.CONNECTING)
        now = (progress.stage.value if waits else "", tenth)
        if now != self._last:
            self._last = now
            print(line, file=sys.stderr, flush=True)  # noqa: T201 -- it is output
