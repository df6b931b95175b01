"""How indexing is shown on the command line: a bar with rate and time left, or a line for each tenth of it."""

import sys

from rich.progress import MofNCompleteColumn, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from rag.messages import Indexing
from tui.progress_bar import TENTHS, ProgressBar, one_line


class _Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        """Give the rate of the last while."""
        return Text(f"{task.speed:.1f} articles/s" if task.speed else "")


class IndexBar(ProgressBar):
    """Shows the progress of indexing."""

    def __init__(self) -> None:
        super().__init__(
            MofNCompleteColumn(table_column=one_line()),
            _Rate(table_column=one_line()),
            TimeRemainingColumn(compact=True, table_column=one_line()),
            transient=True,
        )
        self.total = 0
        self._task = self._bar.add_task("indexing", total=None)
        self._tenth = 0

    def show(self, event: Indexing) -> None:
        """Show how far it is."""
        self.total = event.total
        self._bar.update(self._task, completed=event.done, total=event.total)
        tenth = event.done * TENTHS // event.total
        if self._bar.disable and tenth > self._tenth:
            self._tenth = tenth
            print(f"{event.done} of {event.total} articles indexed", file=sys.stderr)  # noqa: T201 -- it is output

    def finish(self) -> None:
        """Show that all is done."""
        self._bar.update(self._task, completed=self.total)
