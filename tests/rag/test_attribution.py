from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from models.answer import Evidence
from rag.attribution import Attributor
from rag.passages import Passage

PASSAGES = [
    Passage(article_id="a", number=1, text="The bridge will close in May, mayor Ode said."),
    Passage(article_id="a", number=2, text="It opened in 1931. Rust has eaten its southern bearings."),
    Passage(article_id="a", number=3, text="Unions called the closure a betrayal of the dockers.", names=("Lind",)),
    Passage(article_id="a", number=4, text="The fish market is open on Sundays."),
]


def alike(_: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
    return np.full(len(passages), 0.4, dtype=np.float32)


@pytest.fixture
def attributor() -> Attributor:
    return Attributor(PASSAGES, alike, {}, "What about it?")


def judged(scores: dict[int, float]) -> list[Evidence]:
    return [Evidence(article_id="a", paragraph=number, score=score) for number, score in scores.items()]


def numbers(attributor: Attributor, sentence: str) -> list[int]:
    return [s.passage.number for s in attributor.attribute(sentence)]


def test_a_sentence_is_given_to_the_passage_that_has_its_words(attributor: Attributor) -> None:
    assert numbers(attributor, "Rust has eaten the southern bearings.") == [2]


def test_a_sentence_that_joins_two_facts_is_given_to_both(attributor: Attributor) -> None:
    joined = "The mayor said the bridge will close in May, while unions called it a betrayal of the dockers."
    assert sorted(numbers(attributor, joined)) == [1, 3]


def test_whoever_is_quoted_by_a_pronoun_counts_as_named(attributor: Attributor) -> None:
    assert numbers(attributor, "Lind called it a betrayal.")[0] == 3


def test_meaning_decides_where_words_are_alike() -> None:
    def fourth(_: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
        return np.array([p.number == 4 for p in passages], dtype=np.float32)

    assert numbers(Attributor(PASSAGES, fourth, {}, ""), "Nothing in common here at all.") == [4]


def test_the_quote_is_the_sentence_that_supports(attributor: Attributor) -> None:
    start, end = attributor.quote_span("Rust has eaten it.", PASSAGES[1])
    assert PASSAGES[1].text[start:end] == "Rust has eaten its southern bearings."


def test_the_quote_holds_what_the_answer_adds_to_the_question() -> None:
    passage = Passage(article_id="a", number=1, text="Will the old bridge return to its colour? It was green.")
    attributor = Attributor([passage], alike, {}, "Which colour was the old bridge?")
    start, end = attributor.quote_span("The colour of the old bridge was green.", passage)
    assert passage.text[start:end] == "It was green."


def test_the_quote_holds_the_name_that_the_answer_adds_and_no_word_is_a_name_for_opening_it() -> None:
    told = Passage(
        article_id="a",
        number=1,
        text="Ida Berg won by a minute. Berg was seen at noon with a cup of coffee and a cake.",
        names=("Ida Berg",),
    )
    attributor = Attributor([told], alike, {}, "Who won the race?")
    start, end = attributor.quote_span("Ida Berg, seen at noon with coffee and cake, won the race.", told)
    assert told.text[start:end] == "Ida Berg won by a minute."
    prices = Passage(
        article_id="a",
        number=1,
        text="Prices are a worry, the bank said. They rose 4% because of a drought in the south.",
    )
    attributor = Attributor([prices], alike, {}, "Why?")
    start, end = attributor.quote_span("Prices rose 4% because of a drought in the south.", prices)
    assert prices.text[start:end] == "They rose 4% because of a drought in the south."


def test_the_quote_holds_the_number_that_the_answer_adds_however_it_is_written() -> None:
    text = "The storm tore off a roof and damaged the north wing, police said. It hurt three people on Quay Street."
    passage = Passage(article_id="a", number=1, text=text)
    attributor = Attributor([passage], alike, {}, "How many were hurt?")
    start, end = attributor.quote_span("Police said the storm damaged the north wing and injured 3.", passage)
    assert passage.text[start:end] == "It hurt three people on Quay Street."


def test_the_nearest_passage_is_one_that_was_judged_where_any_was() -> None:
    attributor = Attributor(PASSAGES, alike, {("a", 1): 0.9, ("a", 2): 0.6, ("a", 3): 0.5}, "What about it?")
    assert attributor.nearest == PASSAGES[0]
    assert attributor.judged_to_answer is None
    knowing = attributor.knowing(judged({2: 0.1, 3: 0.3}))
    assert knowing.nearest == PASSAGES[2]
    assert knowing.judged_to_answer is None
    assert attributor.knowing(judged({2: 0.8, 3: 0.3})).judged_to_answer == PASSAGES[1]


LINK = Passage(article_id="a", number=1, text="More:Rust has eaten the southern bearings of the bridge")


def test_nothing_rests_on_a_link_to_another_story() -> None:
    attributor = Attributor([LINK, *PASSAGES[1:]], alike, {("a", 1): 1.0}, "")
    assert numbers(attributor, "Rust has eaten the southern bearings of the bridge.") == [2]


def test_where_there_is_nothing_but_links_they_must_do() -> None:
    assert numbers(Attributor([LINK], alike, {}, ""), "Rust has eaten the bridge.") == [1]
