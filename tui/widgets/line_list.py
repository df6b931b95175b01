"""A list that draws the entries in sight alone, so that one of 20,000 opens and scrolls like one of twenty."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.keys import IN_LINES, bindings


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """Entries of the same height with a cursor. What they show is for subclasses to draw."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_LINES)

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--cursor-blurred"}

    cursor: reactive[int] = reactive(0, init=False)
    """Index of the entry that the cursor is on."""

    @dataclass
    class Moved(Message):
        """The cursor is on another entry."""

        lines: "LineList"

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.lines

    @dataclass
    class Chosen(Message):
        """The reader has chosen the entry under the cursor."""

        lines: "LineList"

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.lines

    # --- for subclasses ---

    @property
    def count(self) -> int:
        """How many entries there are."""
        raise NotImplementedError

    @property
    def entry_height(self) -> int:
        """Rows of an entry."""
        return 1

    def draw(self, index: int, row: int, width: int, style: Style) -> list[Segment]:
        """Draw a row of an entry, on what ``style`` lays under it."""
        raise NotImplementedError

    # --- the cursor ---

    def fit(self, *, cursor: int | None = None) -> None:
        """Take note that there are other entries now."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count * self.entry_height)
        self.cursor = self.validate_cursor(self.cursor if cursor is None else cursor)
        self.keep_in_sight()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an entry."""
        return max(min(cursor, self.count - 1), 0)

    def watch_cursor(self) -> None:
        """Follow the cursor."""
        self.keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    def keep_in_sight(self) -> None:
        """Scroll as far as it takes to see the cursor."""
        height = self.entry_height
        entry = Region(0, self.cursor * height, 1, height)
        self.scroll_to_region(entry, animate=False, force=True, immediate=True, x_axis=False)

    def on_resize(self, event: events.Resize) -> None:
        """Other entries are in sight."""
        self.fit()

    @property
    def in_sight(self) -> range:
        """Indices of the entries in sight."""
        first = self.scroll_offset.y // self.entry_height
        return range(first, min(first + self.size.height // self.entry_height + 2, self.count))

    @property
    def _page(self) -> int:
        return max(self.size.height // self.entry_height - 1, 1)

    def action_cursor_down(self) -> None:
        """Go to the next entry."""
        self.cursor += 1

    def action_cursor_up(self) -> None:
        """Go to the entry before."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """Go on by a page."""
        self.cursor += self._page

    def action_page_up(self) -> None:
        """Go back by a page."""
        self.cursor -= self._page

    def action_first(self) -> None:
        """Go to the first entry."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last entry."""
        self.cursor = self.count - 1

    def action_select(self) -> None:
        """Choose the entry under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked."""
        index = (self.scroll_offset.y + event.y) // self.entry_height
        if index < self.count:
            self.cursor = index
            self.action_select()

    # --- drawing ---

    def render_line(self, y: int) -> Strip:
        """Draw one row in sight."""
        index, row = divmod(self.scroll_offset.y + y, self.entry_height)
        width, style = self.scrollable_content_region.width, self.rich_style
        if index >= self.count:
            return Strip.blank(width, style)
        if index == self.cursor:
            name = "lines--cursor" if self.has_focus else "lines--cursor-blurred"
            style += self.get_component_rich_style(name, partial=True)
        return Strip(self.draw(index, row, width, style)).adjust_cell_length(width, style)
