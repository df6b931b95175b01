"""``python -m benchmarks answer_probe``: fits the probe that reads off the model that an answer is right.

Each question of some sets is answered by the real pipeline, and the model is asked whether that is right by what it
cites; its hidden states are kept, and a ridge-penalised logistic regression is fitted to them. Fitted to are right
answers on one side and, on the other, whatever was answered where the article has no answer. An answer that is wrong
though there is one counts for neither: it would teach the probe to doubt what is merely put in other words. Prints how
well it does on articles that it was not fitted to; with ``--write``, puts it into ``rag/probes``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click
import numpy as np
from pydantic import BaseModel

from benchmarks.fitted_sets import more_sets
from benchmarks.logistic import Matrix, auc, balanced_logistic
from benchmarks.probe import DECIMALS, FOLDS
from benchmarks.question_sets import OWN, QuestionSet, read_lines
from benchmarks.scoring import holds_keys
from benchmarks.workbench import Silent, Workbench, workbench
from rag.answering import written
from rag.listener import Stopwatch
from rag.probe import Probe, Tells
from rag.prompt import cited_text

PENALTY: Final = 50.0
"""Strength of the ridge on a standardised state: it has more numbers than there are answers."""


class Checked(BaseModel):
    """An answer, whether it was right, and what the model had in mind when it was asked that."""

    id: str
    article: str
    answerable: bool
    right: bool
    state: list[float]


@click.command()
@more_sets
@click.option("--answers", "file", type=click.Path(path_type=Path), help="Keep the states here, and go on there.")
@click.option("--write", is_flag=True, help="Put the probe where newsreader finds it.")
def answer_probe(sets: tuple[tuple[Path, Path], ...], file: Path | None, write: bool) -> None:
    """Fit the probe of right answers to the model that answers."""
    answers = read_lines(file, Checked) if file and file.exists() else []
    with workbench() as bench:
        for answer in checked(bench, [*OWN, *(QuestionSet(*s) for s in sets)], {answer.id for answer in answers}):
            answers.append(answer)
            if file:
                with file.open("a", encoding="utf-8") as stream:
                    stream.write(answer.model_dump_json() + "\n")
        model = bench.answerer.name
    report(answers)
    if write:
        fit(answers).save(model, Tells.RIGHT)


def checked(bench: Workbench, sets: Sequence[QuestionSet], done: set[str]) -> Iterator[Checked]:
    """Answer each question that is not done, and have the model check it; what nothing came of is left out."""
    for question_set in sets:
        for gold in sorted(question_set.load(), key=lambda g: g.article):
            if gold.id in done:
                continue
            article, question = bench.ask(question_set, gold)
            settled = bench.drafter.draft(question, Silent(), Stopwatch()).settled
            if not settled.cited:
                continue
            answer = written(settled)
            cited = cited_text([(article, passage) for passage in settled.cited])
            state = bench.answerer.judge(gold.question, cited, answer).state
            yield Checked(
                id=gold.id,
                article=gold.article,
                answerable=gold.answerable,
                right=gold.answerable and holds_keys(answer, gold.keys),
                state=[round(float(value), DECIMALS) for value in state],
            )


def fit(answers: Sequence[Checked]) -> Probe:
    """Fit a probe to some answers."""
    telling = [answer for answer in answers if answer.right or not answer.answerable]
    states = np.array([answer.state for answer in telling])
    bias, weights = balanced_logistic(states, np.array([a.right for a in telling], dtype=float), PENALTY)
    return Probe(bias, weights.astype(np.float32))


def report(answers: Sequence[Checked]) -> None:
    """Print how well probes tell on articles that they were not fitted to."""
    unseen = cross_validated(answers)
    answerable = np.array([answer.answerable for answer in answers], dtype=float)
    right = np.array([answer.right for answer in answers], dtype=float)
    there = answerable == 1
    click.echo(f"{len(answers)} answers, {int(right.sum())} of them right, {int((~there).sum())} where there is none")
    click.echo(f"AUC, whether there is an answer        {auc(unseen, answerable):.3f}")
    click.echo(f"AUC, whether it is right where there is {auc(unseen[there], right[there]):.3f}")


def cross_validated(answers: Sequence[Checked]) -> Matrix:
    """Give the log-odds of each answer by a probe that was not fitted to its article."""
    articles = sorted({answer.article for answer in answers})
    fold_of = dict(zip(articles, np.random.default_rng(0).permutation(len(articles)) % FOLDS, strict=True))
    odds = np.zeros(len(answers))
    for fold in range(FOLDS):
        held_out = [i for i, answer in enumerate(answers) if fold_of[answer.article] == fold]
        fitted = fit([answer for answer in answers if fold_of[answer.article] != fold])
        odds[held_out] = [fitted.read(np.array(answers[i].state, dtype=np.float32)) for i in held_out]
    return odds
