"""``newsreader add``: subscribe to feeds, and keep pages, files and folders in the library."""

import click

from tui.configuration import Flags, data_dir_flag, load_settings, name_text, pass_flags

EXAMPLES = """\b
Examples:
  newsreader add https://example.org/feed.xml      subscribe to a feed
  newsreader add example.org/news/story.html       keep a page
  newsreader add --full-text --folder News/Local https://example.org/feed.xml
  newsreader add story.txt ~/Documents/articles    keep files, and all files of a folder
  newsreader add --watch ~/Documents/articles      ... and from now on whatever is put there
"""


@click.command(epilog=EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--title", metavar="TEXT", callback=name_text, help="What to call it, instead of what it calls itself.")
@click.option("--folder", metavar="NAME[/NAME]", callback=name_text, help="The folder to put the feed into.")
@click.option(
    "--full-text/--no-full-text",
    default=None,
    help="Fetch the page of each entry, for feeds that give only summaries.",
)
@click.option("--private", is_flag=True, help="Consent to an address on this machine or in its network.")
@click.option("--watch", is_flag=True, help="Watch folders: each sync takes in their new and changed files.")
@data_dir_flag
@pass_flags
@click.pass_context
def add(
    ctx: click.Context,
    flags: Flags,
    sources: tuple[str, ...],
    title: str | None,
    folder: str | None,
    full_text: bool | None,
    private: bool,
    watch: bool,
) -> None:
    """Subscribe to feeds, and keep pages, files and folders.

    SOURCE is the address of a feed or of a page, a file, a folder, or - for standard input. What is chosen for a feed
    or a watched folder that is there already is changed.
    """
    import asyncio

    from tui.adding import Choices, add_addresses, add_paths, add_watched, sorted_sources
    from tui.articles import library
    from tui.feeds import folder_named

    if watch and (full_text is not None or private):
        raise click.UsageError("--full-text and --private are for what is fetched; a folder is not.")
    settings = load_settings(flags)
    choices = Choices(title, None if folder is None else folder_named(folder), full_text, private)
    if watch:
        with library(settings) as store:
            ctx.exit(0 if asyncio.run(add_watched(store, sources, choices)) else 1)
    paths, addresses = sorted_sources(sources, choices)
    with library(settings) as store:
        add_paths(store, paths)
        complete = asyncio.run(add_addresses(store, addresses, choices))
    ctx.exit(0 if complete else 1)
