"""``newsreader export``: the list of feeds, or an article with its answers, for other programs and machines."""

from typing import TYPE_CHECKING, BinaryIO

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags
from tui.errors import BadInput

if TYPE_CHECKING:
    from library.store import Store

EXAMPLES = """\b
Examples:
  newsreader export --opml feeds.opml                   your feeds, for another reader
  newsreader export --article 3 story.md                the third of what was listed, with its answers
  newsreader export --article story.txt --format json   the answers about a file
"""

FORMATS = ("markdown", "html", "json")


@click.command("export", epilog=EXAMPLES)
@click.option("--opml", is_flag=True, help="Your feeds and folders as OPML 2.0, which every feed reader takes.")
@click.option(
    "--article", metavar="NUMBER_OR_ID_OR_PATH", help="An article, with the questions about it and their answers."
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="What the article is written as.  [default: markdown]"
)
@click.argument("file", type=click.File("wb", atomic=True), default="-")
@data_dir_flag
@pass_flags
def export(flags: Flags, opml: bool, article: str | None, form: str | None, file: BinaryIO) -> None:
    """Write your feeds, or an article with its answers, to FILE or to standard output."""
    from library.feeds.opml import write_opml
    from tui.articles import library

    if opml == (article is not None) or (opml and form):
        raise click.UsageError("What is to be exported? Your feeds by --opml, or an article by --article.")
    with library(load_settings(flags)) as store:
        if article is None:
            file.write(write_opml([one.feed for one in store.feeds.feeds()]))
        else:
            file.write(_article(store, article, form or FORMATS[0]).encode())


def _article(store: "Store", wanted: str, form: str) -> str:
    """Give an article of the library, or of a file, with what was asked about it and its tags."""
    from pathlib import Path

    from tui.articles import read_articles
    from tui.numbered import find
    from tui.saving import SaveFormat, saved_text

    try:
        [article] = find(store, [wanted])
    except BadInput:
        if not Path(wanted).is_file():
            raise
        [article] = read_articles([wanted])
    asked = [(one.question, one.answer) for one in store.answers(article.id)]
    tags = store.tags.of([article.id]).get(article.id, ())
    return saved_text(article, asked, SaveFormat(form), tags)
