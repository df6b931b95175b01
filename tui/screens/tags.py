"""Asks for the tags of an article, and completes those that are known."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.suggester import Suggester
from textual.widgets import Static

from library.folding import folded
from library.tags import TAG_SEPARATOR
from tui.foreign import shown
from tui.screens.name import NameScreen
from tui.widgets.dialog_line import DialogLine

LONGEST_LINE: Final = 1000
"""Characters of all tags of an article."""

NO_TAGS: Final = "These are your first tags."


class TagSuggester(Suggester):
    """Completes the last of several tags."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Give the line with its last tag complete."""
        *before, last = value.split(TAG_SEPARATOR)
        begun, there = folded(last.strip()), {folded(tag.strip()) for tag in before}
        for tag in self._known:
            if begun and folded(tag).startswith(begun) and folded(tag) not in there:
                return value + tag[len(last.strip()) :]
        return None


class TagsScreen(NameScreen):
    """Ends with the tags that were typed, as one line; with None where the reader leaves it."""

    HINT: ClassVar[str] = "harbour, to read"
    ADVICE: ClassVar[str] = "→ completes"

    def __init__(self, line: str, known: Sequence[str]) -> None:
        super().__init__("Tags, with commas between", line, longest=LONGEST_LINE)
        self._known = known

    def on_mount(self) -> None:
        """Go on behind the tags that it has."""
        line = self.query_one(DialogLine)
        line.suggester = TagSuggester(self._known)
        line.select_on_focus = False
        line.cursor_position = len(line.value)
        there = f"Yours: {', '.join(map(shown, self._known))}" if self._known else NO_TAGS
        self.query_one("#name").mount(Static(there, id="tags-known", markup=False))

    def taken(self, typed: str) -> str:
        """Give the line as it is: nothing takes all tags off."""
        return typed
