"""The project's own questions must be sound, or what is measured with them is not."""

import re
from pathlib import Path

import pytest

from benchmarks.question_sets import OWN, GoldQuestion, read_lines
from benchmarks.scoring import holds_keys
from library.reader import read_article
from models.article import Article

LOADED = [(question_set.articles, gold) for question_set in OWN for gold in question_set.load()]


@pytest.fixture(params=LOADED, ids=lambda loaded: loaded[1].id)
def question(request: pytest.FixtureRequest) -> tuple[GoldQuestion, Article]:
    folder, gold = request.param
    return gold, read_article(folder / gold.article)


def test_a_question_fits_its_article(question: tuple[GoldQuestion, Article]) -> None:
    gold, article = question
    assert gold.paragraphs | gold.support <= {paragraph.number for paragraph in article.paragraphs}
    if not gold.answerable:
        assert (gold.answer, gold.keys, gold.paragraphs, gold.support) == ("", (), frozenset(), frozenset())
        return
    assert gold.paragraphs
    assert gold.keys
    assert holds_keys(gold.answer, gold.keys)
    said = " ".join(article.text(number) for number in gold.paragraphs | gold.support)
    assert holds_keys(said, gold.keys)
    assert not any(holds_keys(gold.question, [group]) for group in gold.keys), "repeating the question would do"


def test_no_question_stands_twice() -> None:
    golds = [gold for _, gold in LOADED]
    assert len({gold.id for gold in golds}) == len(golds)
    assert len({gold.question for gold in golds}) == len(golds)


def test_about_a_quarter_is_unanswerable() -> None:
    share = sum(not gold.answerable for _, gold in LOADED) / len(LOADED)
    assert 0.2 < share < 0.3


def test_all_articles_are_asked_about_and_read_without_a_notice() -> None:
    for question_set in OWN:
        asked = {gold.article for gold in question_set.load()}
        assert asked == {file.name for file in question_set.articles.glob("*.txt")}
        for name in asked:
            article = read_article(question_set.articles / name)
            assert article.notices == ()
            assert article.published is not None
            assert not re.search(r"\s{2}", " ".join(p.text for p in article.paragraphs))


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    good = '{"id": "a", "article": "a.txt", "kind": "fact", "question": "When?"}'
    file.write_text(f"{good}\n\n{good[:-1]}\n")
    with pytest.raises(ValueError, match=r"questions\.jsonl, line 3"):
        read_lines(file, GoldQuestion)
