"""The tree of the library: what is unread, all, and the feeds in their folders, each with its unread articles."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size

from models.feed import FeedSummary
from models.listing import Overview, SavedSearch
from tui.branches import UNREAD, Branch, branches
from tui.cutting import spread
from tui.foreign import shown
from tui.keys import IN_TREE, bindings
from tui.widgets.line_list import LineList

INDENT: Final = 2
FOLDED_SIGN: Final = "▸"
UNFOLDED_SIGN: Final = "▾"
SEARCH_SIGN: Final = "/"
TAG_SIGN: Final = "#"
TROUBLE_SIGN: Final = "✗"


class FeedTree(LineList):
    """The branches of the library, one a line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_TREE)

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tree--unread",
        "tree--quiet",
        "tree--count",
        "tree--count-unread",
        "tree--trouble",
    }

    def __init__(self, first: Sequence[Branch], *, id: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._first = tuple(first)
        """What stands above the library."""
        self._overview: Overview | None = None
        self._folded: set[str] = set()
        self._found_unread: Mapping[str, int] = {}
        self._found: Branch | None = None
        """What is being searched."""
        self.branches: list[Branch] = list(first)
        """The lines, from the top down."""

    @property
    def at_cursor(self) -> Branch | None:
        """The branch that the cursor is on."""
        return self.branches[self.cursor] if self.branches else None

    def show(self, overview: Overview) -> None:
        """Show the library as it is now; the cursor stays on what it is on, as long as that is there."""
        first = self._overview is None
        self._overview = overview
        start = self._found.key if self._found else None if self._first else UNREAD
        self._fill(start if first else None)

    def _fill(self, key: str | None = None) -> None:
        if self._overview is None:
            return
        found = [self._found] if self._found else []
        here = self.at_cursor
        key = key or (here.key if here else UNREAD)
        self.branches = [*self._first, *found, *branches(self._overview, self._folded, self._found_unread)]
        places = (place for place, branch in enumerate(self.branches) if branch.key == key)
        self.fit(cursor=next(places, min(self.cursor, len(self.branches) - 1)))
        self.refresh(layout=True)  # its height is that of what is in it

    def show_found(self, found: Mapping[str, int]) -> None:
        """Show how many unread articles saved searches find, by their names."""
        self._found_unread = found
        self._fill()

    def go_to(self, key: str) -> None:
        """Put the cursor on a branch."""
        self._fill(key)

    def show_search(self, found: Branch) -> None:
        """Put the cursor on what is being searched."""
        self._found = found
        self._fill(found.key)

    @property
    def searches(self) -> Sequence[SavedSearch]:
        """All saved searches."""
        return self._overview.searches if self._overview else ()

    @property
    def feeds(self) -> Sequence[FeedSummary]:
        """All feeds."""
        return self._overview.feeds if self._overview else ()

    def action_fold(self) -> None:
        """Hide what is in the folder, or show it again."""
        if (branch := self.at_cursor) and branch.unfolded is not None:
            self._folded ^= {branch.key}
            self._fill()

    # --- drawing ---

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.branches)

    def draw(self, index: int, row: int, width: int, style: Style) -> list[Segment]:
        """Draw a branch: its name, and at the right edge what is unread."""
        branch = self.branches[index]
        left = " " * (1 + INDENT * branch.depth) + f"{_sign(branch)} " + shown(branch.label)
        count = branch.total if branch.total is not None else branch.unread
        trouble = f" {TROUBLE_SIGN}" if branch.error else ""
        right = f" {count:,}" if count else ""
        left, _ = spread(left, trouble + right, width - 1)
        lit = bool(branch.unread)

        def styled(part: str) -> Style:
            return style + self.get_component_rich_style(f"tree--{part}", partial=True)

        return [
            Segment(left, styled("unread" if lit else "quiet")),
            Segment(trouble, styled("trouble")),
            Segment(right, styled("count-unread" if lit else "count")),
            Segment(" ", style),
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take the rows that there are lines for; the style sheet says how many at the most."""
        return len(self.branches)


def _sign(branch: Branch) -> str:
    """Give what stands before a branch."""
    if branch.search is not None:
        return SEARCH_SIGN
    if branch.tag is not None:
        return TAG_SIGN
    if branch.unfolded is None:
        return " "
    return UNFOLDED_SIGN if branch.unfolded else FOLDED_SIGN
