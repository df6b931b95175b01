"""The widths of the terminal at which panes change their places: each is a class of the screen in the style sheet."""

from typing import Final

NARROW: Final = "-narrow"
"""Names and library don't fit beside the text."""

MEDIUM_COLUMNS: Final = 120
WIDE_COLUMNS: Final = 170

BREAKPOINTS: Final = [(0, NARROW), (MEDIUM_COLUMNS, "-medium"), (WIDE_COLUMNS, "-wide")]
