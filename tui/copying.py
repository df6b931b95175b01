"""Copies to the clipboard of the terminal, and tells the reader what to do where the terminal does not take it."""

import os
from typing import Any, Final

from textual.screen import Screen

from models.article import HEADLINE, Article
from tui.foreign import shown

HINT: Final = "Nothing to paste? Then select it with the mouse while holding Shift."
TMUX_HINT: Final = "Nothing to paste? tmux passes it on with: set -g set-clipboard on"
"""What to do where the terminal does not take what is copied: no program can tell whether it did."""


def copy(screen: Screen[Any], text: str, what: str) -> None:
    """Copy a text, and say so; ``what`` says what it is."""
    screen.app.copy_to_clipboard(text)
    screen.notify(f"Copied {what}. {TMUX_HINT if 'TMUX' in os.environ else HINT}", markup=False)


def paragraph_with_source(article: Article, number: int) -> str:
    """Give a paragraph as one would quote it: with headline, date, address and number; the headline with the rest."""
    date = article.published.isoformat() if article.published else None
    headline, place = (None, None) if number == HEADLINE else (article.headline, f"[{number}]")
    source = ", ".join(part for part in (headline, date, article.url or article.origin, place) if part)
    return shown(f"{article.text(number)} — {source}")
