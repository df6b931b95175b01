"""``newsreader search``: find articles in the library."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tui.configuration import DAY, Flags, data_dir_flag, load_settings, pass_flags

if TYPE_CHECKING:
    from library.search import SearchHit

EXAMPLES = """\b
Examples:
  newsreader search harbour bridge                all these words in one paragraph
  newsreader search '"harbour bridge"'            these words together
  newsreader search 'ferr* -headline:timetable'   words that begin so; not that in the headline
  newsreader search talks --name Nowak --from 2024-03-01 --feed Gazette
  newsreader open 3                               open the third of what was found
"""


@click.command(epilog=EXAMPLES)
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--from", "since", type=DAY, help="Not before this day.")
@click.option("--to", "until", type=DAY, help="Not after this day.")
@click.option("--feed", "feeds", multiple=True, metavar="FEED", help="In this feed or folder.")
@click.option("--name", "names", multiple=True, metavar="PERSON_OR_PLACE", help="That name this person or place.")
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
    limit: int,
    as_json: bool,
) -> None:
    """Find articles in your library, the best match first.

    Each is shown with the paragraph that matches best. Without a QUERY, all that the options let pass, newest first.
    """
    from library.search import Filters
    from tui.articles import library
    from tui.feeds import chosen_feeds
    from tui.json_lines import print_json
    from tui.numbered import excerpt_line, headline_line

    query = " ".join(words)
    if not (query.strip() or since or until or feeds or names):
        raise click.UsageError("What is to be found?")
    if since and until and since > until:
        raise click.UsageError("--from is after --to.")
    with library(load_settings(flags)) as store:
        chosen = tuple(one.number for one in chosen_feeds(store.feeds.feeds(), feeds)) if feeds else ()
        filters = Filters(since.date() if since else None, until.date() if until else None, chosen, names)
        hits = store.search(query, limit, filters)
        store.numbering.keep([hit.article.id for hit in hits])
    for number, hit in enumerate(hits, start=1):
        if as_json:
            print_json(_record(number, hit))
        else:
            click.echo(headline_line(number, hit.article))
            click.echo(excerpt_line(hit))
    if not hits and not as_json:
        click.echo("Nothing found.")


def _record(number: int, hit: "SearchHit") -> dict[str, object]:
    article = hit.article.model_dump(mode="json", include={"id", "headline", "published", "origin"})
    return {"number": number, **article, "paragraph": hit.paragraph, "text": hit.text, "marks": hit.marks}
