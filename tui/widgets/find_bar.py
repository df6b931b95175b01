"""The line in which one types what to find in the article."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.marks import Trail
from tui.widgets.text_line import TextLine


class FindBar(Horizontal):
    """Asks for words, which the article lights up while they are typed, and says where n and N have got to."""

    @dataclass
    class Typed(Message):
        """The words have changed."""

        words: str

    class Accepted(Message):
        """The reader goes on in the article, with the words lit up."""

    words = query_one(TextLine)
    count = query_one("#find-count", Static)

    def compose(self) -> ComposeResult:
        """The sign of the key, the words, how many there are."""
        yield Static("/", id="find-sign", markup=False)
        yield TextLine("Find in this article", select_on_focus=True)
        yield Static(id="find-count", markup=False)

    def ask(self) -> None:
        """Open, with the last words ready to be typed over."""
        self.display = True
        self.set_class(True, "-typing")
        self.screen.set_focus(self.words)

    def close(self) -> None:
        """Fold away."""
        self.display = False
        self.set_class(False, "-typing")

    def show(self, trail: Trail) -> None:
        """Say what is walked, unless it is typed right here, and where the reader is."""
        typing = self.has_class("-typing")
        self.display = typing or bool(trail.places)
        if typing and not trail.label:
            self.count.update("")
        else:
            self.count.update(Content.assemble(("" if typing else f"{trail.label}  ", "bold"), (str(trail), "$muted")))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.has_class("-typing"):
            self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _accepted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Accepted())
