"""``python -m benchmarks speed``: newsreader's times beside those of the machine it runs on.

A machine is as fast as it is, and busy now and then. So the raw time of the same work is taken in the same run: what
tells about newsreader is the ratio.
"""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path
from statistics import median
from typing import Final

import click

from benchmarks.first_frame import empty_app_s, first_frame_s
from benchmarks.own_speed import Failure, OwnSpeed, own_speed
from benchmarks.question_sets import OWN
from benchmarks.raw_speed import RawSpeed, raw_speed
from benchmarks.spread import Spread, spread
from library.reader import read_article
from models.article import Article
from models.settings import Settings
from rag.language_model import LanguageModel
from rag.model_files.catalogue import Purpose
from rag.model_files.errors import ModelMissing
from rag.model_files.installed import model_path
from rag.passages import passages_of
from rag.prompt import ANSWER, Prefix, Prompter
from rag.stop_flag import StopFlag
from tui.articles import keep

SAMPLES: Final = OWN[0]

QUESTIONS: Final = 4
"""Questions about each article: the first finds it unread."""

RUNS: Final = 5
"""Times that what is not asked about articles is measured."""

WRITTEN: Final = 32
"""Tokens that the machine writes in a run: as many as in an answer."""


@dataclass(frozen=True)
class Row:
    """Seconds that the machine and newsreader take for the same work.

    ``machine`` and ``ratio``, which is how many times as long newsreader takes, are None where the machine alone has
    nothing to compare with.
    """

    what: str
    machine: Spread | None
    own: Spread | None
    ratio: float | None


@dataclass(frozen=True)
class TokenCounts:
    """Tokens that questions make the model read."""

    task: dict[str, int]
    """By question: the question with its instructions."""
    article: dict[str, int]
    """By the identity of an article: what is not the same for all articles."""
    longest: Prefix
    """The tokens of the longest article."""


@click.command()
@click.option(
    "--json",
    "json_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures to this file too.",
)
def speed(json_file: Path | None) -> None:
    """Measure how fast newsreader is, beside the raw speed of this machine."""
    try:
        rows = measure(Settings())
    except (Failure, ModelMissing) as error:
        raise click.ClickException(str(error)) from error
    click.echo(report(rows))
    if json_file:
        json_file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


def measure(settings: Settings) -> list[Row]:
    """Measure everything, one after the other, on the samples that come with newsreader."""
    golds = [gold for gold in SAMPLES.load() if gold.answerable]
    files = sorted({SAMPLES.articles / gold.article for gold in golds})
    asked = [
        (read_article(file), [gold.question for gold in golds if gold.article == file.name][:QUESTIONS])
        for file in files
    ]
    empty, frames = [], []
    for _ in range(RUNS):
        empty.append(empty_app_s())
        with tempfile.TemporaryDirectory() as folder:
            frames.append(first_frame_s(files[0], asked[0][0], Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        forgetful = settings.answer.model_copy(update={"kept_articles_mb": 0})
        own_settings = settings.model_copy(update={"library_dir": Path(folder), "answer": forgetful})
        keep([article for article, _ in asked], own_settings)
        own = asyncio.run(own_speed(own_settings, asked))
    counts = count_tokens(settings, own)
    raw = raw_speed(settings, counts.longest, runs=RUNS, write=WRITTEN)
    return [*model_rows(own, counts, raw), *other_rows(own, empty, frames)]


def count_tokens(settings: Settings, own: OwnSpeed) -> TokenCounts:
    """Count the tokens of what was asked, as newsreader writes its prompts. Raises ``ModelMissing``, ``Failure``."""
    file = model_path(settings, Purpose.ANSWER)
    with LanguageModel(file, StopFlag(), context_tokens=settings.answer.context_tokens) as model:
        prompter = Prompter(model)
        prefixes = {a.article.id: _prefix(prompter, a.article, own) for a in own.unread}
        tasks = {a.question: prompter.tokens((), ANSWER.format(question=a.question)) for a in [*own.unread, *own.read]}
    columns = zip(*prefixes.values(), strict=False)
    head = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
    return TokenCounts(
        task={question: len(tokens) for question, tokens in tasks.items()},
        article={article_id: len(prefix) - head for article_id, prefix in prefixes.items()},
        longest=max(prefixes.values(), key=len),
    )


def _prefix(prompter: Prompter, article: Article, own: OwnSpeed) -> Prefix:
    prefix = prompter.article_prefix(article, passages_of(article, own.entities[article.id]))
    if prefix is None:
        raise Failure("The samples do not fit into answer.context_tokens. Set it to its default to measure speed.")
    return prefix


def model_rows(own: OwnSpeed, counts: TokenCounts, raw: RawSpeed) -> list[Row]:
    """Compare what llama.cpp does for newsreader with what it does alone."""
    token_s = median(raw.reading_s)
    unread = [(counts.article[a.article.id] + counts.task[a.question]) * token_s for a in own.unread]
    read = [counts.task[a.question] * token_s for a in own.read]
    reading = [a.reading_s / counts.article[a.article.id] for a in own.unread]
    return [
        row("a token read", raw.reading_s, reading),
        row("a token written", raw.writing_s, [a.writing_s for a in [*own.unread, *own.read]]),
        row("first token, article not read before", unread, [a.first_token_s for a in own.unread]),
        row("first token, article read before", read, [a.first_token_s for a in own.read]),
    ]


def other_rows(own: OwnSpeed, empty: Sequence[float], frames: Sequence[float]) -> list[Row]:
    """Give the times that have little to do with the model, or nothing."""
    return [
        row("evidence lit up", [], [a.evidence_s for a in [*own.unread, *own.read]]),
        row("answer complete, article read before", [], [a.answered_s for a in own.read]),
        row("stopped while reading", [], own.stop_reading_s),
        row("stopped while writing", [], own.stop_writing_s),
        row("article on the screen (an empty app)", empty, frames),
    ]


def row(what: str, machine: Sequence[float], own: Sequence[float]) -> Row:
    """Sum up and compare times; ``machine`` may be empty."""
    return Row(what, spread(machine), spread(own), median(own) / median(machine) if machine else None)


def report(rows: Sequence[Row]) -> str:
    """Write the rows as a table in milliseconds: each the median, with the 95th percentile in brackets."""
    lines = [f"{'milliseconds: median (95th percentile)':40} {'machine':>18} {'newsreader':>18} {'ratio':>6}"]
    for each in rows:
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        lines.append(f"{each.what:40} {_cell(each.machine):>18} {_cell(each.own):>18} {ratio:>6}")
    return "\n".join(lines)


def _cell(found: Spread | None) -> str:
    return "" if found is None else f"{found.median * 1000:,.0f} ({found.p95 * 1000:,.0f})"
