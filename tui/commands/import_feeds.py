"""``newsreader import``: subscribe to the feeds of a list from another feed reader."""

from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags
from tui.errors import BadInput

if TYPE_CHECKING:
    from library.feeds.opml import FeedList


@click.command("import")
@click.argument("file", metavar="FILE.opml")
@click.option("--private", is_flag=True, help="Consent to addresses on this machine or in its network.")
@data_dir_flag
@pass_flags
@click.pass_context
def import_feeds(ctx: click.Context, flags: Flags, file: str, private: bool) -> None:
    """Subscribe to the feeds of an OPML file, in their folders.

    FILE is what other feed readers export, or - for standard input. Nothing is fetched: that does `newsreader sync`.
    """
    from tui.articles import library
    from tui.counting import counted
    from tui.foreign import shown

    settings = load_settings(flags)
    found = _read(file, private)
    with library(settings) as store:
        added = sum(store.feeds.add(feed) is not None for feed in found.feeds)
    for name, reason in found.refused:
        click.echo(f"Left out: {shown(name)}: {shown(reason)}", err=True)
    known = len(found.feeds) - added
    click.echo(
        f"{counted(added, 'feed')} added"
        + (f", {known} were there already" if known else "")
        + (f", {len(found.refused)} left out" if found.refused else "")
        + (". Fetch them: newsreader sync" if added else ".")
    )
    ctx.exit(1 if found.refused else 0)


def _read(file: str, private: bool) -> "FeedList":
    from library.cleaning import display_name
    from library.feeds.opml import NotOpml, read_opml
    from library.reader import UnreadableArticle, read_bytes

    try:
        return read_opml(read_bytes(file), private=private)
    except UnreadableArticle as error:
        raise BadInput(str(error)) from error
    except NotOpml as error:
        raise BadInput(f"{display_name(file)} can't be imported: {error}.") from error
