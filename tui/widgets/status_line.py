"""The line at the top: what is open, and what the machine is doing for it."""

from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.foreign import shown

NAME: Final = "≡ newsreader"
"""The sign of a menu: a click opens all commands, for whoever has but a mouse."""

OFFLINE: Final = "offline"
"""Said as long as nothing that is read or asked leaves the machine."""


class StatusLine(Widget):
    """Name and place at the left, model and worker at the right."""

    place: reactive[str] = reactive("")
    """Which of several articles is open."""
    model: reactive[str] = reactive("")
    leaving: reactive[str] = reactive("")
    """What leaves the machine, if anything does."""
    state: reactive[str] = reactive("")
    busy: reactive[bool] = reactive(False)
    trouble: reactive[bool] = reactive(False)

    def on_click(self) -> None:
        """Open the palette."""
        self.app.action_command_palette()

    def render(self) -> Content:
        """Set both ends apart; where they don't fit, the model's name goes first, and what leaves the machine never."""
        left = Content.assemble((NAME, "bold $accent"), (f"  {self.place}" if self.place else "", "$muted"))
        width = self.size.width
        where = self.leaving or OFFLINE
        for parts in ((self.model, self.state, where), (self.state, where), (self.leaving or self.state,)):
            right = self._right([part for part in parts if part])
            if left.cell_length + right.cell_length + 2 <= width:
                break
        space = max(width - left.cell_length - right.cell_length, 1)
        return Content.assemble(left, " " * space, right)

    def _right(self, parts: list[str]) -> Content:
        sign, style = ("✗", "$error") if self.trouble else ("◐", "$accent") if self.busy else ("●", "$success")
        text = " · ".join(shown(part) for part in parts)
        return Content.assemble((f"{sign} " if cell_len(text) else "", style), (text, "$muted"))
