"""``newsreader remove``: unsubscribe from feeds."""

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--articles", is_flag=True, help="Remove the articles, too, that they alone have brought.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@data_dir_flag
@pass_flags
def remove(flags: Flags, feeds: tuple[str, ...], articles: bool, yes: bool) -> None:
    """Unsubscribe from feeds, by title, number, address or folder.

    Their articles stay in the library, unless told otherwise.
    """
    from tui.articles import library
    from tui.feeds import chosen_feeds
    from tui.foreign import shown

    with library(load_settings(flags)) as store:
        chosen = chosen_feeds(store.feeds.feeds(), feeds)
        if not yes and (articles or len(chosen) > 1):
            names = ", ".join(shown(one.feed.name) for one in chosen)
            click.confirm(f"Remove {names}{', with their articles' if articles else ''}?", abort=True)
        for one in chosen:
            gone = store.feeds.remove(one.number, with_articles=articles)
            and_articles = f", and {gone} of its articles" if articles else ""
            click.echo(f"{shown(one.feed.name)} is removed{and_articles}.")
