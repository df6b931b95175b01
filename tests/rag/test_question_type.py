import pytest

from rag.question_type import Asks, asked_speaker, asks, may_have_two_parts, of_speech


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many bearings are needed?", Asks.NUMBER),
        ("What share of the traffic uses it?", Asks.NUMBER),
        ("When did the bridge open?", Asks.TIME),
        ("Which year was it built in, according to the mayor?", Asks.TIME),
        ("Who opened the bridge?", Asks.PERSON),
        ("Who warned of rust?", Asks.SPEAKER),
        ("Which minister said the bridge was safe?", Asks.SPEAKER),
        ("What did the mayor say?", Asks.ANYTHING),
        ("Whom did the mayor praise?", Asks.PERSON),
        ("Which party did the mayor say would win?", Asks.ANYTHING),
        ("Who said that nobody did anything?", Asks.SPEAKER),
        ("Who found that the rust was old?", Asks.SPEAKER),
        ("Who made clear that the bridge would close?", Asks.SPEAKER),
        ("Who told the council about the rust?", Asks.SPEAKER),
        ("Who likened the bridge to a sieve?", Asks.SPEAKER),
        ("Which engineer saw the rust as a warning?", Asks.SPEAKER),
        ("According to whom is the bridge safe?", Asks.SPEAKER),
        ("Who was the driver that crossed it?", Asks.PERSON),
        ("Who found that car?", Asks.PERSON),
        ("Who saw the thief as he fled?", Asks.PERSON),
        ("Which city saw as many as 40 storms?", Asks.ANYTHING),
        ("According to WHO, how many people died?", Asks.NUMBER),
        ("According to wholesale prices, how much does it cost?", Asks.NUMBER),
        ("Who was it that said the bridge was safe?", Asks.SPEAKER),
        ("Who's saying that the bridge is safe?", Asks.SPEAKER),
        ("WHO SAID THE BRIDGE IS UNSAFE?", Asks.SPEAKER),
        ("Who Said The Bridge Is Unsafe?", Asks.SPEAKER),
        ("Who found the rust?", Asks.PERSON),
        ("Which state has closed the bridge?", Asks.ANYTHING),
        ("Which town faces criticism over the bridge?", Asks.ANYTHING),
    ],
)
def test_what_is_asked_for(question: str, expected: Asks) -> None:
    assert asks(question) is expected


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("What did Hillary Clinton say about the rent?", {"hillari", "clinton"}),
        ("How did Ode respond to Lind?", {"ode"}),
        ("What does Ode think that Lind said?", {"ode"}),
        ("Who said that Ode resigned?", set()),
        ("When did the bridge close?", set()),
    ],
)
def test_whose_words_a_question_asks_for(question: str, whose: set[str]) -> None:
    assert asked_speaker(question) == whose


@pytest.mark.parametrize(
    ("question", "speaks"),
    [
        ("What did the mayor claim?", True),
        ("What does she report?", True),
        ("What was the mayor's claim?", False),
        ("What did Ohio State win?", False),
        ("How did the order come about?", False),
    ],
)
def test_a_noun_that_looks_like_a_verb_of_saying_is_none(question: str, speaks: bool) -> None:
    assert of_speech(question) is speaks


def test_two_things_may_be_asked_for() -> None:
    assert may_have_two_parts("When did it close, and who closed it?")
    assert may_have_two_parts("What did Ode and Lind each say?")
    assert not may_have_two_parts("When did Anderson close the sandy bridge?")
    assert not may_have_two_parts("Who leads Trinidad and Tobago?")
