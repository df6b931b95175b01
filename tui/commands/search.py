"""``newsreader search``: find articles in the library."""

import shlex
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from tui.configuration import DAY, Flags, data_dir_flag, load_settings, name_text, pass_flags
from tui.errors import BadInput

if TYPE_CHECKING:
    from library.search import SearchHit
    from library.store import Store
    from models.listing import Headline

EXAMPLES = """\b
In a QUERY:
  word  "a phrase"  begin*  -without  headline:word  text:word
  name:Nowak  feed:Gazette  tag:harbour  from:2024-03-01  to:2024-03-31  last:7
  is:unread  is:starred  is:later  is:highlighted

\b
Examples:
  newsreader search harbour bridge                all these words in one paragraph
  newsreader search '"harbour bridge"'            these words together
  newsreader search 'ferr* -headline:timetable'   words that begin so; not that in the headline
  newsreader search talks --name Nowak --from 2024-03-01 --feed Gazette
  newsreader search name:Nowak is:unread last:7   the same in one line, and more
  newsreader search --save "Nowak this week" name:Nowak is:unread last:7
  newsreader search --saved "Nowak this week"     what it finds now; without a name, which there are
  newsreader open 3                               open the third of what was found
"""

ALL_SAVED = ""
"""Stands for the name of a saved search where none was given."""


@click.command(epilog=EXAMPLES)
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--from", "since", type=DAY, metavar="DAY", help="Not before this day.")
@click.option("--to", "until", type=DAY, metavar="DAY", help="Not after this day.")
@click.option("--feed", "feeds", multiple=True, metavar="FEED", help="In this feed or folder.")
@click.option("--name", "names", multiple=True, metavar="PERSON_OR_PLACE", help="That name this person or place.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="That have this tag.")
@click.option("--save", metavar="NAME", callback=name_text, help="Keep this search, for the app as well.")
@click.option(
    "--saved", is_flag=False, flag_value=ALL_SAVED, metavar="[NAME]", help="Search as was saved; or name the searches."
)
@click.option("--forget", metavar="NAME", help="Forget a saved search.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Articles at the most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an article.")
@data_dir_flag
@pass_flags
def search(
    flags: Flags,
    words: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    feeds: tuple[str, ...],
    names: tuple[str, ...],
    tags: tuple[str, ...],
    save: str | None,
    saved: str | None,
    forget: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find articles in your library, the best match first.

    Each is shown with the paragraph that matches best. Without a QUERY, all that the options let pass, newest first.
    """
    from models.filters import Wanted
    from tui.articles import library
    from tui.json_lines import print_json
    from tui.numbered import excerpt_line, headline_line, made_of
    from tui.search_line import read_search_line

    wanted = Wanted(since.date() if since else None, until.date() if until else None, feeds, names, tags)
    line = " ".join([*words, str(wanted)])
    if since and until and since > until:
        raise click.UsageError("--from is after --to.")
    with library(load_settings(flags)) as store:
        if forget is not None:
            _forget(store, forget)
            return
        if saved == ALL_SAVED:
            _list_saved(store)
            return
        if saved is not None:
            line = f"{_line_of(store, saved)} {line}"
        if not line.strip():
            raise click.UsageError("What is to be found?")
        query, filters = read_search_line(line, store.feeds.feeds(), date.today())
        if save is not None:
            _save(store, save, line)
        hits = store.search(query, limit, filters)
        lines = {line.id: line for line in store.listings.headlines([hit.article.id for hit in hits])}
        hits = [hit for hit in hits if hit.article.id in lines]  # another newsreader may have removed one since
        store.numbering.keep([hit.article.id for hit in hits])
    for number, hit in enumerate(hits, start=1):
        if as_json:
            print_json(_record(number, hit, lines[hit.article.id]))
        else:
            click.echo(headline_line(number, hit.article, made_of(lines[hit.article.id])))
            click.echo(excerpt_line(hit))
    if not hits and not as_json:
        click.echo("Nothing found.")


def _record(number: int, hit: "SearchHit", line: "Headline") -> dict[str, object]:
    article = hit.article.model_dump(mode="json", include={"id", "headline", "published", "origin"})
    made = line.model_dump(mode="json", include={"read", "starred", "later", "tags"})
    return {"number": number, **article, **made, "paragraph": hit.paragraph, "text": hit.text, "marks": hit.marks}


def _save(store: "Store", name: str, line: str) -> None:
    from models.listing import SavedSearch
    from tui.foreign import shown

    if not name.strip():
        raise click.UsageError("What is it to be called?")
    store.searches.keep(SavedSearch(name=name, line=line.strip()))
    click.echo(f"Saved. Search again: newsreader search --saved {shlex.quote(shown(name))}", err=True)


def _list_saved(store: "Store") -> None:
    from tui.foreign import shown

    for search in store.searches.all():
        click.echo(f"{shown(search.name)}: {shown(search.line)}")


def _line_of(store: "Store", name: str) -> str:
    found = [search.line for search in store.searches.all() if search.name.casefold() == name.casefold()]
    if not found:
        raise BadInput(f"There is no saved search {name}. See `newsreader search --saved`.")
    return found[0]


def _forget(store: "Store", name: str) -> None:
    if not store.searches.remove(name):
        raise BadInput(f"There is no saved search {name}. See `newsreader search --saved`.")
    click.echo("It is forgotten.")
