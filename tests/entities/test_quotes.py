import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.quotes import find_quotes, is_speech


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We sail," he said. "At dawn."', ['"We sail,"', '"At dawn."']),
        ("“We sail,” he said.", ["“We sail,”"]),
        ("‘We sail,’ he said, ‘at dawn.’", ["‘We sail,’", "‘at dawn.’"]),
        ("«We sail», he said.", ["«We sail»"]),
        ("“She said ‘never’ twice,” he said.", ["“She said ‘never’ twice,”"]),
        ("The boats' owners and the town's mayor met.", []),
        ("The ‘90s were good, the crew’s boats were full.", []),
        ('“We sail," he said.', ['“We sail,"']),
    ],
)
def test_all_quotation_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_that_runs_on_is_left_open() -> None:
    (quote,) = find_quotes("He said: “We sail at dawn.")
    assert not quote.closed
    assert quote.end == len("He said: “We sail at dawn.")


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("“We will sail at dawn,”", True),
        ("“Never!”", False),
        ("“We sail.”", True),
        ("“soft opening”", False),
        ("“Good Morning Harbour”", False),
    ],
)
def test_speech_is_told_from_terms_and_titles(text: str, speech: bool) -> None:
    assert is_speech(text, find_quotes(text)[0]) is speech


@given(st.text(alphabet="ab .,\"'“”‘’«»\n", max_size=80))
def test_quotations_stand_in_order_and_apart(text: str) -> None:
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.start < quote.end <= len(text)
        end = quote.end
