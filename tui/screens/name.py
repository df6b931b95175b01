"""Asks for a name."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Input

from tui.widgets.dialog_line import DialogLine

LONGEST_NAME: Final = 80
LONGEST_PATH: Final = 4096
"""Characters of the name of a file, with its folders: what Linux takes."""


class NameScreen(ModalScreen[str | None]):
    """Ends with the name that was typed; with None where the reader leaves it."""

    HINT: ClassVar[str] = "name"
    ADVICE: ClassVar[str] = ""
    """What there is to know besides the keys of the footer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave", id="name.leave")]

    def __init__(self, title: str, proposed: str, *, longest: int = LONGEST_NAME) -> None:
        super().__init__()
        self._longest = longest
        self._title = title
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        """A line, with a name that may do."""
        with Vertical(id="name", classes="box") as box:
            box.border_title = self._title
            box.border_subtitle = self.ADVICE
            line = DialogLine(self.HINT, max_length=self._longest, select_on_focus=True, id="name-line")
            line.value = self._proposed[: self._longest]  # before it has the focus: that selects it, to be typed over
            yield line
        yield Footer(show_command_palette=False)

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self.taken(event.value))

    def taken(self, typed: str) -> str | None:
        """Give what was typed as what it is taken for: nothing is no name."""
        return typed.strip() or None
