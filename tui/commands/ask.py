"""``newsreader ask``: a question answered on the command line, or many of them in a batch."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.filters import NOTHING_WANTED, Wanted
from tui.configuration import DAY, Flags, asked, load_settings, pass_flags, settings_flags

if TYPE_CHECKING:
    from library.store import Store
    from models.answer import Answer
    from models.article import Article
    from models.question import Question
    from models.settings import Settings

EXAMPLES = """\b
Examples:
  newsreader ask --article article.txt "Who objected, and why?"
  newsreader ask --article article.txt "When was that?"
  newsreader ask --article article.txt --summary
  newsreader ask "What has been said about the harbour bridge?"
  newsreader ask "How long will it stay closed?" --feed Gazette --from 2024-03-01
  newsreader ask "What did she promise? name:Nowak"
  newsreader ask --batch questions.jsonl --articles folder > answers.jsonl

A line of a batch is a JSON object with id, question and article, the name of a file in the
folder. Without article, the question is about all articles of the folder.
"""


@click.command(epilog=EXAMPLES)
@click.argument("question", required=False, callback=asked)
@click.option("--article", metavar="PATH", help="Ask about this article, not about the whole library.")
@click.option("--from", "since", type=DAY, metavar="DAY", help="Of the library, nothing before this day.")
@click.option("--to", "until", type=DAY, metavar="DAY", help="Nothing after this day.")
@click.option("--feed", "feeds", multiple=True, metavar="FEED", help="Only this feed or folder.")
@click.option("--name", "names", multiple=True, metavar="PERSON_OR_PLACE", help="Only what names this person or place.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only what has this tag.")
@click.option("--summary", is_flag=True, help="Summarise the article of --article in three to five sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as a JSON object.")
@click.option(
    "--batch",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answer the questions of a JSON Lines file, with a library of their own.",
)
@click.option(
    "--articles",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The articles that a batch is about.",
)
@settings_flags
@pass_flags
@click.pass_context
def ask(
    ctx: click.Context,
    flags: Flags,
    question: str | None,
    article: str | None,
    since: datetime | None,
    until: datetime | None,
    feeds: tuple[str, ...],
    names: tuple[str, ...],
    tags: tuple[str, ...],
    summary: bool,
    as_json: bool,
    batch: Path | None,
    articles: Path | None,
) -> None:
    """Answer a question from an article or your library."""
    narrowed = Wanted(since.date() if since else None, until.date() if until else None, feeds, names, tags)
    if narrowed != NOTHING_WANTED and (article is not None or batch is not None):
        raise click.UsageError("--from, --to, --feed, --name and --tag narrow the library, not an article or a batch.")
    if batch is not None:
        if articles is None:
            raise click.UsageError("--batch needs --articles FOLDER.")
        if question is not None or article is not None or summary:
            raise click.UsageError("--batch takes its questions and articles from its own files.")
        _ask_batch(ctx, flags, batch, articles)
    elif articles is not None:
        raise click.UsageError("--articles goes with --batch; for one question there is --article PATH.")
    elif summary and (article is None or question is not None):
        raise click.UsageError("--summary takes an article and no question: --summary --article PATH.")
    elif not summary and (question is None or not question.strip()):
        raise click.UsageError("What is the question?")
    else:
        text = question if question is None or article is not None else f"{question} {narrowed}".strip()
        _ask_one(flags, text, article, as_json)


def _ask_batch(ctx: click.Context, flags: Flags, questions: Path, folder: Path) -> None:
    from tui.batch import answer_batch, read_batch

    settings = load_settings(flags)
    batch = read_batch(questions, folder)
    complete = asyncio.run(answer_batch(batch, settings))
    ctx.exit(0 if complete else 1)


def _ask_one(flags: Flags, text: str | None, path: str | None, as_json: bool) -> None:
    """Answer a question; without one, summarise the article."""
    from tui.articles import keep, library, read_articles
    from tui.batch import answer_record
    from tui.errors import BadInput
    from tui.json_lines import print_json
    from tui.plain_output import answer_text

    settings = load_settings(flags)
    scope: Article | None = None
    if path is not None:
        [scope] = read_articles([path])
        keep([scope], settings)
    with library(settings) as store:
        if scope is None and not store.articles():
            raise BadInput("Your library is empty. Open an article first, or name one: --article PATH")
        question = _question(store, text, scope)
        answer = asyncio.run(_answer(question, settings))
        store.keep_answer(question, answer)
        cited = {citation.article_id: store.article(citation.article_id) for citation in answer.citations}
    sources = {article.id: article for article in cited.values() if article is not None}
    if as_json:
        names = {article.id: Path(article.origin).name for article in sources.values()}
        print_json({"question": question.text, **answer_record(answer, names)})
    else:
        click.echo(answer_text(answer, sources, scope=question.article_id))


def _question(store: "Store", text: str | None, scope: "Article | None") -> "Question":
    """Make the question, with what was asked before in the same scope, here or in the app: a follow-up goes on."""
    from models.filters import NO_FILTERS
    from models.question import MOST_TURNS, Question, Task, Turn
    from tui.search_line import chosen_filters

    if text is None:
        return Question.summary(scope.id if scope else "")
    article_id = scope.id if scope else None
    filters = NO_FILTERS if scope else chosen_filters(text, store.feeds.feeds())
    kept = [one for one in store.answers(article_id) if one.question.task is Task.ANSWER][-MOST_TURNS:]
    earlier = tuple(Turn.of(one.question.text, one.answer) for one in kept)
    return Question(text=text, article_id=article_id, filters=filters, earlier=earlier)


async def _answer(question: "Question", settings: "Settings") -> "Answer":
    from tui import worker_calls
    from tui.progress_line import ProgressLine

    async with worker_calls.worker(settings) as client:
        with ProgressLine() as progress:
            return await worker_calls.answer(client, question, progress)
