"""``newsreader [PATH...]``: open articles in the app, or print them where there is no terminal."""

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from tui.configuration import Flags, load_settings, pass_flags, question_flag, settings_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.article import Article
    from models.settings import Settings


@click.command(hidden=True)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@settings_flags
@question_flag
@pass_flags
@click.pass_context
def read(ctx: click.Context, flags: Flags, paths: tuple[str, ...] = ()) -> None:
    """Open articles to read and to ask about."""
    gc.disable()  # what is loaded until the first frame stays: looking through it for garbage takes a tenth of the time

    from tui.articles import kept_articles, library_is_empty, read_articles, sample_article

    settings = load_settings(flags)
    if paths:
        show(ctx, read_articles(paths), settings, flags.question)
    elif library_is_empty(settings):
        click.echo("Your library is empty, so this is a sample. Open an article: newsreader PATH", err=True)
        show(ctx, [sample_article()], settings, flags.question)
    elif _in_app():
        _run(ctx, [], settings, flags.question)
    else:
        show(ctx, kept_articles(settings), settings, flags.question)


def show(ctx: click.Context, articles: "list[Article]", settings: "Settings", question: str | None) -> None:
    """Open articles in the app, or print them where there is no terminal."""
    from tui.articles import keep

    if _in_app():
        _run(ctx, articles, settings, question)
    gc.enable()
    keep(articles, settings)
    _print(articles, settings, question)


def _run(ctx: click.Context, articles: "list[Article]", settings: "Settings", question: str | None) -> NoReturn:
    """Open articles in the app; where there are none, the library."""
    from tui.app import run

    ctx.exit(run(articles, settings, question=question))


def _in_app() -> bool:
    """Whether there is a terminal to run the app in."""
    return _screen() and _keyboard()


def _screen() -> bool:
    """Whether standard output is a terminal that can do more than print line after line."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _keyboard() -> bool:
    """Make standard input the keyboard, also where it has given us an article. False where there is none."""
    if not sys.stdin.isatty():
        try:
            os.dup2(os.open("/dev/tty", os.O_RDWR), sys.stdin.fileno())
        except OSError:
            return False
    return True


def _print(articles: "Sequence[Article]", settings: "Settings", question: str | None) -> None:
    """Print the articles with their entities, and the answer to a question about the first.

    Articles are printed whatever else fails. Raises ``WorkerFailed`` where a question was not answered.
    """
    import asyncio

    asyncio.run(_print_all(articles, settings, question))


async def _print_all(articles: "Sequence[Article]", settings: "Settings", text: str | None) -> None:
    from models.question import Question
    from tui import worker_calls
    from tui.foreign import shown
    from tui.plain_output import answer_text, article_text, entities_text
    from tui.progress_line import ProgressLine

    unanswered: worker_calls.WorkerFailed | None = None
    names_to_be_had = True
    async with worker_calls.worker(settings) as client:
        with ProgressLine() as progress:
            for article in articles:
                click.echo(article_text(article) + "\n")
                if names_to_be_had:
                    try:
                        found = await worker_calls.entities(client, article.id, progress)
                        click.echo(entities_text(found) + "\n")
                    except worker_calls.WorkerFailed as failure:
                        names_to_be_had = not failure.hopeless
                        click.echo(f"The names are missing. {failure.format_message()}", err=True)
                if text is not None and article is articles[0]:
                    click.echo(f"Question: {shown(text)}\n")
                    question = Question(text=text, article_id=article.id)
                    try:
                        answer = await worker_calls.answer(client, question, progress)
                        click.echo(answer_text(answer, {}, scope=article.id) + "\n")
                    except worker_calls.WorkerFailed as failure:
                        unanswered = failure
    if unanswered is not None:
        raise unanswered
