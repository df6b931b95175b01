"""``python -m benchmarks speed``: newsreader's times beside those of the machine it runs on.

A machine is as fast as it is, and busy now and then. So the raw time of the same work is taken in the same run: what
tells about newsreader is the ratio.
"""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final

import click

from benchmarks.ahead_speed import AheadSpeed, ahead_speed
from benchmarks.document import put
from benchmarks.first_frame import empty_app_s, first_frame_s
from benchmarks.indexing_speed import indexing_speed
from benchmarks.library_speed import LibrarySpeed, library_speed
from benchmarks.list_smoothness import fill, list_freezes
from benchmarks.measured_settings import measured_settings
from benchmarks.own_speed import Failure, OwnSpeed, own_speed
from benchmarks.plot import Bar, svg
from benchmarks.question_sets import OWN
from benchmarks.raw_speed import RawSpeed, raw_speed
from benchmarks.rows import Row, report, row, table
from benchmarks.smoothness import Opening, freezes, opening
from library.reader import read_article
from models.article import Article
from models.settings import Settings, WorkAhead
from rag.language_model import LanguageModel
from rag.model_files.catalogue import Purpose
from rag.model_files.errors import ModelMissing
from rag.model_files.installed import model_path
from rag.passages import passages_of
from rag.prompt import ANSWER, Prefix, Prompter
from rag.stop_flag import StopFlag
from tui.articles import keep

SAMPLES: Final = OWN[0]
DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "performance.md"

QUESTIONS: Final = 8
"""Questions about each article: the first finds it unread."""

ROUNDS: Final = 7
"""Times that each of three articles is read: a 95th percentile wants twenty figures."""

RUNS: Final = 5
"""Times that the machine reads and writes alone, which hardly varies."""

STARTS: Final = 20
"""Times that the app is started."""

INDEXINGS: Final = 20
"""Times that articles are indexed."""

LIBRARY_QUESTIONS: Final = 20
"""Questions that are put to a library."""

LENGTHS: Final = (10, 100, 1000, 5000)
"""Paragraphs of the articles that are opened, to see how the cost grows."""

AT_MOST_RATE: Final = 1 / 0.95
"""Of the machine's own time for a token."""

AT_MOST_INDEXING: Final = 1 / 0.9
AT_MOST_FIRST_TOKEN: Final = 1.5
AT_MOST_FIRST_TOKEN_MORE_S: Final = 0.1
"""The first token comes after so many times the machine's time for the question, and so much more."""

AT_MOST_FROM_DISK_S: Final = 0.3
AT_MOST_EVIDENCE_S: Final = 0.1
AT_MOST_LIBRARY_EVIDENCE_S: Final = 0.2
AT_MOST_STOP_S: Final = 0.15
AT_MOST_FRAME: Final = 1.6
AT_MOST_FREEZE_S: Final = 0.05

WRITTEN: Final = 32
"""Tokens that the machine writes in a run: as many as in an answer."""


@dataclass(frozen=True)
class TokenCounts:
    """Tokens that questions make the model read."""

    task: dict[str, int]
    """By question: the question with its instructions."""
    article: dict[str, int]
    """By the identity of an article: instructions and text."""
    longest: Prefix
    """The tokens of the longest article."""


@dataclass(frozen=True)
class Measured:
    """All figures."""

    rows: list[Row]
    openings: list[Opening]


@click.command()
@click.option(
    "--json",
    "json_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures to this file too.",
)
@click.option("--document", is_flag=True, help="Put the figures into docs/performance.md, and draw its picture.")
def speed(json_file: Path | None, document: bool) -> None:
    """Measure how fast newsreader is, beside the raw speed of this machine: some twenty minutes."""
    try:
        measured = measure(measured_settings())
    except (Failure, ModelMissing) as error:
        raise click.ClickException(str(error)) from error
    click.echo(report(measured.rows) + "\n\n" + growth(measured.openings))
    if document:
        put(DOCUMENT, "figures", report(measured.rows))
        put(DOCUMENT, "growth", growth(measured.openings))
        DOCUMENT.with_suffix(".svg").write_text(plot(measured), encoding="utf-8")
    if json_file:
        json_file.write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")


def measure(settings: Settings) -> Measured:
    """Measure everything, one after the other, on the samples that come with newsreader and on made-up articles."""
    golds = [gold for gold in SAMPLES.load() if gold.answerable]
    files = sorted({SAMPLES.articles / gold.article for gold in golds})
    asked = [
        (read_article(file), [gold.question for gold in golds if gold.article == file.name][:QUESTIONS])
        for file in files
    ]
    articles = [article for article, _ in asked]
    empty, frames = [], []
    for _ in range(STARTS):
        empty.append(empty_app_s())
        with tempfile.TemporaryDirectory() as folder:
            frames.append(first_frame_s(files[0], articles[0], Path(folder)))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        keeping = _in(settings, one)
        answer = settings.answer.model_copy(update={"kept_articles_mb": 0, "warm": WorkAhead.NEVER})
        forgetful = _in(settings, other).model_copy(update={"answer": answer})
        keep(articles, keeping)
        keep(articles, forgetful)
        openings = [asyncio.run(opening(forgetful, paragraphs)) for paragraphs in LENGTHS]
        own = asyncio.run(own_speed(forgetful, asked, rounds=ROUNDS))
        ahead = asyncio.run(ahead_speed(forgetful, keeping, asked, rounds=ROUNDS))
        frozen = asyncio.run(freezes(keeping, articles, asked[0][1][0]))
    frozen |= asyncio.run(_listing(settings))
    counts = count_tokens(settings, own)
    raw = raw_speed(settings, counts.longest, runs=RUNS, write=WRITTEN)
    indexing = indexing_speed(settings, runs=INDEXINGS)
    with tempfile.TemporaryDirectory() as folder:
        library = library_speed(_in(settings, folder), questions=LIBRARY_QUESTIONS)
    return Measured(
        [
            *model_rows(own, counts, raw),
            *ahead_rows(ahead, own, counts, raw),
            *other_rows(own),
            library_row(library),
            row("a paragraph indexed", indexing.machine_s, indexing.own_s, AT_MOST_INDEXING),
            row("article on the screen (an empty app)", empty, frames, AT_MOST_FRAME),
            *(row(f"longest freeze: {what}", [], [s], AT_MOST_FREEZE_S) for what, s in frozen.items()),
        ],
        openings,
    )


