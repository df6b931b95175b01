import pytest

from rag.question_type import Asks, asked_speaker, asks


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
