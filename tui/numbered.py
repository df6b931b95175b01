"""Articles as numbered lines, which ``newsreader open`` takes by their numbers."""

from typing import Final

import click

from library.search import SearchHit
from models.article import ArticleSummary
from tui.excerpts import Excerpt
from tui.foreign import shown

EXCERPT: Final = 160
"""Characters of a paragraph that are shown around what was found in it."""


def headline_line(number: int, article: ArticleSummary, note: str = "") -> str:
    """Give an article as a line: its number, its headline, its day."""
    day = f"{article.published:%Y-%m-%d}  " if article.published else ""
    return f"{number:>3}  {day}{shown(article.headline)}{note}"


def excerpt_line(hit: SearchHit) -> str:
    """Give what was found, with the words around it, and the matches set off on a terminal."""
    excerpt = Excerpt(hit.paragraph, hit.text, hit.marks)
    pieces = excerpt.pieces(*excerpt.window(EXCERPT))
    text = "".join(click.style(shown(text), bold=True, underline=True) if lit else shown(text) for text, lit in pieces)
    return f"     [{hit.paragraph}] {text}"
