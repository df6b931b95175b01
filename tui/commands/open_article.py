"""``newsreader open``: read what was listed or found."""

import click

from tui.configuration import Flags, load_settings, pass_flags, question_flag, settings_flags


@click.command("open")
@click.argument("articles", nargs=-1, required=True, metavar="NUMBER_OR_ID...")
@settings_flags
@question_flag
@pass_flags
@click.pass_context
def open_article(ctx: click.Context, flags: Flags, articles: tuple[str, ...]) -> None:
    """Open articles of your library, and mark them as read.

    By their numbers in what `newsreader search` or `newsreader list FEED` showed last, or by the beginning of the id
    that --json shows.
    """
    from models.listing import Mark
    from tui.articles import library
    from tui.commands.read import show
    from tui.numbered import find

    settings = load_settings(flags)
    with library(settings) as store:
        found = find(store, articles)
        if not store.read_only:
            store.states.mark([article.id for article in found], Mark.READ)
    show(ctx, found, settings, flags.question)
