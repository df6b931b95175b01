"""``python -m benchmarks calibrate``: fits the weights by which newsreader decides that an article does not say.

Each question of some sets is drafted by the real pipeline, its signals are taken, and a logistic regression is fitted
to whether the article answers it. Prints what to put into ``rag/answerability.py``, and how well it does on questions
that it was not fitted to.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click
import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from benchmarks.question_sets import OWN, QuestionSet, read_lines
from library.reader import read_article
from library.store import Store
from models.answer import AnswerSentence, Citation, Evidence
from models.question import Question
from models.settings import Settings
from rag.answerability import Signals
from rag.engines import Engines
from rag.listener import Stopwatch
from rag.messages import Step
from rag.pipeline import Pipeline
from rag.stop_flag import StopFlag

FOLDS: Final = 10
PENALTY: Final = 3.0
"""Strength of the ridge on standardised weights: a few hundred questions can't tell ten signals apart without it."""

ANSWERED: Final = 0.93
"""Share of the answerable questions that must be answered; the threshold is put where that is so."""

STEPS: Final = 50
"""Newton's method has converged long before."""

Matrix = npt.NDArray[np.float64]


class Row(BaseModel):
    """The signals of one drafted answer."""

    id: str
    answerable: bool
    signals: dict[str, float]


class Silent:
    """Hears nothing."""

    def working(self, step: Step, fraction: float | None = None) -> None:
        """Nothing."""

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        """Nothing."""

    def token(self, text: str) -> None:
        """Nothing."""

    def settled(self, sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...], written: int) -> None:
        """Nothing."""


@click.command()
@click.option(
    "--set",
    "sets",
    nargs=2,
    multiple=True,
    metavar="QUESTIONS ARTICLES",
    type=click.Path(exists=True, path_type=Path),
    help="Fit to these questions too.",
)
@click.option(
    "--rows", "rows_file", type=click.Path(path_type=Path), help="Keep the signals here, and go on from there."
)
@click.option("--fit-only", is_flag=True, help="Draft nothing; fit to the signals that are kept.")
def calibrate(sets: tuple[tuple[Path, Path], ...], rows_file: Path | None, fit_only: bool) -> None:
    """Fit the weights of the signals of rag/answerability.py."""
    rows = read_lines(rows_file, Row) if rows_file and rows_file.exists() else []
    if not fit_only:
        done = {row.id for row in rows}
        for row in drafted([*OWN, *(QuestionSet(*s) for s in sets)], done):
            rows.append(row)
            if rows_file:
                with rows_file.open("a", encoding="utf-8") as file:
                    file.write(row.model_dump_json() + "\n")
    report(rows)


def drafted(sets: Sequence[QuestionSet], done: set[str]) -> Iterator[Row]:
    """Draft an answer to each question that is not done, and give its signals."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library_dir=Path(folder))
        with Store.open(settings.library_file) as store, Engines(settings, StopFlag(), print) as engines:
            pipeline = Pipeline(engines, store)
            for question_set in sets:
                golds = sorted(question_set.load(), key=lambda g: g.article)
                for gold in (g for g in golds if g.id not in done):
                    article = read_article(question_set.articles / gold.article)
                    store.add(article)
                    draft = pipeline.draft(Question(text=gold.question, article_id=article.id), Silent(), Stopwatch())
                    yield Row(id=gold.id, answerable=gold.answerable, signals=asdict(draft.signals))


def report(rows: Sequence[Row]) -> None:
    """Print the fitted weights and threshold, and how well others, fitted in the same way, do on unseen questions."""
    names = list(Signals.__annotations__)
    x = np.array([[row.signals[name] for name in names] for row in rows])
    y = np.array([not row.answerable for row in rows], dtype=float)
    unseen = cross_validated(x, y)
    threshold = float(np.quantile(unseen[y == 0], ANSWERED))
    intercept, weights = fit(x, y)
    click.echo(f"{len(rows)} questions, {int(y.sum())} of them without an answer in their article\n")
    click.echo(f"AUC on unseen questions        {auc(unseen, y):.3f}")
    click.echo(f"declined at {ANSWERED:.0%} answered       {(unseen[y == 1] > threshold).mean():.3f}\n")
    click.echo(f"MOST_DOUBT: Final = {threshold:.2f}\nINTERCEPT: Final = {intercept:.3f}\nWEIGHTS: Final = ", nl=False)
    click.echo(json.dumps({name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}, indent=4))
    for i, name in enumerate(names):
        click.echo(f"{name:20} alone: AUC {auc(x[:, i], y):.3f}")


def fit(x: Matrix, y: Matrix) -> tuple[float, Matrix]:
    """Fit a ridge-penalised logistic regression, both classes weighing the same; give intercept and weights."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(x)), (x - mean) / scale])
    balance = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    ridge = np.diag([0.0, *[PENALTY] * x.shape[1]])
    beta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (balance * (y - p)) - ridge @ beta
        hessian = (design.T * (balance * p * (1 - p))) @ design + ridge
        beta += np.linalg.solve(hessian, gradient)
    weights: Matrix = beta[1:] / scale
    return float(beta[0] - weights @ mean), weights


def cross_validated(x: Matrix, y: Matrix) -> Matrix:
    """Give each question's probability of having no answer, by a fit to the other folds."""
    folds = np.random.default_rng(0).permutation(len(x)) % FOLDS
    p = np.zeros(len(x))
    for fold in range(FOLDS):
        intercept, weights = fit(x[folds != fold], y[folds != fold])
        p[folds == fold] = 1 / (1 + np.exp(-(intercept + x[folds == fold] @ weights)))
    return p


def auc(score: Matrix, y: Matrix) -> float:
    """Give the chance that a question without an answer scores higher than one with (ties count half)."""
    above = score[y == 1][:, None] - score[y == 0][None, :]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())
