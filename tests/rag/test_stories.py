"""Articles grouped by event, with vectors that are scripted."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from models.article import Article
from rag.embedder import Vectors
from rag.stories import grouped

NOWAK_OSLO = ["Irena Nowak spoke in Oslo."]
HOLM_GENEVA = ["Ida Holm met the board in Geneva."]


def report(headline: str, texts: list[str], day: int = 1) -> Article:
    return Article.build(headline, texts, published=date(2024, 3, day), origin=f"{headline}.txt")


def stories(articles: Sequence[Article], angles: Sequence[float]) -> set[frozenset[str]]:
    """Group articles whose vectors point in some directions, in degrees: the cosine between two is their likeness."""

    def embed(texts: Sequence[str]) -> Vectors:
        assert len(texts) == len(articles)
        radians = np.radians(angles)
        return np.column_stack([np.cos(radians), np.sin(radians)]).astype(np.float32)

    return {frozenset(article.headline for article in group) for group in grouped(articles, embed)}


def test_nothing_is_no_story() -> None:
    assert grouped([], lambda _: np.empty((0, 2), dtype=np.float32)) == []


def test_reports_alike_that_name_the_same_are_one_story() -> None:
    articles = [report("a", NOWAK_OSLO), report("b", NOWAK_OSLO), report("c", HOLM_GENEVA)]
    assert stories(articles, [0, 40, 80]) == {frozenset("ab"), frozenset("c")}


def test_the_names_decide_where_meaning_does_not() -> None:
    same = [report("a", NOWAK_OSLO), report("b", NOWAK_OSLO), report("c", HOLM_GENEVA)]
    assert stories(same, [0, 50, -50]) == {frozenset("ab"), frozenset("c")}


def test_days_between_reports_part_them() -> None:
    near = [report("a", NOWAK_OSLO, 1), report("b", NOWAK_OSLO, 2), report("c", HOLM_GENEVA, 2)]
    far = [report("a", NOWAK_OSLO, 1), report("b", NOWAK_OSLO, 25), report("c", HOLM_GENEVA, 2)]
    assert stories(near, [0, 50, 180]) == {frozenset("ab"), frozenset("c")}
    assert stories(far, [0, 50, 180]) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_a_round_up_pulls_no_two_stories_together() -> None:
    both = [*NOWAK_OSLO, *HOLM_GENEVA]
    articles = [report("a", NOWAK_OSLO), report("b", NOWAK_OSLO), report("r", both), report("c", HOLM_GENEVA)]
    [with_a] = [story for story in stories(articles, [0, 5, 45, 90]) if "a" in story]
    assert "b" in with_a
    assert "c" not in with_a


def test_the_most_central_report_comes_first() -> None:
    articles = [report("a", NOWAK_OSLO), report("b", NOWAK_OSLO), report("c", NOWAK_OSLO)]
    radians = np.radians([0, 20, 40])
    vectors = np.column_stack([np.cos(radians), np.sin(radians)]).astype(np.float32)
    [story] = grouped(articles, lambda _: vectors)
    assert story[0].headline == "b"
