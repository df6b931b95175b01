"""The line of a dialog, which Enter takes as it stands."""

from typing import ClassVar

from textual.binding import BindingType

from tui.keys import IN_DIALOG, bindings
from tui.widgets.text_line import TextLine


class DialogLine(TextLine):
    """Takes what a dialog asks for; the footer shows the key that ends it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_DIALOG)
