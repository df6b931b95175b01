"""How a pull is shown on the command line: a bar on a terminal, a line now and then elsewhere."""

import sys

from rich.progress import TaskID, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Column

from rag.model_files.progress import Progress, Stage
from tui.progress_bar import TENTHS, ProgressBar, one_line


class PullBar(ProgressBar):
    """Shows the progress of one model."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.fields[size]}", markup=False, table_column=one_line()),
            TransferSpeedColumn(table_column=one_line()),
            TimeRemainingColumn(compact=True, table_column=one_line()),
            TextColumn("{task.fields[doing]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
            transient=False,
        )
        self._task: TaskID | None = None
        self._last = ("", -1)

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
        tenth = progress.done * TENTHS // progress.total
        waits = progress.stage in (Stage.WAITING, Stage.CONNECTING)
        now = (progress.stage.value if waits else "", tenth)
        if now != self._last:
            self._last = now
            print(line, file=sys.stderr, flush=True)  # noqa: T201 -- it is output
