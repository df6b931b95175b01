"""Many questions over a folder of articles, with one worker: what an evaluation runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import click
from pydantic import BaseModel, StringConstraints, ValidationError

from library.reader import UnreadableArticle, read_article
from models.answer import Answer
from models.article import Article
from models.question import LONGEST_QUESTION, Question
from models.settings import Settings
from rag.client import WorkerClient
from tui import worker_calls
from tui.articles import keep, temporary_library
from tui.errors import BadInput
from tui.foreign import shown
from tui.json_lines import print_json
from tui.progress_line import ProgressLine

MOST_PROBLEMS: Final = 20
"""Bad lines that are named: of another file, given by mistake, all are."""


class BatchLine(BaseModel):
    """A line of the file of questions; it may hold more than we need. Without ``article``, the folder is asked."""

    id: str | int
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]
    article: str | None = None


@dataclass(frozen=True)
class Batch:
    """Checked questions, and the articles that they need by file name."""

    lines: tuple[BatchLine, ...]
    articles: Mapping[str, Article]


def read_batch(questions: Path, folder: Path) -> Batch:
    """Read questions and the articles they need. Raises ``BadInput`` that names the bad lines."""
    lines: list[BatchLine] = []
    articles: dict[str, Article] = {}
    problems: list[str] = []
    for number, raw in enumerate(questions.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            line = BatchLine.model_validate_json(raw)
            if line.article is not None and line.article not in articles:
                articles[line.article] = _read_named(line.article, folder)
        except ValidationError as error:
            problems.append(f"{questions.name}, line {number}: {_first_problem(error)}")
        except UnreadableArticle as error:
            problems.append(f"{questions.name}, line {number}: {error}")
        else:
            lines.append(line)
    if problems:
        more = len(problems) - MOST_PROBLEMS
        raise BadInput("\n".join([*problems[:MOST_PROBLEMS], *([f"{more} more lines are bad."] if more > 0 else [])]))
    if not lines:
        raise BadInput(f"{questions.name} holds no questions.")
    if any(line.article is None for line in lines):
        articles = _read_folder(folder) | articles
    return Batch(tuple(lines), articles)


def _first_problem(error: ValidationError) -> str:
    details = error.errors()[0]
    return ": ".join([*map(str, details["loc"]), details["msg"]])


def _read_named(name: str, folder: Path) -> Article:
    if Path(name).name != name:
        raise UnreadableArticle(f"the article must be the name of a file in {folder}, not {name!r}")
    return read_article(folder / name)


def _read_folder(folder: Path) -> dict[str, Article]:
    """Read all that is an article; a folder may hold other things, which are named and left out."""
    articles = {}
    for file in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            articles[file.name] = read_article(file)
        except UnreadableArticle as error:
            click.echo(f"Left out: {error}", err=True)
    if not articles:
        raise BadInput(f"{folder} holds no articles.")
    return articles


async def answer_batch(batch: Batch, settings: Settings) -> bool:
    """Print one JSON line an answer, in the order of the questions. Gives False if any could not be answered.

    Raises ``WorkerFailed`` where no question can be.
    """
    with temporary_library(settings) as own:
        keep(batch.articles.values(), own)
        names = {article.id: name for name, article in reversed(list(batch.articles.items()))}
        async with worker_calls.worker(own) as client:
            return await _answer_lines(batch, client, names)


async def _answer_lines(batch: Batch, client: WorkerClient, names: Mapping[str, str]) -> bool:
    complete = True
    with ProgressLine() as progress:
        for count, line in enumerate(batch.lines, start=1):
            scope = batch.articles[line.article].id if line.article is not None else None
            question = Question(text=line.question, article_id=scope)
            try:
                answer = await worker_calls.answer(
                    client, question, progress, label=f"{count}/{len(batch.lines)} {shown(str(line.id))}: "
                )
            except worker_calls.WorkerFailed as failure:
                if failure.hopeless:
                    raise
                click.echo(f"{shown(str(line.id))}: {failure.format_message()}", err=True)
                complete = False
            else:
                known = names if line.article is None else {**names, scope or "": line.article}
                print_json({"id": line.id, **answer_record(answer, known)})
    return complete


def answer_record(answer: Answer, names: Mapping[str, str]) -> dict[str, object]:
    """Give an answer as a JSON object, each citation with the file name of its article."""
    citations: Sequence[dict[str, object]] = [
        {
            "article": names.get(citation.article_id, citation.article_id),
            **citation.model_dump(mode="json", exclude={"article_id"}),
        }
        for citation in answer.citations
    ]
    return {
        "answer": answer.text,
        "abstained": answer.abstained,
        "citations": citations,
        "timings": answer.timings.model_dump(mode="json"),
        **({"understood_as": answer.understood_as} if answer.understood_as else {}),
    }
