"""``python -m benchmarks answers``: asks newsreader a set of questions and tells how good its answers are."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from benchmarks.question_sets import OWN, GoldQuestion, QuestionSet, read_lines
from benchmarks.scoring import FIGURES, AnswerLine, Figure, Marked, false_citations, figures, mark, right_by_kind
from benchmarks.spread import Spread, spread
from library.reader import UnreadableArticle, read_article
from models.answer import Timings
from models.article import Article

NEWSREADER: Final = (sys.executable, "-m", "tui.cli")
"""The program that is measured: that of this checkout, whatever is installed."""

TIMINGS: Final = {"evidence": "evidence_s", "first token": "first_token_s", "answer": "total_s"}
"""What the timings of an answer are called in the table."""


@click.command()
@click.option(
    "--questions",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ask these instead of the project's own.",
)
@click.option(
    "--articles",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The articles that they are about.",
)
@click.option(
    "--answers",
    "answers_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mark these answers, printed earlier by newsreader ask --batch, and ask nothing.",
)
@click.option("--show", is_flag=True, help="Print each question that went wrong, with its answer.")
@click.option(
    "--json",
    "json_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures to this file too.",
)
@click.pass_context
def answers(
    ctx: click.Context,
    questions: Path | None,
    articles: Path | None,
    answers_file: Path | None,
    show: bool,
    json_file: Path | None,
) -> None:
    """Measure how good answers are, and that every citation stands in its article word for word."""
    if (questions is None) != (articles is None):
        raise click.UsageError("--questions and --articles go together.")
    sets = OWN if questions is None or articles is None else [QuestionSet(questions, articles)]
    try:
        given = read_lines(answers_file, AnswerLine) if answers_file else [line for s in sets for line in asked(s)]
        loaded = [(question_set.articles, question_set.load()) for question_set in sets]
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    golds = [gold for _, found in loaded for gold in found]
    by_id = {line.id: line for line in given}
    marked = [mark(gold, by_id.get(gold.id)) for gold in golds]
    lines = [m.answer for m in marked if m.answer is not None]
    texts = {name: text for folder, found in loaded for name, text in articles_of(found, folder).items()}
    problems = [problem for line in lines for problem in false_citations(line, texts)]
    if show:
        click.echo("\n\n".join(miss(m) for m in marked if not m.right) + "\n")
    click.echo(report(marked, problems))
    if json_file:
        json_file.write_text(json.dumps(record(marked, problems), indent=2) + "\n", encoding="utf-8")
    ctx.exit(1 if problems or len(lines) < len(golds) else 0)


def asked(question_set: QuestionSet) -> list[AnswerLine]:
    """Have newsreader answer the questions of a set, as a program of its own; its progress goes to the terminal.

    Raises ``ClickException`` where it answers none, ``ValueError`` for a line that is no answer.
    """
    batch = ["ask", "--batch", str(question_set.questions), "--articles", str(question_set.articles)]
    done = subprocess.run([*NEWSREADER, *batch], stdout=subprocess.PIPE, check=False)
    found = [AnswerLine.model_validate_json(line) for line in done.stdout.splitlines()]
    if not found:
        raise click.ClickException(f"newsreader answered none of {question_set.questions}.")
    return found


def articles_of(golds: Iterable[GoldQuestion], folder: Path) -> dict[str, Article]:
    """Read the articles of some questions. One that can't be read is left out, which makes citations of it false."""
    found = {}
    for name in {gold.article for gold in golds}:
        with suppress(UnreadableArticle):
            found[name] = read_article(folder / name)
    return found


def timings_by_name(marked: Sequence[Marked]) -> dict[str, Spread]:
    """Sum up how long the answers took, in seconds."""
    given: list[Timings] = [m.answer.timings for m in marked if m.answer is not None]
    spreads = {name: spread(s for t in given if (s := getattr(t, key)) is not None) for name, key in TIMINGS.items()}
    return {name: found for name, found in spreads.items() if found is not None}


def record(marked: Sequence[Marked], problems: Sequence[str]) -> Mapping[str, object]:
    """Give the figures as a JSON object."""
    return {
        "questions": len(marked),
        "figures": {name: asdict(figure) for name, figure in figures(marked).items()},
        "right_by_kind": {kind: {"right": right, "n": n} for kind, (right, n) in right_by_kind(marked).items()},
        "seconds": {name: asdict(found) for name, found in timings_by_name(marked).items()},
        "false_citations": list(problems),
        "wrong": [m.gold.id for m in marked if not m.right],
    }


def report(marked: Sequence[Marked], problems: Sequence[str]) -> str:
    """Write the figures as text."""
    cited = sum(len(m.answer.citations) for m in marked if m.answer is not None)
    missing = sum(m.answer is None for m in marked)
    return "\n".join(
        [
            *(f"{name:12} {_share(figure)}  {FIGURES[name]}" for name, figure in figures(marked).items()),
            "",
            *(f"{kind:12} {right:3} of {n:<3} right" for kind, (right, n) in right_by_kind(marked).items()),
            "",
            *(
                f"{name:12} {found.median:6.2f} s, 95th percentile {found.p95:.2f} s"
                for name, found in timings_by_name(marked).items()
            ),
            "",
            f"{cited} citations, {len(problems) or 'none'} of them false",
            *problems,
            *([f"{missing} questions were not answered at all"] if missing else []),
        ]
    )


def miss(marked: Marked) -> str:
    """Write what was wanted of a question and what came."""
    gold, answer = marked.gold, marked.answer
    wanted = f"{gold.answer} {sorted(gold.paragraphs)}" if gold.answerable else "to be declined"
    if answer is None:
        came = "nothing"
    else:
        cited = list(dict.fromkeys(citation.paragraph for citation in answer.citations))
        came = f"{'(declined) ' if answer.abstained else ''}{answer.answer} {cited}"
    return f"{gold.id} ({gold.kind}) {gold.question}\n  wanted: {wanted}\n  came:   {came}"


def _share(figure: Figure) -> str:
    return f"{'     -' if figure.value is None else f'{figure.value:6.3f}'} of {figure.n:<3}"
