"""``newsreader open``: read what was listed or found."""

from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, load_settings, pass_flags, question_flag, settings_flags
from tui.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from library.store import Store
    from models.article import Article


@click.command("open")
@click.argument("articles", nargs=-1, required=True, metavar="NUMBER_OR_ID...")
@settings_flags
@question_flag
@pass_flags
@click.pass_context
def open_article(ctx: click.Context, flags: Flags, articles: tuple[str, ...]) -> None:
    """Open articles of your library, and mark them as read.

    By their numbers in what `newsreader search` or `newsreader list FEED` showed last, or by the beginning of the id
    that --json shows.
    """
    from tui.articles import library
    from tui.commands.read import show

    settings = load_settings(flags)
    with library(settings) as store:
        found = find(store, articles)
        store.states.mark([article.id for article in found], read=True)
    show(ctx, found, settings, flags.question)


def find(store: "Store", wanted: "Sequence[str]") -> "list[Article]":
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
