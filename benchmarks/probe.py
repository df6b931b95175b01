"""``python -m benchmarks probe``: fits the probe by which newsreader reads off its model whether a text answers.

Of each question of some sets, the model is asked whether the gold paragraphs answer it, and whether the best others
do; its hidden states are kept, and a ridge-penalised logistic regression is fitted to what is gold. Prints how well it
does on articles that it was not fitted to, beside what the model says; with ``--write``, puts it into ``rag/probes``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click
import numpy as np
from pydantic import BaseModel

from benchmarks.fitted_sets import more_sets
from benchmarks.logistic import Matrix, auc, balanced_logistic
from benchmarks.question_sets import OWN, GoldQuestion, Kind, QuestionSet, read_lines
from benchmarks.workbench import Workbench, workbench
from models.article import Article
from rag.probe import Judgement, Probe, Tells
from rag.prompt import cited_text

PENALTY: Final = 200.0
"""Strength of the ridge on a standardised state: it has more numbers than there are pairs."""

FOLDS: Final = 8

DECIMALS: Final = 4
"""Of a state that is kept: enough to fit to."""


class Pair(BaseModel):
    """A question and a text, what the model makes of them, and whether the text answers the question."""

    id: str
    article: str
    paragraphs: tuple[int, ...]
    answers: bool
    yes: float
    state: list[float]


@click.command()
@more_sets
@click.option("--pairs", "pairs_file", type=click.Path(path_type=Path), help="Keep the states here, and go on there.")
@click.option("--write", is_flag=True, help="Put the probe where newsreader finds it.")
def probe(sets: tuple[tuple[Path, Path], ...], pairs_file: Path | None, write: bool) -> None:
    """Fit the probe of rag/probe.py to the model that answers."""
    pairs = read_lines(pairs_file, Pair) if pairs_file and pairs_file.exists() else []
    with workbench() as bench:
        for of_one in judged(bench, [*OWN, *(QuestionSet(*s) for s in sets)], {pair.id for pair in pairs}):
            pairs += of_one
            if pairs_file:
                with pairs_file.open("a", encoding="utf-8") as file:
                    file.write("".join(pair.model_dump_json() + "\n" for pair in of_one))
        model = bench.answerer.name
    report(pairs)
    if write:
        fit(pairs).save(model, Tells.ANSWERS)


def judged(bench: Workbench, sets: Sequence[QuestionSet], done: set[str]) -> Iterator[list[Pair]]:
    """Have the model judge the pairs of each question that is not done; those of one come together."""
    for question_set in sets:
        for gold in sorted(question_set.load(), key=lambda g: g.article):
            if gold.id in done:
                continue
            article, question = bench.ask(question_set, gold)
            ranked = [found.paragraph for found in bench.evidence(question)]
            yield [_judged(bench, gold, article, *pair) for pair in pairs_of(gold, ranked)]


def _judged(bench: Workbench, gold: GoldQuestion, article: Article, paragraphs: tuple[int, ...], answers: bool) -> Pair:
    passages = bench.articles.passages(article)
    text = cited_text([(article, passages[n - 1]) for n in paragraphs])
    judgement: Judgement = bench.answerer.judge(gold.question, text)
    return Pair(
        id=gold.id,
        article=gold.article,
        paragraphs=paragraphs,
        answers=answers,
        yes=judgement.yes,
        state=[round(float(value), DECIMALS) for value in judgement.state],
    )


def pairs_of(gold: GoldQuestion, ranked: Sequence[int]) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Give the paragraphs to judge: the gold ones, and the best others; two where there are no gold ones."""
    if gold.answerable:
        best = next(n for n in ranked if n in gold.paragraphs)
        yield (tuple(sorted(gold.paragraphs)) if gold.kind is Kind.MULTI else (best,)), True
    others = [n for n in ranked if n not in gold.paragraphs | gold.support]
    for number in others[: 1 if gold.answerable else 2]:
        yield (number,), False


def fit(pairs: Sequence[Pair]) -> Probe:
    """Fit a probe to some pairs."""
    states = np.array([pair.state for pair in pairs])
    bias, weights = balanced_logistic(states, np.array([pair.answers for pair in pairs], dtype=float), PENALTY)
    return Probe(bias, weights.astype(np.float32))


def report(pairs: Sequence[Pair]) -> None:
    """Print how well probes tell answers on articles that they were not fitted to."""
    articles = sorted({pair.article for pair in pairs})
    fold_of = dict(zip(articles, np.random.default_rng(0).permutation(len(articles)) % FOLDS, strict=True))
    unseen = np.zeros(len(pairs))
    for fold in range(FOLDS):
        held_out = [i for i, pair in enumerate(pairs) if fold_of[pair.article] == fold]
        fitted = fit([pair for pair in pairs if fold_of[pair.article] != fold])
        unseen[held_out] = [fitted.read(np.array(pairs[i].state, dtype=np.float32)) for i in held_out]
    answers = np.array([pair.answers for pair in pairs], dtype=float)
    yes: Matrix = np.array([pair.yes for pair in pairs])
    bias, weights = balanced_logistic(yes[:, None], answers, 0.0)
    click.echo(f"{len(pairs)} pairs, in {int(answers.sum())} of which the text answers the question")
    click.echo(f"AUC of the probe, articles unseen  {auc(unseen, answers):.3f}")
    click.echo(f"AUC of Yes and No                  {auc(yes, answers):.3f}")
    click.echo(f"YES_WEIGHT: Final = {weights[0]:.2f}\nYES_BIAS: Final = {bias:.2f}")
