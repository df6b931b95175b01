"""The list of articles: what they are called, where they are from, and which of them are not read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.reactive import reactive

from models.listing import Headline
from tui.cutting import cut, folded, spread
from tui.excerpts import Excerpt
from tui.foreign import shown
from tui.naming import brief_date
from tui.widgets.line_list import LineList

AROUND: Final = 60
"""Entries above and below those in sight that are fetched with them, so that scrolling meets no gaps."""

ONE_ROW_WIDTH: Final = 64
"""Columns from which an entry fits on one row."""

ROWS: Final = 3
"""Rows of an entry where it does not: two of headline, one of feed and day, or less of it and a space."""

EXCERPT_ROWS: Final = 3
"""Rows that are added for what was found: two of text, one of space."""

UNREAD_SIGN: Final = "●"
STARRED_SIGN: Final = "★"
LATER_SIGN: Final = "»"
OPEN_SIGN: Final = "▌"
"""Signs before an article: it is not read, it is starred, it is put by, it is the one that is open."""

MARGIN: Final = 5
"""Columns of the signs, each in its own place, and of a space."""

SOURCE_WIDTH: Final = 24
"""Columns of the feed's name on a row of its own right."""

DATE_WIDTH: Final = 11
TAGS_WIDTH: Final = 16


class Headlines(LineList):
    """Articles by their ids. Lines are asked for when they come into sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headlines--sign",
        "headlines--unread",
        "headlines--read",
        "headlines--note",
        "headlines--match",
    }

    opened: reactive[str] = reactive("")
    """The article that is open."""

    @dataclass
    class Wanted(Message):
        """Articles are in sight whose lines are not there yet."""

        article_ids: list[str]

    class Listed(Message):
        """Other articles are listed, or they are sorted another way."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._lines: dict[str, Headline] = {}
        self._wanted: set[str] = set()
        """Those whose lines are under way."""
        self._asked: set[str] = set()
        """Those whose lines were asked for: what does not come is not there, and is not asked for again."""
        self._excerpts: dict[str, Excerpt] = {}

    # --- what is listed ---

    def show(
        self, article_ids: Sequence[str], *, cursor: int = 0, excerpts: Mapping[str, Excerpt] | None = None
    ) -> None:
        """List other articles; those that were found with what was found in them."""
        self._excerpts = dict(excerpts or {})
        self._ids = list(article_ids)
        self._places = {article_id: place for place, article_id in enumerate(self._ids)}
        self._lines, self._wanted, self._asked = {}, set(), set()
        self.fit(cursor=cursor)
        self._want()
        self.post_message(self.Listed())

    def is_read(self, article_id: str) -> bool:
        """Tell whether an article is known to have been read."""
        line = self._lines.get(article_id)
        return line is not None and line.read

    def fill(self, lines: Iterable[Headline]) -> None:
        """Take the lines of some articles."""
        for line in lines:
            self._lines[line.id] = line
        self._wanted = set()
        self.refresh()
        self._want()

    def add(self, article_id: str) -> None:
        """List one more, at the end."""
        if article_id not in self._places:
            self._places[article_id] = len(self._ids)
            self._ids.append(article_id)
            self.fit()
            self._want()
            self.post_message(self.Listed())

    def forget(self) -> None:
        """Ask for all lines anew: something about them has changed. The old ones stand until then."""
        self._wanted, self._asked = set(), set()
        self._want()

    @property
    def ids(self) -> Sequence[str]:
        """The articles that are listed."""
        return self._ids

    @property
    def at_cursor(self) -> str | None:
        """The article that the cursor is on."""
        return self._ids[self.cursor] if self._ids else None

    def line(self, article_id: str) -> Headline | None:
        """Give the line of an article, if it is there."""
        return self._lines.get(article_id)

    def near(self, article_id: str, listed: Collection[str]) -> str | None:
        """Give what stands nearest to an article among those of another list: itself, what follows it, or is before."""
        place = self._places.get(article_id, 0)
        return next((one for one in (*self._ids[place:], *reversed(self._ids[:place])) if one in listed), None)

    def place_of(self, article_id: str) -> int | None:
        """Tell where in the list an article stands."""
        return self._places.get(article_id)

    # --- fetching lines ---

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other articles are in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def _want(self) -> None:
        """Ask for the lines around those in sight. While some are under way, the next are asked for as those come."""
        if self._wanted:
            return
        near = self.in_sight
        ids = self._ids[max(near.start - AROUND, 0) : near.stop + AROUND]
        missing = [article_id for article_id in ids if article_id not in self._asked]
        if any(article_id not in self._asked for article_id in self._ids[near.start : near.stop]):
            self._wanted = set(missing)
            self._asked |= self._wanted
            self.post_message(self.Wanted(missing))

    def given_up(self) -> None:
        """Take note that the lines under way do not come."""
        self._asked -= self._wanted
        self._wanted = set()

    # --- drawing ---

    @property
    def count(self) -> int:
        """How many articles there are."""
        return len(self._ids)

    @property
    def entry_height(self) -> int:
        """One row where there is room, else three; more with what was found in them."""
        return self._own_rows + (EXCERPT_ROWS if self._excerpts else 0)

    @property
    def _roomy(self) -> bool:
        return self.size.width >= ONE_ROW_WIDTH

    @property
    def _own_rows(self) -> int:
        """Rows of an entry without what was found; the headline has one less where that stands below."""
        return 1 if self._roomy else ROWS - bool(self._excerpts)

    def watch_opened(self) -> None:
        """Show which one is open."""
        self.refresh()

    def draw(self, index: int, row: int, width: int, style: Style) -> list[Segment]:
        """Draw a row of an article."""
        article_id = self._ids[index]
        line = self._lines.get(article_id)
        sign = style + self.get_component_rich_style("headlines--sign", partial=True)
        note = style + self.get_component_rich_style("headlines--note", partial=True)
        mark = Segment(OPEN_SIGN if article_id == self.opened else " ", sign)
        if line is None:
            return [mark, Segment("…".rjust(MARGIN) if row == 0 else "", note)]
        text = style + self.get_component_rich_style(f"headlines--{'read' if line.read else 'unread'}", partial=True)
        signs = Segment(_signs(line), sign)
        if row >= self._own_rows:
            return [mark, *self._drawn_excerpt(article_id, row - self._own_rows, width - MARGIN - 1, note)]
        headline, day = shown(line.headline), brief_date(line.published)
        if self._roomy:
            room = width - MARGIN - DATE_WIDTH - 3
            tags = _tags(line)
            left_for_source = room // 2 - cell_len(tags) - 2  # the headline has half of the row at the least
            source = "  ".join(filter(None, (tags, _sources(line, min(SOURCE_WIDTH, left_for_source)))))
            left, right = spread(headline, source, room)
            when = Segment(f"{day:>{DATE_WIDTH}}  ", note)
            return [mark, signs, when, Segment(left, text), Segment(right, note)]
        rows = folded(headline, width - MARGIN - 1, self._own_rows - 1)
        space = Segment(" " * (MARGIN - 1), style)
        if row < len(rows):
            return [mark, signs if row == 0 else space, Segment(rows[row], text)]
        if row > len(rows):
            return [mark]
        before, room = " · ".join(filter(None, (day, _tags(line)))), width - MARGIN - 1
        source = _sources(line, max(room - cell_len(f"{before} · "), 0))
        return [mark, space, Segment(cut(f"{before} · {source}", room), note)]

    def excerpt(self, article_id: str) -> Excerpt | None:
        """Give what was found in an article."""
        return self._excerpts.get(article_id)

    def _drawn_excerpt(self, article_id: str, row: int, width: int, note: Style) -> list[Segment]:
        """Draw a row of what was found, the matches underlined; the last row parts it from the next article."""
        excerpt = self._excerpts.get(article_id)
        pieces = excerpt.rows(width, EXCERPT_ROWS - 1) if excerpt else []
        if row >= len(pieces):
            return []
        match = note + self.get_component_rich_style("headlines--match", partial=True)
        return [
            Segment(" " * (MARGIN - 1), note),
            *(Segment(shown(text), match if lit else note) for text, lit in pieces[row]),
        ]


def _signs(line: Headline) -> str:
    """Give the signs before an article, and a space."""
    signs = ((UNREAD_SIGN, not line.read), (STARRED_SIGN, line.starred), (LATER_SIGN, line.later))
    return "".join(sign if there else " " for sign, there in signs) + " "


def _sources(line: Headline, width: int) -> str:
    """Name the feed of an article and the others that have it, too: all where there is room, else how many."""
    source = shown(line.source)
    if not line.also_in:
        return cut(source, width)
    whole = f"{source}, also in {', '.join(map(shown, line.also_in))}"
    others = f" +{len(line.also_in)}"
    return whole if cell_len(whole) <= width else cut(source, width - len(others)) + others


def _tags(line: Headline) -> str:
    """Name the tags of an article."""
    return cut(" ".join(f"#{shown(tag)}" for tag in line.tags), TAGS_WIDTH)
