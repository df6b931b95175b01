"""Summaries have three to five sentences, each with a verbatim citation, whatever the model writes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.question import Question, Task
from rag.attribution import Attributor
from rag.passages import Passage
from rag.summary import summarise

TEXTS = (
    "The bridge will close in May, mayor Ode said. It needs 12 new bearings.",
    '"Nobody asked the dockers," said union leader Anna Lind.',
    "A ferry will sail every 20 minutes. It carries no cars.",
    "The harbour board meets on Monday.",
    "Two schools are on the far side.",
    "Buses leave from the market.",
)
PASSAGES = [Passage(article_id="a", number=n, text=text) for n, text in enumerate(TEXTS, start=1)]


def alike(_: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
    return np.full(len(passages), 0.5, dtype=np.float32)


def attributor(passages: Sequence[Passage] = PASSAGES) -> Attributor:
    return Attributor(passages, alike, {("a", 4): 0.9, ("a", 1): 0.5}, "")


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in summarise(text, attributor()).sentences]


def test_five_sentences_are_enough() -> None:
    written = "The bridge will close in May. It needs 12 new bearings. Nobody asked the dockers. "
    written += "A ferry will sail every 20 minutes. The harbour board meets on Monday. Buses leave from the market."
    assert sentences(written)[-1] == "The harbour board meets on Monday."
    assert len(sentences(written)) == 5


def test_too_few_are_filled_up_with_what_bears_most_on_the_article() -> None:
    settled = summarise("Buses leave from the market.", attributor())
    assert [s.text for s in settled.sentences] == [
        "Buses leave from the market.",
        "The harbour board meets on Monday.",
        "The bridge will close in May, mayor Ode said.",
    ]
    assert [s.verbatim for s in settled.sentences] == [False, True, True]
    assert [c.paragraph for c in settled.citations] == [6, 4, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Here is a summary:\n1. The bridge will close in May.\n2. Buses leave from the market.",
        "Summary:\n\n- The bridge will close in May\n\n- Buses leave from the market",
    ],
)
def test_a_list_is_read_as_sentences(text: str) -> None:
    assert sentences(text)[:2] == ["The bridge will close in May.", "Buses leave from the market."]


def test_a_figure_that_the_article_does_not_have_does_not_pass() -> None:
    assert "It needs 40 new bearings." not in sentences("It needs 40 new bearings. The bridge will close in May.")


def test_an_article_of_one_sentence_has_no_longer_summary() -> None:
    (settled,) = summarise("Buses leave.", attributor(PASSAGES[5:])).sentences
    assert settled.text == "Buses leave."


@given(st.text(max_size=300))
def test_whatever_the_model_writes_every_sentence_is_cited_word_for_word(text: str) -> None:
    settled = summarise(text, attributor())
    assert 3 <= len(settled.sentences) <= 5
    assert all(sentence.citations for sentence in settled.sentences)
    for citation in settled.citations:
        assert PASSAGES[citation.paragraph - 1].text[citation.start : citation.end] == citation.quote


def test_there_is_no_summary_of_the_library() -> None:
    with pytest.raises(ValueError, match="one of an article"):
        Question(text="Summary", task=Task.SUMMARY)
