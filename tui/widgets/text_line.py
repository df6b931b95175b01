"""The line of text that one types a question or a search into."""

from typing import Final

from textual import events
from textual.widgets import Input

from library.cleaning import one_line

LONGEST_LINE: Final = 1000
"""Characters of what is looked for: more is pasted by mistake, and would take long to be looked for."""


class TextLine(Input):
    """A bare line: no border, no box."""

    def __init__(
        self,
        placeholder: str,
        *,
        max_length: int = LONGEST_LINE,
        select_on_focus: bool,
        id: str | None = None,  # noqa: A002 -- Textual's own name
    ) -> None:
        super().__init__(
            placeholder=placeholder, max_length=max_length, select_on_focus=select_on_focus, compact=True, id=id
        )
        self._longest = max_length

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the slash for what it is: Textual does not know it as a character, and would offer it as a command."""
        return key == "slash" or super().check_consume_key(key, character)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted as one, as far as there is room, and say where that is not all.

        Textual takes the first line alone, and nothing of what is too long.
        """
        event.prevent_default()
        event.stop()
        text = one_line(event.text)
        start, end = sorted(self.selection)
        room = self._longest - len(self.value) + end - start
        self.replace(text[:room], start, end)
        if len(text) > room:
            self.notify(f"There is room for {self._longest:,} characters; the rest is left out.")
