"""``newsreader sync``: fetch what is new in the feeds."""

from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from library.feeds.sync import Outcome
    from library.store import Store
    from models.feed import FeedSummary

EXAMPLES = """\b
Examples:
  newsreader sync                  all feeds
  newsreader sync Gazette 7        some, by title, number, address or folder
  newsreader sync --quiet          from a timer: says only what failed
"""


@click.command(epilog=EXAMPLES)
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
@click.option("--quiet", is_flag=True, help="Say only what failed, as a timer wants it.")
@data_dir_flag
@pass_flags
@click.pass_context
def sync(ctx: click.Context, flags: Flags, feeds: tuple[str, ...], quiet: bool) -> None:
    """Fetch what is new: in all feeds, or in some.

    A feed that fails stops no other; its error stands beside it here and in `newsreader list`.
    """
    from tui.articles import library
    from tui.feeds import chosen_feeds
    from tui.sync_report import summary

    with library(load_settings(flags)) as store:
        listed = store.feeds.feeds()
        if not listed:
            if quiet:
                return
            click.echo("You have no feeds yet. Subscribe to one: newsreader add URL")
            return
        outcomes = _sync(store, chosen_feeds(listed, feeds) if feeds else listed)
    if not quiet:
        _report_new(outcomes)
    _report_failures(outcomes)
    if not quiet:
        click.echo(summary(outcomes))
    ctx.exit(1 if any(outcome.error and not outcome.waiting for outcome in outcomes) else 0)


def _sync(store: "Store", feeds: "Sequence[FeedSummary]") -> "list[Outcome]":
    import asyncio

    from library.feeds.sync import Sync
    from library.fetching.fetcher import Fetcher
    from tui.sync_bar import SyncBar

    async def run() -> "list[Outcome]":
        async with Fetcher() as fetcher:
            return await Sync(store.feeds, fetcher, bar.show).run(feeds)

    try:
        with SyncBar() as bar:
            return asyncio.run(run())
    except KeyboardInterrupt:
        click.echo("Stopped. What was fetched is kept: the next sync goes on from there.", err=True)
        raise


def _report_new(outcomes: "Sequence[Outcome]") -> None:
    """Say what each feed has brought."""
    from tui.foreign import shown

    for outcome in outcomes:
        if outcome.new or outcome.updated:
            counts = {"new": outcome.new, "updated": outcome.updated}
            said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
            click.echo(f"{shown(outcome.feed.name)}: {said}")


def _report_failures(outcomes: "Sequence[Outcome]") -> None:
    """Say what could not be had, after all else, where it is seen."""
    from tui.foreign import shown
    from tui.sync_report import left_out

    for outcome in outcomes:
        for reason in left_out(outcome):
            click.echo(f"{shown(outcome.feed.name)}: left out: {shown(reason)}", err=True)
        if outcome.error:
            click.echo(f"{shown(outcome.feed.name)}: {shown(outcome.error)}", err=True)
