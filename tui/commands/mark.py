"""``newsreader mark``: read, unread, put by for later, or no more."""

from typing import TYPE_CHECKING, Final

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from library.store import Store

EXAMPLES = """\b
Examples:
  newsreader mark read 1 3              the first and the third of what was listed or found
  newsreader mark read --feed Gazette   all of a feed or folder
  newsreader mark later 2               put by; newsreader search is:later finds it
"""

DONE: Final = {
    "read": "marked as read",
    "unread": "marked as unread",
    "later": "put by for later",
    "not-later": "no longer put by",
}
"""What an article can be marked as, and what is said then."""


@click.command(epilog=EXAMPLES)
@click.argument("state", type=click.Choice(tuple(DONE)))
@click.argument("articles", nargs=-1, metavar="[NUMBER_OR_ID]...")
@click.option("--feed", "feeds", multiple=True, metavar="FEED", help="All articles of this feed or folder.")
@data_dir_flag
@pass_flags
def mark(flags: Flags, state: str, articles: tuple[str, ...], feeds: tuple[str, ...]) -> None:
    """Mark articles of your library as read or unread, or put them by for later.

    By their numbers in what `newsreader search` or `newsreader list FEED` showed last, or by the beginning of the id
    that --json shows.
    """
    from tui.articles import library
    from tui.counting import counted

    if not articles and not feeds:
        raise click.UsageError("Which articles? Give their numbers, or --feed FEED.")
    with library(load_settings(flags)) as store:
        wanted = _wanted(store, articles, feeds)
        if state in ("read", "unread"):
            changed = store.states.mark(wanted, read=state == "read")
        else:
            changed = store.states.put_by(wanted, later=state == "later")
    click.echo(f"{counted(len(changed), 'article')} {DONE[state]}.")


def _wanted(store: "Store", articles: "Sequence[str]", feeds: "Sequence[str]") -> list[str]:
    from models.listing import Scope
    from tui.feeds import chosen_feeds
    from tui.numbered import find

    ids = [article.id for article in find(store, articles)]
    if feeds:
        numbers = tuple(feed.number for feed in chosen_feeds(store.feeds.feeds(), feeds))
        ids += store.listings.ids(Scope(feeds=numbers))
    return ids
