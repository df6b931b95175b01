from models.answer import Evidence
from rag.passages import Passage
from rag.reranker import rerank

PASSAGES = [
    Passage(article_id="a", number=1, text="The bridge will close in May, says the harbour."),
    Passage(article_id="a", number=2, text="Ode spoke of rust for an hour.", names=("Mara Ode",)),
    Passage(
        article_id="a",
        number=3,
        text='"Nobody listened," she added.',
        names=("Mara Ode",),
        speakers=("Mara Ode",),
        unnamed_speakers=("Mara Ode",),
    ),
    Passage(article_id="a", number=4, text="The fish market is open on Sundays."),
]


def order(question: str, *scores: float) -> list[int]:
    found = [Evidence(article_id="a", paragraph=n, score=score) for n, score in enumerate(scores, start=1)]
    return [evidence.paragraph for evidence in rerank(question, PASSAGES, found)]


def test_without_names_the_order_of_the_retriever_stands() -> None:
    assert order("Which boats sail?", 0.2, 0.1, 0.4, 0.3) == [3, 4, 1, 2]


def test_a_paragraph_in_which_the_person_asked_about_speaks_as_she_comes_first() -> None:
    assert order("What did Ode say?", 0.5, 0.5, 0.4, 0.5)[0] == 3


def test_naming_somebody_is_not_quoting_them() -> None:
    assert order("Where was Ode born?", 0.5, 0.5, 0.4, 0.5)[0] == 2


def test_who_said_something_is_looked_for_where_somebody_speaks() -> None:
    assert order("Who complained that nobody listens?", 0.5, 0.45, 0.45, 0.5)[0] == 3


def test_every_paragraph_is_ranked_with_a_score_from_0_to_1() -> None:
    ranked = rerank("What did Ode say of rust?", PASSAGES, [Evidence(article_id="a", paragraph=3, score=1.0)])
    assert sorted(evidence.paragraph for evidence in ranked) == [1, 2, 3, 4]
    assert all(0 <= evidence.score <= 1 for evidence in ranked)


def test_links_to_other_articles_are_no_evidence() -> None:
    link = Passage(article_id="a", number=5, text="More:Which boats sail on Sundays")
    found = [Evidence(article_id="a", paragraph=5, score=1.0), Evidence(article_id="a", paragraph=4, score=0.2)]
    assert [evidence.paragraph for evidence in rerank("Which boats sail?", [*PASSAGES, link], found)] == [4, 1, 2, 3]
