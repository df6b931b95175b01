import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sentences import sentence_spans, split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Mr. Ode met Dr. Lind. They spoke.", ["Mr. Ode met Dr. Lind.", "They spoke."]),
        ("John F. Abel spoke.", ["John F. Abel spoke."]),
        ('"We lost." He left.', ['"We lost."', "He left."]),
        ('"Will it hold?" she asked.', ['"Will it hold?" she asked.']),
        ("It cost 1.4 million. Too much.", ["It cost 1.4 million.", "Too much."]),
        (
            "By 9 a.m. ET, all was well (it is 3 P.M. GMT there). Fine.",
            ["By 9 a.m. ET, all was well (it is 3 P.M. GMT there).", "Fine."],
        ),
        ("It began at 8 p.m. The hall was full.", ["It began at 8 p.m.", "The hall was full."]),
        ("No full stop", ["No full stop"]),
        ("He paused... Then he spoke.", ["He paused...", "Then he spoke."]),
        ("It took approx. 2 days (or three.) It held.", ["It took approx. 2 days (or three.)", "It held."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


@given(st.text(alphabet='Ab .!?"”\n', max_size=60))
def test_spans_are_in_order_and_lose_no_word(text: str) -> None:
    spans = sentence_spans(text)
    assert spans == sorted(spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "text", ["." * 100_000 + "x", "A. " * 30_000, "." * 50_000 + '"' * 50_000 + "x", "It. " * 30_000]
)
def test_no_text_takes_long(text: str) -> None:
    begin = time.perf_counter()
    sentence_spans(text)
    assert time.perf_counter() - begin < 2  # it takes 0.1 s; where each boundary reads all that follows, minutes
