"""The table of ``newsreader list``."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from library.cleaning import display_name
from models.feed import Feed, FeedSummary
from tui.foreign import shown
from tui.trouble import trouble

NAME_WIDTH: Final = 40
"""Columns that a name takes before it is folded: some feeds have a sentence for a title."""


WIDEST: Final = 10_000
"""Columns of what is no terminal: each feed has one line, which other programs take apart."""


def print_table(listed: Sequence[FeedSummary], minutes: int) -> None:
    """Print feeds, one a row. Titles are foreign: they are shown as they stand, never parsed as markup.

    ``minutes`` is after how many of them feeds are asked by themselves.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDEST
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("no.", justify="right", no_wrap=True)
    table.add_column("feed", overflow="fold", max_width=NAME_WIDTH if console.is_terminal else None)
    table.add_column("folder", overflow="fold")
    table.add_column("unread", justify="right", no_wrap=True)
    table.add_column("articles", justify="right", no_wrap=True)
    table.add_column("fetched", no_wrap=True)
    table.add_column("", overflow="fold")
    for one in listed:
        cells = (
            str(one.number),
            one.feed.name,
            "/".join(one.feed.folder),
            str(one.unread),
            str(one.articles),
            f"{one.feed.fetched_at.astimezone():%Y-%m-%d %H:%M}" if one.feed.fetched_at else "never",
            state(one.feed, minutes),
        )
        table.add_row(*(Text(shown(cell)) for cell in cells))
    console.print(table)


def state(feed: Feed, minutes: int) -> str:
    """Say what is the matter with a feed, or what was chosen for it."""
    if (reason := trouble(feed, minutes)) is not None:
        return f"failed: {reason}"
    if feed.watched is not None:
        return f"watched: {display_name(feed.watched)}"
    return "full text" if feed.full_text else ""
