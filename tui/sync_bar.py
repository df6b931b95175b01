"""How a sync is shown on the command line: a bar on a terminal, nothing elsewhere."""

from rich.progress import MofNCompleteColumn, TextColumn

from library.feeds.sync import Progress
from tui.progress_bar import ProgressBar, one_line


class SyncBar(ProgressBar):
    """Shows the progress of a sync."""

    def __init__(self) -> None:
        super().__init__(
            MofNCompleteColumn(table_column=one_line()),
            TextColumn("{task.fields[new]} new articles", markup=False, table_column=one_line()),
            transient=True,
        )
        self._task = self._bar.add_task("feeds", total=None, new=0)

    def show(self, progress: Progress) -> None:
        """Show how far it is."""
        self._bar.update(self._task, completed=progress.done, total=progress.total, new=progress.new)
