"""``newsreader list``: the feeds, with what is unread in them and what is the matter with them."""

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a feed.")
@data_dir_flag
@pass_flags
def list_feeds(flags: Flags, as_json: bool) -> None:
    """List your feeds: unread articles, and the last error."""
    from tui.articles import library
    from tui.feed_table import print_table
    from tui.json_lines import print_json

    with library(load_settings(flags)) as store:
        listed = store.feeds.feeds()
    if as_json:
        for one in listed:
            counts = one.model_dump(mode="json", exclude={"feed"})
            print_json({**counts, **one.feed.model_dump(mode="json", exclude={"etag", "last_modified"})})
    elif listed:
        print_table(listed)
    else:
        click.echo("You have no feeds yet. Subscribe to one: newsreader add URL")
