"""Groups articles by the event that they report: those alike in meaning that name the same people and places.

Average-link agglomerative clustering: an article joins a story if it is like all of its reports taken together. So a
round-up of the week, which is like one report of each, pulls no two stories together.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from models.article import Article
from rag.embedder import Vectors
from rag.gates import names_in
from rag.leads import LEAD, telling
from rag.words import stem

NAMED_IN: Final = 6
"""Paragraphs in which whoever matters has been named."""

MEANING_WEIGHT: Final = 0.7
NAMES_WEIGHT: Final = 0.3
DAY_APART: Final = 0.02
"""How likeness in meaning and shared names count, and what each day between two reports takes from it."""

ALIKE: Final = 0.5
"""Likeness from which on reports are of one event. Read off two weeks of news: above it, pairs are of one event with
few exceptions; below 0.45, hardly any is."""

Likeness = npt.NDArray[np.float64]


def grouped(
    articles: Sequence[Article], embed: Callable[[Sequence[str]], Vectors], furniture: Collection[str] = ()
) -> list[list[Article]]:
    """Give the articles of each event, the most central first; the order of the events means nothing.

    ``furniture`` are paragraphs that say nothing of an event.
    """
    if not articles:
        return []
    openings = [_opening(article, furniture) for article in articles]
    likeness = _likeness(articles, openings, embed)
    return [
        [articles[i] for i in sorted(group, key=lambda i: (-likeness[i, group].mean(), i))]
        for group in _clusters(likeness)
    ]


def _likeness(
    articles: Sequence[Article], openings: Sequence[Sequence[str]], embed: Callable[[Sequence[str]], Vectors]
) -> Likeness:
    """Give how alike each two articles are; shape (articles, articles)."""
    vectors = embed([" ".join(opening[: 1 + LEAD]) for opening in openings])
    meaning = np.asarray(vectors @ vectors.T, dtype=np.float64)
    days = np.array([article.published.toordinal() if article.published else np.nan for article in articles])
    apart = np.nan_to_num(np.abs(days[:, None] - days[None, :]))
    alike: Likeness = MEANING_WEIGHT * meaning + NAMES_WEIGHT * _shared_names(openings) - DAY_APART * apart
    return alike


def _shared_names(openings: Sequence[Sequence[str]]) -> Likeness:
    """Give the share of names, by rarity, that each two articles have in common, of those of the one with fewer."""
    names = [frozenset(stem(name) for text in opening for name in names_in(text)) for opening in openings]
    count = len(openings)
    held = Counter(name for of_one in names for name in of_one)
    rarity = {name: math.log(1 + (count - n + 0.5) / (n + 0.5)) for name, n in held.items()}
    columns = {name: i for i, name in enumerate(held)}
    weights = np.zeros((count, len(columns)))
    for row, of_one in enumerate(names):
        for name in of_one:
            weights[row, columns[name]] = math.sqrt(rarity[name])
    common = weights @ weights.T
    own = common.diagonal()
    return np.asarray(common / np.maximum(np.minimum(own[:, None], own[None, :]), 1e-9))


def _opening(article: Article, furniture: Collection[str]) -> list[str]:
    """Give the headline and the first paragraphs that tell something."""
    return [article.headline, *(paragraph.text for paragraph in telling(article, furniture)[:NAMED_IN])]


def _clusters(likeness: Likeness) -> list[list[int]]:
    """Join the two groups that are most alike on average, again and again, as long as they are alike enough."""
    groups = [[i] for i in range(len(likeness))]
    between = likeness.copy()
    np.fill_diagonal(between, -np.inf)
    while len(groups) > 1:
        a, b = sorted(map(int, np.unravel_index(between.argmax(), between.shape)))
        if between[a, b] < ALIKE:
            break
        joined = (len(groups[a]) * between[a] + len(groups[b]) * between[b]) / (len(groups[a]) + len(groups[b]))
        between[a], between[:, a] = joined, joined
        between[a, a] = -np.inf
        between = np.delete(np.delete(between, b, axis=0), b, axis=1)
        groups[a] += groups.pop(b)
    return groups
