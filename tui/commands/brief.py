"""``newsreader brief``: the stories of the day, grouped by event and summed up."""

import asyncio
from contextlib import aclosing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from tui.configuration import DAY, Flags, load_settings, pass_flags, settings_flags

if TYPE_CHECKING:
    from library.store import Store
    from models.brief import Brief
    from models.settings import Settings


@click.command()
@click.option(
    "--since", type=DAY, metavar="DAY", help="From this day on; else the newest day of your library and the one before."
)
@click.option("--again", is_flag=True, help="Make it anew, also if there is one of the same articles.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a story.")
@settings_flags
@pass_flags
def brief(flags: Flags, since: datetime | None, again: bool, as_json: bool) -> None:
    """Sum up the news of the day: each event once, cited, with what is new since the last brief.

    It is kept, and there again at once as long as no article has come in. Ctrl+C stops it; the next one goes on.
    """
    from tui.articles import library

    settings = load_settings(flags)
    with library(settings) as store:
        asyncio.run(_print(store, settings, since.date() if since else None, again=again, as_json=as_json))


async def _print(store: "Store", settings: "Settings", since: date | None, *, again: bool, as_json: bool) -> None:
    """Print each story as soon as it is summed up, in the order of the brief. Raises ``Failure``."""
    from tui import brief_text, worker_calls
    from tui.errors import BadInput
    from tui.progress_line import ProgressLine

    printed = 0
    last: Brief | None = None
    async with worker_calls.worker(settings) as client:
        with ProgressLine() as progress:
            events = worker_calls.briefs(client, progress, since, not_before=datetime.now(UTC) if again else None)
            async with aclosing(events):
                async for made in events:
                    progress.clear()
                    if last is None and not as_json:
                        click.echo(brief_text.heading(made))
                    printed = _print_done(store, made, printed, as_json=as_json)
                    last = made
    if last is None:
        raise BadInput("Your library holds no articles of these days. Open some, or sync your feeds: newsreader sync")


def _print_done(store: "Store", made: "Brief", printed: int, *, as_json: bool) -> int:
    """Print the stories that are done and not printed yet; give how many are."""
    from tui import brief_text
    from tui.json_lines import print_json

    for story in made.stories[printed:]:
        if not story.summed_up and not made.complete:
            break
        articles = {one: article for one in story.article_ids if (article := store.article(one)) is not None}
        if as_json:
            print_json(brief_text.record(story, articles))
        else:
            click.echo(f"\n{brief_text.story_text(story, articles)}")
        printed += 1
    return printed
