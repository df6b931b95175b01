"""``newsreader list``: the feeds, with what is unread in them and what is the matter with them; or their articles."""

from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from library.store import Store
    from models.feed import FeedSummary


@click.command("list")
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
@click.option("--unread", is_flag=True, help="Only feeds and articles that are not read.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a feed, or an article.")
@data_dir_flag
@pass_flags
def list_feeds(flags: Flags, feeds: tuple[str, ...], unread: bool, as_json: bool) -> None:
    """List your feeds: unread articles, and the last error.

    With FEED, by title, number, address or folder: its articles, newest first, which `newsreader open` takes by number.
    """
    from tui.articles import library
    from tui.feeds import chosen_feeds

    settings = load_settings(flags)
    with library(settings) as store:
        listed = store.feeds.feeds()
        if feeds:
            names = {one.number: one.feed.name for one in listed}
            _list_articles(store, chosen_feeds(listed, feeds), names, unread, as_json)
        elif listed or as_json:
            _list_feeds([one for one in listed if one.unread or not unread], settings.library.sync_minutes, as_json)
        else:
            click.echo("You have no feeds yet. Subscribe to one: newsreader add URL")


def _list_feeds(listed: "Sequence[FeedSummary]", minutes: int, as_json: bool) -> None:
    from tui.feed_table import print_table
    from tui.json_lines import print_json

    if not as_json:
        print_table(listed, minutes)
        return
    for one in listed:
        counts = one.model_dump(mode="json", exclude={"feed"})
        print_json({**counts, **one.feed.model_dump(mode="json", exclude={"etag", "last_modified"})})


def _list_articles(
    store: "Store", feeds: "Sequence[FeedSummary]", names: dict[int, str], unread: bool, as_json: bool
) -> None:
    from tui.foreign import shown
    from tui.json_lines import print_json
    from tui.numbered import headline_line, made_of

    found = [
        (feed, article, read)
        for feed in feeds
        for article, read in store.feeds.articles(feed.number)
        if not (unread and read)
    ]
    also = store.feeds.feeds_of([article.id for _, article, _ in found])
    lines = {line.id: line for line in store.listings.headlines([article.id for _, article, _ in found])}
    # Another newsreader may have removed an article since, or its feed.
    found = [one for one in found if one[1].id in lines]
    store.numbering.keep([article.id for _, article, _ in found])
    above = None
    for number, (feed, article, read) in enumerate(found, start=1):
        others = [names[other] for other in also.get(article.id, ()) if other != feed.number and other in names]
        line = lines[article.id]
        if as_json:
            facts = article.model_dump(mode="json", include={"id", "headline", "published"})
            states = line.model_dump(mode="json", include={"read", "starred", "later", "tags"}) | {"also_in": others}
            print_json({"number": number, "feed": feed.number, **facts, **states})
            continue
        if len(feeds) > 1 and feed is not above:
            click.echo(shown(feed.feed.name))
            above = feed
        elsewhere = [f"also in {', '.join(others)}"] if others else []
        notes = [*([] if read else ["unread"]), *made_of(line), *elsewhere]
        click.echo(headline_line(number, article, notes))
