"""``newsreader export``: the list of feeds, or an article with its answers, for other programs and machines."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags, path_text
from tui.errors import BadInput, Failure

if TYPE_CHECKING:
    from library.store import Store

EXAMPLES = """\b
Examples:
  newsreader export --opml feeds.opml                   your feeds, for another reader
  newsreader export --article 3 story.md                the third of what was listed, with its answers
  newsreader export --article story.txt --format json   the answers about a file
"""

STANDARD_OUTPUT: Final = "-"

FORMATS = ("markdown", "html", "json")


@click.command("export", epilog=EXAMPLES)
@click.option("--opml", is_flag=True, help="Your feeds and folders as OPML 2.0, which every feed reader takes.")
@click.option(
    "--article",
    metavar="NUMBER_OR_ID_OR_PATH",
    callback=path_text,
    help="An article, with the questions about it and their answers.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="What the article is written as.  [default: markdown]"
)
@click.argument("file", default=STANDARD_OUTPUT, callback=path_text)
@data_dir_flag
@pass_flags
def export(flags: Flags, opml: bool, article: str | None, form: str | None, file: str) -> None:
    """Write your feeds, or an article with its answers, to FILE or to standard output."""
    from library.feeds.opml import write_opml
    from tui.articles import library

    if opml == (article is not None) or (opml and form):
        raise click.UsageError("What is to be exported? Your feeds by --opml, or an article by --article.")
    with library(load_settings(flags)) as store:
        if article is None:
            data = write_opml([one.feed for one in store.feeds.feeds()])
        else:
            data = _article(store, article, form or FORMATS[0]).encode()
    _write(file, data)


def _article(store: "Store", wanted: str, form: str) -> str:
    """Give an article of the library, or of a file, with what was asked about it and its tags."""
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


def _write(file: str, data: bytes) -> None:
    """Write all of a file, or leave what was there. Raises ``BadInput`` where no file can be, or ``Failure``."""
    if file == STANDARD_OUTPUT:
        click.echo(data, nl=False)
        return
    try:
        path = Path(file).resolve()  # a link stays one
        if path.exists() and not path.is_file():  # a device or a pipe: to put a file in its place would be its end
            path.write_bytes(data)
            return
        partial = path.with_name(f".newsreader-{os.getpid()}")
        try:
            partial.write_bytes(data)
            if path.exists():
                shutil.copymode(path, partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        nowhere = isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError)
        reason = f"{file or 'A file without a name'} can't be written: {error.strerror}."
        raise (BadInput if nowhere else Failure)(reason) from error
