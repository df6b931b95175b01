"""Articles as numbered lines, which commands take by their numbers."""

from collections.abc import Iterable, Sequence
from typing import Final

import click

from library.search import SearchHit
from library.store import Store
from models.article import Article, ArticleSummary
from models.listing import Headline
from tui.errors import BadInput
from tui.excerpts import Excerpt
from tui.foreign import shown

EXCERPT: Final = 160
"""Characters of a paragraph that are shown around what was found in it."""


def headline_line(number: int, article: ArticleSummary, notes: Sequence[str] = ()) -> str:
    """Give an article as a line: its number, its headline, its day, and what there is to say about it."""
    day = f"{article.published:%Y-%m-%d}  " if article.published else ""
    noted = f"  ({'; '.join(notes)})" if notes else ""
    return f"{number:>3}  {day}{shown(article.headline)}{shown(noted)}"


def made_of(line: Headline) -> list[str]:
    """Say what the reader has made of an article: starred it, put it by, tagged it."""
    said = {"starred": line.starred, "for later": line.later, f"tagged {', '.join(line.tags)}": bool(line.tags)}
    return [words for words, so in said.items() if so]


def excerpt_line(hit: SearchHit) -> str:
    """Give what was found, with the words around it, and the matches set off on a terminal."""
    excerpt = Excerpt(hit.paragraph, hit.text, hit.marks)
    pieces = excerpt.pieces(*excerpt.window(EXCERPT))
    text = "".join(click.style(shown(text), bold=True, underline=True) if lit else shown(text) for text, lit in pieces)
    return f"     [{hit.paragraph}] {text}"


def find(store: Store, wanted: Iterable[str]) -> list[Article]:
    """Find articles by their numbers or ids. Raises ``BadInput`` that names each that there is not."""
    found, problems = [], []
    for text in wanted:
        ids = store.numbering.find(text)
        article = store.article(ids[0]) if len(ids) == 1 else None
        if article is not None:
            found.append(article)
        elif ids:
            problems.append(f"{len(ids)} articles begin with {text}. Give more of the id.")
        else:
            problems.append(f"There is no article {text}. See `newsreader search` or `newsreader list FEED`.")
    if problems:
        raise BadInput("\n".join(problems))
    return found
