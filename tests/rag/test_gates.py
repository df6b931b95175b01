import pytest

from rag.gates import check, holds_quote, names_speaker
from rag.passages import Passage

BRIDGE = Passage(
    article_id="a",
    number=4,
    text='The span costs 1.4 million euros, the German engineer Anna Lind said on Friday: "It is a very old bridge."',
    names=("Anna Lind", "Germany"),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The span costs 1,400,000 euros.",
        "According to Lind, it is costly.",
        "An engineer from Germany said so.",
        'She called it "a very old bridge".',
        "On Friday, she gave the price.",
    ],
)
def test_ordinary_variants_pass(sentence: str) -> None:
    assert check(sentence, [BRIDGE], known="") == []


@pytest.mark.parametrize(
    ("sentence", "kind", "text"),
    [
        ("The span will cost 1.5 million euros.", "number", "1.5e+06"),
        ("It was said by Marta Ode.", "name", "Ode"),
        ('She called it "a brand new bridge".', "quote", "a brand new bridge"),
    ],
)
def test_what_the_passage_does_not_hold_fails(sentence: str, kind: str, text: str) -> None:
    assert (kind, text) in [(u.kind, u.text) for u in check(sentence, [BRIDGE], known="")]


def test_the_question_may_be_repeated_without_proof() -> None:
    assert check("It was Marta Ode in 1987.", [BRIDGE], known="Was it Marta Ode in 1987?") == []


def test_passages_support_together() -> None:
    other = Passage(article_id="a", number=9, text="Marta Ode disagreed.")
    assert check("It cost 1.4 million, which Marta Ode disputed.", [BRIDGE, other], known="") == []


def test_a_quote_may_lose_its_punctuation_but_not_its_words() -> None:
    assert holds_quote("We will, if we must, build it again in the spring.", "we will if we must build it again")
    assert not holds_quote("We will not build it.", "we will build it")


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("“They are being played,” said Anna Lind.", True),
        ("He Lifeng feels played by Lind.", True),
        ("He feels that Lind is being played.", False),
        ("They say that Lind is being played.", False),
    ],
)
def test_a_pronoun_names_no_speaker_whoever_else_is_named(answer: str, names: bool) -> None:
    passage = Passage(article_id="a", number=1, text=answer, speakers=("Anna Lind",))
    assert names_speaker(answer, "Who feels that the dockers are played?", [passage]) is names
