"""``newsreader entities``: who and what articles are about, and who said what."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags

if TYPE_CHECKING:
    from models.article import Article
    from models.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article, with every mention and statement.")
@data_dir_flag
@pass_flags
def entities(flags: Flags, files: tuple[str, ...], as_json: bool) -> None:
    """List who and what articles are about.

    People, organisations and places; with --json, also each mention and each statement.
    """
    from tui.articles import keep, read_articles, temporary_library

    settings = load_settings(flags)
    articles = read_articles(files)
    with temporary_library(settings) as own:
        keep(articles, own)
        asyncio.run(_print_entities(list(zip(files, articles, strict=True)), own, as_json))


async def _print_entities(articles: "list[tuple[str, Article]]", settings: "Settings", as_json: bool) -> None:
    from tui import worker_calls
    from tui.foreign import shown
    from tui.json_lines import print_json
    from tui.plain_output import entities_text
    from tui.progress_line import ProgressLine

    async with worker_calls.worker(settings) as client:
        with ProgressLine() as progress:
            for count, (file, article) in enumerate(articles, start=1):
                label = f"{count}/{len(articles)} "
                found = await worker_calls.entities(client, article.id, progress, label=label)
                if as_json:
                    dumped = [entity.model_dump(mode="json") for entity in found]
                    print_json({"article": Path(file).name, "entities": dumped})
                else:
                    if len(articles) > 1:
                        click.echo(shown(article.headline))
                    click.echo((entities_text(found) or "No names found.") + "\n")
