"""Asks the reader to choose one of a few things to do."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from tui.foreign import shown
from tui.keys import IN_LIST, bindings


class ChoiceList(OptionList):
    """The things that can be done."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_LIST)


class ChoiceScreen(ModalScreen[int | None]):
    """Ends with the number of what was chosen, from 0 on; with None where the reader does none of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Leave", id="choice.leave")]

    def __init__(self, title: str, text: str, choices: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The question, and the choices."""
        with Vertical(id="choice", classes="box") as box:
            box.border_title = self._title
            if self._text:
                yield Static(shown(self._text), id="choice-text", markup=False)
            yield ChoiceList(*(Option(shown(choice)) for choice in self._choices), id="choices", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Stand on the first choice."""
        self.query_one(ChoiceList).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
