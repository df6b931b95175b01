"""The line that says how far a sync is, and what came of it."""

from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.counting import counted
from tui.foreign import shown

BAR: Final = 10
"""Columns of the bar."""


class SyncLine(Static):
    """A bar while feeds are fetched; then a sentence."""

    syncing: reactive[bool] = reactive(False)
    """Whether feeds are being fetched."""

    def on_mount(self) -> None:
        """There is nothing to say yet."""
        self.display = False

    def begin(self) -> None:
        """Say that feeds are being fetched."""
        self.syncing = self.display = True
        self.progress(0, 0, 0)

    def progress(self, done: int, total: int, new: int) -> None:
        """Show how far it is. It may come late, from another thread: what has ended stays so."""
        if not self.syncing:
            return
        filled = BAR * done // max(total, 1)
        found = f" · {counted(new, 'new article')}" if new else ""
        stop = Content.assemble(("  x", "bold $accent"), (" stops", "$muted"))
        bar = Content.assemble(("━" * filled, "$accent"), ("━" * (BAR - filled), "$rule"))
        self.update(Content.assemble(bar, f" {done} of {total}", (found, "$muted"), stop))

    def end(self, said: str, *, trouble: bool) -> None:
        """Say what came of it, if there is anything to say."""
        self.syncing = False
        self.display = bool(said)
        self.update(Content.assemble(("✗ ", "$error") if trouble else ("● ", "$success"), shown(said)))
