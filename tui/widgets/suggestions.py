"""Questions to choose from, as long as nothing has been asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.foreign import shown
from tui.keys import IN_LIST, bindings


class Suggestions(OptionList):
    """A question a line; Enter or a click asks it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_LIST)

    @dataclass
    class Chosen(Message):
        """The reader wants to ask one."""

        question: str

    class Left(Message):
        """The reader goes down to the line where a question is typed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self.questions: tuple[str, ...] = ()

    def offer(self, questions: Sequence[str]) -> None:
        """Offer these questions in place of others."""
        self.questions = tuple(questions)
        self.set_options(Option(Content.assemble(("? ", "$accent"), shown(question))) for question in questions)

    def enter(self) -> None:
        """Come up from the line where a question is typed."""
        self.focus()
        self.action_last()

    def action_cursor_down(self) -> None:
        """Go down; from the last, out of the list."""
        if self.highlighted is not None and self.highlighted + 1 < self.option_count:
            super().action_cursor_down()
        else:
            self.post_message(self.Left())

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self.questions[event.option_index]))