def _in(settings: Settings, folder: str) -> Settings:
    return settings.model_copy(update={"library_dir": Path(folder)})


async def _listing(settings: Settings) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        large = _in(settings, folder)
        fill(large)
        return await list_freezes(large)


def count_tokens(settings: Settings, own: OwnSpeed) -> TokenCounts:
    """Count the tokens of what was asked, as newsreader writes its prompts. Raises ``ModelMissing``, ``Failure``."""
    file = model_path(settings, Purpose.ANSWER)
    with LanguageModel(file, StopFlag(), context_tokens=settings.answer.context_tokens) as model:
        prompter = Prompter(model)
        prefixes = {a.article.id: _prefix(prompter, a.article, own) for a in own.unread}
        tasks = {a.question: prompter.tokens((), ANSWER.format(question=a.question)) for a in [*own.unread, *own.read]}
    return TokenCounts(
        task={question: len(tokens) for question, tokens in tasks.items()},
        article={article_id: len(prefix) for article_id, prefix in prefixes.items()},
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
    read = _task_s(own, counts, raw)
    reading = [a.reading_s / counts.article[a.article.id] for a in own.unread]
    return [
        row("a token read", raw.reading_s, reading, AT_MOST_RATE),
        row("a token written", raw.writing_s, [a.writing_s for a in [*own.unread, *own.read]], AT_MOST_RATE),
        row("first token, article not read before", unread, [a.first_token_s for a in own.unread]),
        row("first token, article read before", read, [a.first_token_s for a in own.read], _first_token_goal(read)),
    ]


def ahead_rows(ahead: AheadSpeed, own: OwnSpeed, counts: TokenCounts, raw: RawSpeed) -> list[Row]:
    """Compare what work ahead leaves to be done with what the machine takes for the question."""
    task = _task_s(own, counts, raw)
    goal = _first_token_goal(task)
    from_disk = (median(a.first_token_s for a in own.read) + AT_MOST_FROM_DISK_S) / median(task)
    return [
        row("first token, question typed and sent at once", task, ahead.sent_at_once, goal),
        row("first token, question typed and looked at", task, ahead.paused, goal),
        row("first token, article read before a restart", task, ahead.reopened, from_disk),
        row("answer begun, asked too soon (asked in time)", ahead.in_time, ahead.too_soon, 1.0),
    ]


def _task_s(own: OwnSpeed, counts: TokenCounts, raw: RawSpeed) -> list[float]:
    """Give the seconds that the machine takes to read each question about an article that it has read."""
    token_s = median(raw.reading_s)
    return [counts.task[a.question] * token_s for a in own.read]


def _first_token_goal(task_s: Sequence[float]) -> float:
    return AT_MOST_FIRST_TOKEN + AT_MOST_FIRST_TOKEN_MORE_S / median(task_s)


def other_rows(own: OwnSpeed) -> list[Row]:
    """Give the times that have little to do with the model, or nothing."""
    return [
        row("evidence lit up", [], [a.evidence_s for a in [*own.unread, *own.read]], AT_MOST_EVIDENCE_S),
        row("answer complete, article read before", [], [a.answered_s for a in own.read]),
        row("stopped while reading", [], own.stop_reading_s, AT_MOST_STOP_S),
        row("stopped while writing", [], own.stop_writing_s, AT_MOST_STOP_S),
    ]


def library_row(library: LibrarySpeed) -> Row:
    """Compare the finding of evidence in a library with the comparing of all its vectors."""
    goal = AT_MOST_LIBRARY_EVIDENCE_S / median(library.machine_s)
    return row("evidence from 25,000 paragraphs", library.machine_s, library.own_s, goal)


def growth(openings: Sequence[Opening]) -> str:
    """Write how the cost of opening an article grows with its length, in milliseconds."""
    cells = [["paragraphs", "text seen", "all laid out", "longest freeze", "longest freeze scrolling"]]
    for one in openings:
        figures = (one.opened_s, one.laid_out_s, one.freeze_opening_s, one.freeze_scrolling_s)
        cells.append([f"{one.paragraphs:,}", *(f"{seconds * 1000:,.0f}" for seconds in figures)])
    return table(cells)


def plot(measured: Measured) -> str:
    """Draw the ratios, and how the cost of opening grows."""
    bars = [Bar(each.what, each.ratio, each.goal) for each in measured.rows if each.ratio is not None]
    lines = {
        "text seen": [(float(one.paragraphs), one.opened_s * 1000) for one in measured.openings],
        "laid out": [(float(one.paragraphs), one.laid_out_s * 1000) for one in measured.openings],
        "longest freeze": [(float(one.paragraphs), one.freeze_opening_s * 1000) for one in measured.openings],
    }
    return svg(bars, lines)
