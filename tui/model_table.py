"""The table of ``newsreader models list``."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rag.model_files.installed import ListedModel
from tui.foreign import shown

NAME_WIDTH: Final = 20
"""Columns that a name takes before it is folded: a path may be longer than any terminal is wide."""


def print_table(listed: Sequence[ListedModel]) -> None:
    """Print models, one a row. A name may be a path: it is shown as it stands, never parsed as markup."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    longest = max(len(model.name) for model in listed)
    table.add_column("name", overflow="fold", width=min(longest, NAME_WIDTH))
    table.add_column("for", no_wrap=True)
    table.add_column("MB", justify="right", no_wrap=True)
    table.add_column("licence", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("what it is")
    for model in listed:
        cells = (
            model.name,
            model.purpose.value,
            f"{model.size / 1e6:,.0f}" if model.size else "",
            model.licence or "",
            _state(model),
            model.description,
        )
        table.add_row(*(Text(shown(cell)) for cell in cells))
    Console(highlight=False).print(table)


def _state(model: ListedModel) -> str:
    if not model.installed:
        return "missing" if model.in_use else ""
    return "in use" if model.in_use else "installed"
