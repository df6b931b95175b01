"""``python -m benchmarks calibrate``: fits the weights by which newsreader decides that an article does not say.

Each question of some sets is drafted by the real pipeline, its signals are taken, and a logistic regression is fitted
to whether the article answers it. Prints what to put into ``rag/answerability.py``, and how well it does on questions
that it was not fitted to.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Final

import click
import numpy as np
from pydantic import BaseModel

from benchmarks.answer_probe import Checked
from benchmarks.answer_probe import fit as fit_answer_probe
from benchmarks.fitted_sets import more_sets
from benchmarks.logistic import Matrix, auc, balanced_logistic
from benchmarks.probe import Pair
from benchmarks.probe import fit as fit_probe
from benchmarks.question_sets import OWN, QuestionSet, read_lines
from benchmarks.workbench import Silent, workbench
from rag.answerability import Signals
from rag.listener import Stopwatch

FOLDS: Final = 10
PENALTY: Final = 10.0
"""Strength of the ridge on standardised weights: a few hundred questions can't tell seven signals apart without it."""

ANSWERED: Final = 0.97
"""Share of the answerable questions that must be answered; the threshold is put where that is so."""


class Row(BaseModel):
    """The signals of one drafted answer."""

    id: str
    answerable: bool
    signals: dict[str, float]


@click.command()
@more_sets
@click.option(
    "--pairs",
    "pairs_file",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="What python -m benchmarks probe has kept of the same questions.",
)
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="What python -m benchmarks answer_probe has kept of them.",
)
@click.option(
    "--rows", "rows_file", type=click.Path(path_type=Path), help="Keep the signals here, and go on from there."
)
@click.option("--fit-only", is_flag=True, help="Draft nothing; fit to the signals that are kept.")
def calibrate(
    sets: tuple[tuple[Path, Path], ...], pairs_file: Path, answers_file: Path, rows_file: Path | None, fit_only: bool
) -> None:
    """Fit the weights of the signals of rag/answerability.py."""
    rows = read_lines(rows_file, Row) if rows_file and rows_file.exists() else []
    if not fit_only:
        done = {row.id for row in rows}
        pairs, answers = read_lines(pairs_file, Pair), read_lines(answers_file, Checked)
        for row in drafted([*OWN, *(QuestionSet(*s) for s in sets)], pairs, answers, done):
            rows.append(row)
            if rows_file:
                with rows_file.open("a", encoding="utf-8") as file:
                    file.write(row.model_dump_json() + "\n")
    report(rows)


def drafted(
    sets: Sequence[QuestionSet], pairs: Sequence[Pair], answers: Sequence[Checked], done: set[str]
) -> Iterator[Row]:
    """Draft an answer to each question that is not done, and give its signals.

    The probes are such as were fitted to other articles: what the model agrees to would else look clearer than it is.
    """
    with workbench() as bench:
        for question_set in sets:
            golds = sorted(question_set.load(), key=lambda g: g.article)
            for name, of_article in groupby((g for g in golds if g.id not in done), key=lambda g: g.article):
                bench.answerer.probe = fit_probe([pair for pair in pairs if pair.article != name])
                bench.answerer.answer_probe = fit_answer_probe([a for a in answers if a.article != name])
                for gold in of_article:
                    _, question = bench.ask(question_set, gold)
                    draft = bench.drafter.draft(question, Silent(), Stopwatch())
                    yield Row(id=gold.id, answerable=gold.answerable, signals=asdict(draft.signals))


def report(rows: Sequence[Row]) -> None:
    """Print the fitted weights and threshold, and how well others, fitted in the same way, do on unseen questions."""
    names = list(Signals.__annotations__)
    x = np.array([[row.signals[name] for name in names] for row in rows])
    y = np.array([not row.answerable for row in rows], dtype=float)
    unseen = cross_validated(x, y)
    threshold = float(np.quantile(unseen[y == 0], ANSWERED))
    intercept, weights = balanced_logistic(x, y, PENALTY)
    click.echo(f"{len(rows)} questions, {int(y.sum())} of them without an answer in their article\n")
    click.echo(f"AUC on unseen questions        {auc(unseen, y):.3f}")
    click.echo(f"declined at {ANSWERED:.0%} answered       {(unseen[y == 1] > threshold).mean():.3f}\n")
    click.echo(f"MOST_DOUBT: Final = {threshold:.2f}\nINTERCEPT: Final = {intercept:.3f}\nWEIGHTS: Final = ", nl=False)
    click.echo(json.dumps({name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}, indent=4))
    for i, name in enumerate(names):
        click.echo(f"{name:20} alone: AUC {auc(x[:, i], y):.3f}")


def cross_validated(x: Matrix, y: Matrix) -> Matrix:
    """Give each question's probability of having no answer, by a fit to the other folds."""
    folds = np.random.default_rng(0).permutation(len(x)) % FOLDS
    p = np.zeros(len(x))
    for fold in range(FOLDS):
        intercept, weights = balanced_logistic(x[folds != fold], y[folds != fold], PENALTY)
        p[folds == fold] = 1 / (1 + np.exp(-(intercept + x[folds == fold] @ weights)))
    return p
