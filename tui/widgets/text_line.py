"""The line of text that one types a question or a search into."""

from textual.widgets import Input


class TextLine(Input):
    """A bare line: no border, no box."""

    def __init__(
        self,
        placeholder: str,
        *,
        max_length: int = 0,
        select_on_focus: bool,
        id: str | None = None,  # noqa: A002 -- Textual's own name
    ) -> None:
        super().__init__(
            placeholder=placeholder, max_length=max_length, select_on_focus=select_on_focus, compact=True, id=id
        )

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the slash for what it is: Textual does not know it as a character, and would offer it as a command."""
        return key == "slash" or super().check_consume_key(key, character)
