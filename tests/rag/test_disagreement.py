"""Reports that differ: when it is said, and when not."""

from collections.abc import Sequence
from datetime import date

import pytest

from models.answer import AnswerSentence, Citation
from models.article import Article
from rag.answering import Settled
from rag.disagreement import differing
from rag.passages import Passage, passages_of
from rag.reports import REPORTS_DIFFER, compared

KILLED = "How many people were killed in Lund?"
OPENS = "When will the bridge open?"


def report(day: int, *texts: str, headline: str = "Storm hits Lund") -> Article:
    return Article.build(headline, list(texts), published=date(2024, 3, day), origin=f"{day}.txt")


def passages(*articles: Article) -> list[Passage]:
    return [passage for article in articles for passage in passages_of(article, ())]


def differ(question: str, one: Article, *others: Article) -> bool:
    articles = {article.id: article for article in (one, *others)}
    return differing(question, passages(one), passages(one, *others), articles) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The storm killed 12 people, who were all killed at home.", "15 people were killed."),
        ("Twelve people were killed.", "Some 15 people were killed, police said."),
        ("At least 20 people were killed.", "Police said 15 people were killed."),
        ("Up to 10 people were killed.", "15 people had been killed."),
        ("1.4 million people were killed.", "1.6 million people were killed."),
        ("12,000 people were killed.", "13,000 people were killed."),
    ],
)
def test_numbers_that_can_not_both_be_true_differ(one: str, other: str) -> None:
    assert differ(KILLED, report(1, one), report(2, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 people were killed.", "Twelve people were killed."),
        ("At least 12 people were killed.", "15 people were killed."),
        ("More than a dozen, at least 12 people, were killed.", "Over 14 people were killed."),
        ("Nearly 15 people were killed.", "14 people were killed."),
        ("1.4 million people were killed.", "1,380,000 people were killed."),
        ("12,000 people were killed.", "12,345 people were killed."),
        ("12 people were killed.", "15 people were injured."),  # something else
        ("12 people were killed.", "15 houses fell; people were killed."),
        ("12 people were killed.", "12 of the 30 people were killed."),
        ("12 people were killed.", "On Monday 15 people were killed, and 3 people on Tuesday."),  # which of them?
        ("12 people were killed.", "15% of people were killed."),
        ("12 people were killed.", "In 2014 people were killed."),
        ("12 people were killed.", "People were killed."),
        ("Nobody knows how many people were killed.", "15 people were killed."),
    ],
)
def test_numbers_that_can_both_be_true_or_mean_something_else_do_not(one: str, other: str) -> None:
    assert not differ(KILLED, report(1, one), report(2, other))
    assert not differ(KILLED, report(1, other), report(2, one))


def test_what_is_said_of_another_place_is_no_contradiction() -> None:
    one = report(1, "12 people were killed.")
    elsewhere = report(2, "15 people were killed.", headline="Storm hits Malmo")
    assert not differ(KILLED, one, elsewhere)
    assert differ(KILLED, one, report(2, "15 people were killed in Lund.", headline="Storm"))


def test_one_article_does_not_differ_from_itself() -> None:
    assert not differ(KILLED, report(1, "12 people were killed.", "15 people were killed."))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The bridge will open on 5 March.", "The bridge is to open on March 7.", True),
        ("The bridge will open on 5 March.", "The bridge is to open on March 5, 2024.", False),
        ("The bridge will open on 5 March.", "The bridge is to open on Sept. 5.", True),
        ("The bridge will open on 5 March.", "The school will open on 7 March.", False),
        ("The bridge will open on 5 March.", "The bridge will open between 5 March and 7 March.", False),
        ("The bridge will open on 5 March.", "The bridge will open on Monday.", False),
        ("The bridge will open in March 2024.", "The bridge will open on 7 March.", False),
    ],
)
def test_days_differ_where_both_are_told(one: str, other: str, expected: bool) -> None:
    assert differ(OPENS, report(1, one), report(2, other)) == expected


@pytest.mark.parametrize("question", ["Who was killed in Lund?", "Why were people killed?", "Were 12 people killed?"])
def test_nothing_is_compared_where_no_number_or_day_is_asked_for(question: str) -> None:
    assert not differ(question, report(1, "12 people were killed."), report(2, "15 people were killed."))


# --- what an answer says of it ---


def settled(*sentences: tuple[str, Article], verbatim: bool = False) -> Settled:
    citations = []
    for _, article in sentences:
        text = article.text(1)
        citations.append(Citation(article_id=article.id, paragraph=1, quote=text, start=0, end=len(text)))
    said = tuple(AnswerSentence(text=text, citations=(n,), verbatim=verbatim) for n, (text, _) in enumerate(sentences))
    return Settled(said, tuple(citations), tuple(passages(*(article for _, article in sentences))))


def said(question: str, answer: Settled, articles: Sequence[Article]) -> str:
    known = {article.id: article for article in articles}
    return " ".join(s.said for s in compared(question, answer, passages(*articles), known).sentences)


def test_both_reports_are_quoted_with_their_days_the_older_first() -> None:
    old, new = report(1, "12 people were killed."), report(3, "Now 15 people were killed.")
    answer = settled(("15 people were killed in Lund.", new))
    assert said(KILLED, answer, [old, new]) == (
        f"15 people were killed in Lund. {REPORTS_DIFFER} “12 people were killed.” (1 March 2024) "
        "“Now 15 people were killed.” (3 March 2024)"
    )
    result = compared(KILLED, answer, passages(old, new), {old.id: old, new.id: new})
    assert [citation.article_id for citation in result.citations] == [new.id, old.id]
    for citation in result.citations:
        text = {old.id: old, new.id: new}[citation.article_id].text(citation.paragraph)
        assert text[citation.start : citation.end] == citation.quote


def test_what_rests_on_an_older_report_than_the_newest_is_dated() -> None:
    old, new = report(1, "The mayor objected."), report(3, "The board agreed.")
    answer = settled(("The mayor objected.", old), ("The board agreed.", new))
    assert said("What happened?", answer, [old, new]) == "The mayor objected (1 March 2024). The board agreed."


def test_a_quote_is_dated_behind_its_marks() -> None:
    old, new = report(1, "The mayor objected."), report(3, "The board agreed.")
    answer = settled(("The mayor objected.", old), ("The board agreed.", new), verbatim=True)
    assert said("What happened?", answer, [old, new]) == "“The mayor objected.” (1 March 2024) “The board agreed.”"


def test_nothing_is_dated_where_all_is_from_one_day_or_from_none() -> None:
    old, undated = report(1, "The mayor objected."), Article.build("Board", ["The board agreed."], origin="b.txt")
    answer = settled(("The mayor objected.", old), ("The board agreed.", undated))
    assert said("What happened?", answer, [old, undated]) == "The mayor objected. The board agreed."
