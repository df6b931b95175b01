"""The line in which one types to narrow a list."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui.keys import IN_FILTER, bindings
from tui.widgets.text_line import TextLine


class FilterLine(TextLine):
    """Takes a part of what one looks for, so that the list holds nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_FILTER)

    class Left(Message):
        """The reader goes on to what is left of the list."""

    def action_to_list(self) -> None:
        """Go to what is left of the list."""
        self.post_message(self.Left())
