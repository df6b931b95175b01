"""The help: every key, made from the one declaration of them, and what narrows a search."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tui.filters import EXPLAINED
from tui.keys import ALL, SCROLLING, Command, Section, bindings


class KeysList(VerticalScroll):
    """The keys. It scrolls as an article does."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SCROLLING)


class HelpScreen(ModalScreen[None]):
    """Lists all keys with what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss", "Close", id="help.close", key_display="esc"),
    ]

    def compose(self) -> ComposeResult:
        """One line a command, under the titles of the sections."""
        with KeysList(id="help") as scroll:
            scroll.border_title = "Keys"
            scroll.border_subtitle = "a click outside closes"
            for section in ALL:
                yield from self._section(section)
            yield from _lines("In a search, and in a question to your library", EXPLAINED.items())
        yield Footer(show_command_palette=False)

    def on_click(self, event: events.Click) -> None:
        """Close on a click beside the list, for whoever has but a mouse."""
        if event.widget is self:
            self.dismiss()

    def _section(self, section: Section) -> ComposeResult:
        return _lines(section.title, ((" ".join(self._displayed(command)), command.help) for command in section))

    def _displayed(self, command: Command) -> list[str]:
        keys = self.app._keymap.get(command.id, command.keys).split(",")
        return [self.app.get_key_display(Binding(key, "")) for key in keys]


def _lines(title: str, explained: Iterable[tuple[str, str]]) -> ComposeResult:
    yield Static(title, classes="help-title", markup=False)
    for what, meaning in explained:
        with Horizontal(classes="help-line"):
            yield Static(what, classes="help-keys", markup=False)
            yield Static(meaning, classes="help-text", markup=False)
