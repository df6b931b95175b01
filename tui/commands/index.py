"""``newsreader index``: have the library ready for questions by meaning."""

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags


@click.command()
@data_dir_flag
@pass_flags
def index(flags: Flags) -> None:
    """Index what is new in your library, so that the next question to it is answered at once.

    The first question does so, too, while you wait. It can be stopped at any moment: the next time goes on from there.
    """
    import asyncio

    from tui.articles import library
    from tui.counting import counted
    from tui.index_bar import IndexBar
    from tui.progress_line import ProgressLine
    from tui.worker_calls import index as index_library
    from tui.worker_calls import worker

    settings = load_settings(flags)
    with library(settings):
        pass  # one that can't be used says so before a worker is started

    async def run() -> None:
        async with worker(settings) as client:
            with ProgressLine() as line, IndexBar() as bar:
                await index_library(client, line, bar.show)
                bar.finish()
        click.echo(f"{counted(bar.total, 'article')} indexed." if bar.total else "Everything is indexed.")

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        click.echo("Stopped. What was indexed is kept: the next time goes on from there.", err=True)
        raise
