"""The article pane: one widget that draws the rows in sight, however long the article is."""

from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from models.article import HEADLINE, Article
from tui.keys import SCROLLING, bindings
from tui.widgets.article_lines import GAP, NOTHING_BESIDE, ArticleLines, Beside, Role, Row
from tui.widgets.marks import NOWHERE, Place, Trail
from tui.widgets.occurrences import Occurrences
from tui.widgets.row_painter import COMPONENTS, RowPainter

SLICE: Final = 20
"""Paragraphs laid out between two looks at the clock."""

SLICE_S: Final = 0.008
"""How long paragraphs are laid out between two turns of the event loop, so that keys are never held up."""

FIT_GROWTH: Final = 1.5
"""How many times as long a text must be than the scroll bar says for that to be drawn anew, with all in sight."""

SLICE_PAUSE_S: Final = 0.005

CONTEXT_ROWS: Final = 3
"""Rows kept above a place that is jumped to, so that it is read in its context."""

PLOT: Final = 2
"""Columns of the plot at the right edge, with the space before it."""


class ArticleView(ScrollView, can_focus=True):
    """Shows an article with its paragraph numbers, and lights up what is found, named or cited in it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SCROLLING)

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    class Ended(Message):
        """The end of the article is in sight."""

    trail: reactive[Trail] = reactive(NOWHERE)
    """The places that n and N walk."""

    def __init__(self, reading_width: int, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._reading_width = reading_width
        self._article: Article | None = None
        self._lines: ArticleLines | None = None
        self._evidence: frozenset[int] = frozenset()
        self._cited: tuple[Place, ...] = ()
        self._paragraph: int | None = None
        self._plotted: Occurrences | None = None
        self._ended = False
        self._beside = NOTHING_BESIDE
        self._highlighted: frozenset[int] = frozenset()
        self._awaited: Callable[[], None] | None = None
        """What goes to a place, of an article that is not laid out yet."""

    # --- what is shown ---

    @property
    def evidence(self) -> frozenset[int]:
        """Numbers of the paragraphs marked as evidence."""
        return self._evidence

    @property
    def cited(self) -> tuple[Place, ...]:
        """The places whose words are lit up as cited."""
        return self._cited

    @property
    def highlighted(self) -> frozenset[int]:
        """Numbers of the paragraphs that the reader has highlighted."""
        return self._highlighted

    @property
    def laid_out(self) -> bool:
        """Whether every paragraph is in its place."""
        return self._lines is not None and self._lines.complete

    @property
    def current_paragraph(self) -> int:
        """The paragraph that the reader is at: the one jumped to or clicked while in sight, else the topmost."""
        if self._lines is None:
            return HEADLINE
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if self._paragraph is not None and top <= self._lines.row_of(self._paragraph) < bottom:
            return self._paragraph
        return self._lines.paragraph_at(top + 1)

    @property
    def reached(self) -> int:
        """The paragraph at the top, to go on from another time; that is the headline where the end is in sight."""
        if self._lines is None or self.scroll_offset.y >= self.max_scroll_y:
            return HEADLINE
        return self._lines.paragraph_at(self.scroll_offset.y)

    def resume(self, paragraph: int) -> None:
        """Go on at a paragraph, which stands at the top then."""
        if self._lines is None:
            self._awaited = partial(self.resume, paragraph)
        elif self._article is not None and HEADLINE < paragraph <= len(self._article.paragraphs):
            row = self._lines.row_of(paragraph)
            self._fit()
            self.scroll_to(y=row, animate=False, immediate=True)

    def show(self, article: Article) -> None:
        """Show an article from its top."""
        self._article = article
        self.trail, self._evidence, self._cited, self._paragraph = NOWHERE, frozenset(), (), None
        self._ended = False
        self._beside = NOTHING_BESIDE
        self._highlighted = frozenset()
        self._lines = self._awaited = None
        self._lay_out()
        self.scroll_to(y=0, animate=False, immediate=True)

    def put_beside(self, beside: Beside) -> None:
        """Show under the headline what the library knows of the article."""
        if beside != self._beside:
            self._beside = beside
            self._lay_out_anew()
            self.refresh()

    def highlight(self, paragraphs: Iterable[int]) -> None:
        """Show which paragraphs are highlighted."""
        self._highlighted = frozenset(paragraphs)
        self.refresh()

    def mark_evidence(self, paragraphs: frozenset[int]) -> None:
        """Mark paragraphs in the margin."""
        self._evidence = paragraphs
        self.refresh()

    def cite(self, *places: Place) -> None:
        """Light up cited words, and go to the first of them."""
        self._cited = places
        if places:
            self.go_to(places[0])
        self.refresh()

    def walk(self, trail: Trail) -> None:
        """Light up places to walk with n and N, starting from where the reader is."""
        self.trail = trail.from_paragraph(self.current_paragraph)
        if place := self.trail.current:
            self.go_to(place)

    def step(self, by: int) -> None:
        """Go to the next place of the trail, or the one before."""
        if self.trail.places:
            self.trail = self.trail.stepped(by)
        if place := self.trail.current:
            self.go_to(place)

    def go_to(self, place: Place) -> None:
        """Bring a place into sight; a place that is in sight already stays where it is."""
        if self._lines is None:
            self._awaited = partial(self.go_to, place)
            return
        self._paragraph = place.paragraph
        row = self._lines.row_of(place.paragraph, place.start)
        last = self._lines.row_of(place.paragraph, max(place.end - 1, place.start))
        self._fit()
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if row < top or last >= bottom:
            self.scroll_to(y=max(row - CONTEXT_ROWS, 0), animate=False, immediate=True)
        self.refresh()

    # --- scrolling ---

    def action_scroll_end(self) -> None:
        """Go to the very end, also of an article that is still being laid out."""
        if self._lines is not None and self._article is not None:
            self._lines.extend(len(self._article.paragraphs))
            self._fit()
        self.scroll_end(animate=False, immediate=True)

    def action_scroll_home(self) -> None:
        """Go to the headline."""
        self.scroll_home(animate=False, immediate=True)

    def action_page_down(self) -> None:
        """Go on by a page, less one row to hold on to."""
        self.scroll_relative(y=max(self.size.height - 2, 1), animate=False, immediate=True)

    def action_page_up(self) -> None:
        """Go back by a page."""
        self.scroll_relative(y=-max(self.size.height - 2, 1), animate=False, immediate=True)

    def action_scroll_down(self) -> None:
        """Go on by a row."""
        self.scroll_relative(y=1, animate=False, immediate=True)

    def action_scroll_up(self) -> None:
        """Go back by a row."""
        self.scroll_relative(y=-1, animate=False, immediate=True)

    def action_next_paragraph(self) -> None:
        """Make the next paragraph the current one."""
        self._step_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Make the paragraph before the current one."""
        self._step_paragraph(-1)

    def _step_paragraph(self, by: int) -> None:
        if self._article is not None and self._article.paragraphs:
            number = min(max(self.current_paragraph + by, HEADLINE + 1), len(self._article.paragraphs))
            self.go_to(Place.whole(self._article, number))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell when the end has come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_end()

    def _tell_end(self) -> None:
        whole = self._lines is not None and self._lines.complete
        if whole and not self._ended and self.scroll_offset.y >= self.max_scroll_y:
            self._ended = True
            self.post_message(self.Ended())

    # --- laying out ---

    @property
    def _margin(self) -> int:
        """Columns of paragraph number and sign."""
        count = len(self._article.paragraphs) if self._article else 0
        return max(len(str(count)), 2) + 2

    @property
    def _width(self) -> int:
        """Columns left of the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def _text_width(self) -> int:
        return min(self._reading_width, self._width - self._margin - len(GAP) - PLOT)

    @property
    def _indent(self) -> int:
        """Columns left of the margin: the text stands in the middle of a wide pane."""
        return max((self._width - self._margin - len(GAP) - self._text_width) // 2, 0)

    def _lay_out(self) -> None:
        if self._article is None or not self._width:
            return
        self._lines = ArticleLines(self._article, self._text_width, self._beside)
        self._lines.extend(max(self.size.height, 1))
        self._fit()
        if self._awaited is not None:
            self.call_after_refresh(self._awaited)
            self._awaited = None
        self._go_on_laying_out()

    def _go_on_laying_out(self) -> None:
        if self._lines is not None and not self._lines.complete:
            self.set_timer(SLICE_PAUSE_S, self._lay_out_slice)
        else:
            self.call_after_refresh(self._tell_end)

    def _lay_out_slice(self) -> None:
        if self._lines is None:
            return
        until = monotonic() + SLICE_S
        while not self._lines.complete and monotonic() < until:
            self._lines.extend(SLICE)
        if self._lines.complete:
            self._fit()
            self.refresh()  # the plot comes with the last slice
            self.call_after_refresh(self._tell_end)
        else:
            if len(self._lines.rows) > FIT_GROWTH * self.virtual_size.height:
                self._fit()
            self._go_on_laying_out()

    def _fit(self) -> None:
        if self._lines is not None:
            self.virtual_size = Size(self._width, len(self._lines.rows))

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew where the width has changed."""
        if self._lines is not None and self._lines.width == self._text_width:
            self._fit()
        else:
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        """Lay out once more; the row at the top stays the same text."""
        rows = self._lines.rows[self.scroll_offset.y :] if self._lines else []
        top = next((row for row in rows if row.paragraph >= HEADLINE), None)  # the space above a paragraph is none
        self._lay_out()
        if top is not None and self._lines is not None and self.scroll_offset.y:
            row = self._lines.row_of(top.paragraph, top.start)
            self._fit()
            self.scroll_to(y=row, animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """Make the paragraph under the pointer the current one; on the plot, go to what it shows there."""
        x, y = event.get_content_offset_capture(self)
        if x == self._width - 1 and self._occurrences and (place := self._occurrences.first(y)):
            self.trail = self.trail.at(place)
            self.go_to(place)
        elif self._lines is not None:
            self._paragraph = self._lines.paragraph_at(self.scroll_offset.y + y)
            self.refresh()

    # --- drawing ---

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some rows. The first time, the size is known here before ``on_resize`` tells it."""
        if self._lines is None:
            self._lay_out()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row in sight."""
        row = self._row(self.scroll_offset.y + y)
        width, base = self._width - 1, self.rich_style
        plot = Strip([self._plot(y, base)], 1)
        if row is None or row.role is Role.BLANK:
            return Strip.join([Strip.blank(width, base), plot])
        selected = self._selected(row, self.scroll_offset.y + y)
        beside, text = self._painter(base).paint(row, selected, self._selection_style, self.scroll_offset.y + y)
        left = Strip.join([Strip([Segment(" " * self._indent, base)]), beside, text])
        return Strip.join([left.adjust_cell_length(width, base), plot])

    def _painter(self, base: Style) -> RowPainter:
        return RowPainter(
            self._overlay,
            base,
            self._margin,
            self.current_paragraph,
            self.trail,
            self._cited,
            self._evidence,
            self._highlighted,
        )

    def _selected(self, row: Row, y: int) -> tuple[int, int] | None:
        """Tell what of a row is selected, from and to."""
        span = self.text_selection.get_span(y) if self.text_selection else None
        if span is None:
            return None
        length = len(row.text)
        return span[0], length if span[1] == -1 else min(span[1], length)

    def _plot(self, y: int, base: Style) -> Segment:
        sign = self._occurrences.sign(y) if self._occurrences else " "
        return Segment(sign, base + Style(color=self._overlay(f"article--mark-{self.trail.hue}-current").bgcolor))

    @property
    def _occurrences(self) -> Occurrences | None:
        """Where the trail lies in the whole article, once that is laid out."""
        if self._lines is None or not self.laid_out:
            return None
        if self._plotted is None or not self._plotted.are_of(self.trail, self._lines, self.size.height):
            self._plotted = Occurrences(self.trail, self._lines, self.size.height)
        return self._plotted

    def _row(self, index: int) -> Row | None:
        rows = self._lines.rows if self._lines else []
        return rows[index] if index < len(rows) else None

    def _overlay(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    @property
    def _selection_style(self) -> Style:
        return self.screen.get_component_rich_style("screen--selection")

    # --- selecting with the mouse ---

    @property
    def allow_select(self) -> bool:
        """The text can be selected and copied."""
        return True

    def selection_updated(self, selection: Selection | None) -> None:
        """Redraw with what is selected now."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text; the rows of a paragraph are joined to one line."""
        text = self._lines.selected(selection.get_span) if self._lines else ""
        return (text, "\n") if text else None
