"""``newsreader export``: feeds, an article with its answers, or all highlights, for other programs and machines."""

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
  newsreader export --highlights notes.md               all that you have highlighted
  newsreader export --opml --force feeds.opml           in the place of what was there
"""

STANDARD_OUTPUT: Final = "-"

HTML: Final = "html"
JSON: Final = "json"
FORMATS: Final = ("markdown", HTML, JSON)


@click.command("export", epilog=EXAMPLES)
@click.option("--opml", is_flag=True, help="Your feeds and folders as OPML 2.0, which every feed reader takes.")
@click.option(
    "--article",
    metavar="NUMBER_OR_ID_OR_PATH",
    callback=path_text,
    help="An article, with the questions about it and their answers.",
)
@click.option("--highlights", is_flag=True, help="All paragraphs that you have highlighted, by their articles.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="What it is written as.  [default: markdown]")
@click.option("--force", is_flag=True, help="Put it in the place of FILE, where there is one already.")
@click.argument("file", default=STANDARD_OUTPUT, callback=path_text)
@data_dir_flag
@pass_flags
def export(
    flags: Flags, opml: bool, article: str | None, highlights: bool, form: str | None, force: bool, file: str
) -> None:
    """Write your feeds, an article with its answers, or your highlights, to a new FILE or to standard output."""
    from library.feeds.opml import write_opml
    from tui.articles import library
    from tui.foreign import shown

    if [opml, highlights, article is not None].count(True) != 1 or (opml and form):
        raise click.UsageError(
            "What is to be exported? Your feeds by --opml, an article by --article, or your highlights by --highlights."
        )
    if highlights and form == HTML:
        raise click.UsageError("Highlights are written as markdown or json.")
    with library(load_settings(flags)) as store:
        if article is not None:
            data = _article(store, article, form or FORMATS[0]).encode()
        elif highlights:
            data = _highlights(store, form or FORMATS[0]).encode()
        else:
            data = write_opml([one.feed for one in store.feeds.feeds()])
    if file == STANDARD_OUTPUT:
        click.echo(data, nl=False)
    else:
        _write(Path(file), data, force=force)
        click.echo(f"Written to {shown(file)}.", err=True)


def _article(store: "Store", wanted: str, form: str) -> str:
    """Give an article of the library, or of a file, with what was asked about it and what the reader has made of it."""
    from tui.articles import read_articles
    from tui.numbered import find
    from tui.saving import Notes, SaveFormat, saved_text

    try:
        [article] = find(store, [wanted])
    except BadInput:
        if not Path(wanted).is_file():
            raise
        [article] = read_articles([wanted])
    asked = [(one.question, one.answer) for one in store.answers(article.id)]
    starred = any(line.starred for line in store.listings.headlines([article.id]))
    tags = store.tags.of([article.id]).get(article.id, ())
    highlights = store.highlights.of([article.id]).get(article.id, ())
    return saved_text(article, asked, SaveFormat(form), Notes(starred, tags, [one.number for one in highlights]))


def _highlights(store: "Store", form: str) -> str:
    """Give what is highlighted in the articles of the library, the newest first."""
    from models.listing import Scope
    from tui.highlights import Highlighted, as_json_file, as_markdown_file

    ids = store.listings.ids(Scope(highlighted=True))
    paragraphs = store.highlights.of(ids)
    articles = map(store.article, ids)
    found = [Highlighted(one, paragraphs[one.id]) for one in articles if one is not None and one.id in paragraphs]
    return as_json_file(found) if form == JSON else as_markdown_file(found)


def _write(file: Path, data: bytes, *, force: bool) -> None:
    """Write all of a file, or leave what was there. Raises ``BadInput`` where no file can be, or ``Failure``."""
    from tui.saving import write_new

    try:
        path = file.resolve()  # a link stays one
        if path.exists() and not path.is_file():  # a device or a pipe: to put a file in its place would be its end
            path.write_bytes(data)
            return
        if not force:
            write_new(path, data)
            return
        partial = path.with_name(f".newsreader-{os.getpid()}")
        try:
            partial.write_bytes(data)
            if path.exists():
                shutil.copymode(path, partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except FileExistsError as error:
        raise BadInput(f"There is a file {file} already. --force puts this in its place.") from error
    except OSError as error:
        nowhere = isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError)
        reason = f"{file} can't be written: {error.strerror}."
        raise (BadInput if nowhere else Failure)(reason) from error
