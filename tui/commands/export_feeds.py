"""``newsreader export``: the list of feeds, for another feed reader or another machine."""

from typing import BinaryIO

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags


@click.command("export")
@click.option("--opml", is_flag=True, help="Your feeds and folders as OPML 2.0, which every feed reader takes.")
@click.argument("file", type=click.File("wb", atomic=True), default="-")
@data_dir_flag
@pass_flags
def export_feeds(flags: Flags, opml: bool, file: BinaryIO) -> None:
    """Write the list of your feeds to FILE, or to standard output."""
    from library.feeds.opml import write_opml
    from tui.articles import library

    if not opml:
        raise click.UsageError("What is to be exported? For your feeds, there is --opml.")
    with library(load_settings(flags)) as store:
        file.write(write_opml([one.feed for one in store.feeds.feeds()]))
