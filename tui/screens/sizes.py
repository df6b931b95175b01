"""The sizes of the terminal at which panes change their places: each is a class of the screen in the style sheet."""

from typing import Final

NARROW: Final = "-narrow"
"""Names and library don't fit beside the text."""

MEDIUM_COLUMNS: Final = 120
WIDE_COLUMNS: Final = 170

BREAKPOINTS: Final = [(0, NARROW), (MEDIUM_COLUMNS, "-medium"), (WIDE_COLUMNS, "-wide")]

SHORT_ROWS: Final = 18

VERTICAL_BREAKPOINTS: Final = [(0, "-short"), (SHORT_ROWS, "-tall")]
"""In a short one, the questions take rows from the article while the reader is there: else no answer could be read."""
