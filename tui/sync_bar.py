"""How a sync is shown on the command line: a bar on a terminal, nothing elsewhere."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as RichProgress
from rich.table import Column

from library.feeds.sync import Progress


class SyncBar:
    """Shows the progress of a sync, on standard error."""

    def __init__(self) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=8)),
            MofNCompleteColumn(table_column=Column(no_wrap=True)),
            TextColumn("{task.fields[new]} new articles", markup=False, table_column=Column(no_wrap=True)),
            console=Console(stderr=True, highlight=False),
            expand=True,
            transient=True,  # the summary says it again
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("feeds", total=None, new=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Show how far it is."""
        self._bar.update(self._task, completed=progress.done, total=progress.total, new=progress.new)
