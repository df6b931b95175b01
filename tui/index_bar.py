"""How indexing is shown on the command line: a bar with rate and time left, or a line for each tenth of it."""

import sys
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Column
from rich.text import Text

from rag.messages import Indexing

LINES: Final = 10
"""Lines where there is no terminal: one for each tenth."""


class _Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        """Give the rate of the last while."""
        return Text(f"{task.speed:.1f} articles/s" if task.speed else "")


class IndexBar:
    """Shows the progress of indexing, on standard error."""

    def __init__(self) -> None:
        self.total = 0
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None, table_column=Column(ratio=1, min_width=8)),
            MofNCompleteColumn(table_column=Column(no_wrap=True)),
            _Rate(table_column=Column(no_wrap=True)),
            TimeRemainingColumn(compact=True, table_column=Column(no_wrap=True)),
            console=Console(stderr=True, highlight=False),
            expand=True,
            transient=True,  # the last line says it again
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("indexing", total=None)
        self._tenth = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, event: Indexing) -> None:
        """Show how far it is."""
        self.total = event.total
        self._bar.update(self._task, completed=event.done, total=event.total)
        tenth = event.done * LINES // event.total
        if self._bar.disable and tenth > self._tenth:
            self._tenth = tenth
            print(f"{event.done} of {event.total} articles indexed", file=sys.stderr)  # noqa: T201 -- it is output

    def finish(self) -> None:
        """Show that all is done."""
        self._bar.update(self._task, completed=self.total)
