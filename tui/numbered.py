"""Articles as numbered lines, which ``newsreader open`` takes by their numbers."""

from typing import Final

import click

from library.search import SearchHit
from models.article import ArticleSummary
from tui.foreign import shown

EXCERPT: Final = 160
"""Characters of a paragraph that are shown around what was found in it."""


def headline_line(number: int, article: ArticleSummary, note: str = "") -> str:
    """Give an article as a line: its number, its headline, its day."""
    day = f"{article.published:%Y-%m-%d}  " if article.published else ""
    return f"{number:>3}  {day}{shown(article.headline)}{note}"


def excerpt_line(hit: SearchHit) -> str:
    """Give what was found, with the words around it, and the matches set off on a terminal."""
    begin, end = _window(hit)
    parts = ["…" if begin else ""]
    place = begin
    for start, stop in hit.marks:
        if place <= start and stop <= end:
            parts += [shown(hit.text[place:start]), click.style(shown(hit.text[start:stop]), bold=True, underline=True)]
            place = stop
    parts += [shown(hit.text[place:end]), "…" if end < len(hit.text) else ""]
    return f"     [{hit.paragraph}] {''.join(parts)}"


def _window(hit: SearchHit) -> tuple[int, int]:
    """Choose a stretch of the paragraph that begins at a word, a little before the first match."""
    first = hit.marks[0][0] if hit.marks else 0
    begin = hit.text.rfind(" ", 0, max(first - EXCERPT // 4, 0)) + 1 if first > EXCERPT // 4 else 0
    end = begin + EXCERPT
    if end < len(hit.text):
        end = max(hit.text.rfind(" ", begin, end), begin + EXCERPT // 2)
    return begin, min(end, len(hit.text))
