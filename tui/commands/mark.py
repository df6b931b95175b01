"""``newsreader mark``: articles as read, unread, starred, put by for later, or no more; paragraphs as highlighted."""

from typing import TYPE_CHECKING, Final

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from library.store import Store
    from models.listing import Mark

EXAMPLES = """\b
Examples:
  newsreader mark read 1 3              the first and the third of what was listed or found
  newsreader mark read --feed Gazette   all of a feed or folder
  newsreader mark later 2               put by; newsreader search is:later finds it
  newsreader mark highlighted 2 --paragraph 5 --paragraph 7
"""

NOT: Final = "not-"

DONE: Final = {
    "read": "marked as read",
    "unread": "marked as unread",
    "starred": "starred",
    "not-starred": "no longer starred",
    "later": "put by for later",
    "not-later": "no longer put by",
}
"""What an article can be marked as, and what is said then."""

HIGHLIGHTS: Final = {"highlighted": "highlighted", "not-highlighted": "no longer highlighted"}
"""What paragraphs of an article can be marked as."""


@click.command(epilog=EXAMPLES)
@click.argument("state", type=click.Choice((*DONE, *HIGHLIGHTS)))
@click.argument("articles", nargs=-1, metavar="[NUMBER_OR_ID]...")
@click.option("--feed", "feeds", multiple=True, metavar="FEED", help="All articles of this feed or folder.")
@click.option("--paragraph", "paragraphs", type=click.IntRange(1), multiple=True, help="The one to highlight.")
@data_dir_flag
@pass_flags
def mark(
    flags: Flags, state: str, articles: tuple[str, ...], feeds: tuple[str, ...], paragraphs: tuple[int, ...]
) -> None:
    """Mark articles of your library as read or unread, star them, put them by for later, or highlight in one.

    By their numbers in what `newsreader search` or `newsreader list FEED` showed last, or by the beginning of the id
    that --json shows.
    """
    from tui.articles import library
    from tui.counting import counted

    if not articles and not feeds:
        raise click.UsageError("Which articles? Give their numbers, or --feed FEED.")
    if bool(paragraphs) != (state in HIGHLIGHTS) or (paragraphs and (feeds or len(articles) > 1)):
        raise click.UsageError("Highlighted are paragraphs of one article: mark highlighted NUMBER --paragraph 5.")
    with library(load_settings(flags)) as store:
        if state in HIGHLIGHTS:
            highlighted = _highlight(store, articles[0], paragraphs, on=state == "highlighted")
            click.echo(f"{counted(len(highlighted), 'paragraph')} {HIGHLIGHTS[state]}.")
            return
        wanted = _wanted(store, articles, feeds)
        mark, on = _mark_of(state)
        changed = store.states.mark(wanted, mark, on=on)
    click.echo(f"{counted(len(changed), 'article')} {DONE[state]}.")


def _mark_of(state: str) -> "tuple[Mark, bool]":
    """Give the mark that is meant, and whether it is put on."""
    from models.listing import Mark

    return (Mark.READ, False) if state == "unread" else (Mark(state.removeprefix(NOT)), not state.startswith(NOT))


def _highlight(store: "Store", wanted: str, paragraphs: "Sequence[int]", *, on: bool) -> "Sequence[int]":
    """Highlight paragraphs of an article, or no more; give those for which that has changed something."""
    from tui.errors import BadInput
    from tui.numbered import find

    [article] = find(store, [wanted])
    if missing := [number for number in paragraphs if number > len(article.paragraphs)]:
        raise BadInput(f"There is no paragraph {missing[0]}: the article has {len(article.paragraphs)}.")
    return (store.highlights.put_on if on else store.highlights.take_off)(article.id, paragraphs)


def _wanted(store: "Store", articles: "Sequence[str]", feeds: "Sequence[str]") -> list[str]:
    from models.listing import Scope
    from tui.feeds import chosen_feeds
    from tui.numbered import find

    ids = [article.id for article in find(store, articles)]
    if feeds:
        numbers = tuple(feed.number for feed in chosen_feeds(store.feeds.feeds(), feeds))
        ids += store.listings.ids(Scope(feeds=numbers))
    return ids
