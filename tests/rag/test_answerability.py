"""Signals that a question has no answer, taken from passages of which we know everything."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rag.answerability import Signals, measure, unanswerable
from rag.answering import settle
from rag.attribution import Attributor
from rag.passages import Passage

PASSAGES = [
    Passage("a", 1, '"It will close in May," said Mara Ode.', ("Mara Ode", "Ode"), ("Mara Ode",)),
    Passage("a", 2, "Otto Lind, who built the bridge in 1931, is angry.", ("Otto Lind", "Lind")),
]


def alike(_: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
    return np.full(len(passages), 0.6, dtype=np.float32)


def signals(question: str, answer: str) -> Signals:
    attributor = Attributor(PASSAGES, alike, {}, question)
    return measure(question, answer, settle(answer, question, attributor), attributor, agrees=0.0, right=0.0)


def test_somebody_whose_words_are_asked_for_is_silent_where_nothing_cited_quotes_them() -> None:
    assert signals("What did Lind say about it?", "Lind, who built the bridge, is angry.").speaker_silent == 1
    assert signals("What did Ode say about it?", "Ode said it will close in May.").speaker_silent == 0


def test_who_is_not_asked_for_words_is_not_silent() -> None:
    assert signals("When did Lind build the bridge?", "Lind built the bridge in 1931.").speaker_silent == 0


def test_a_number_that_is_asked_for_and_missing_is_a_misfit() -> None:
    assert signals("How many came?", "Lind is angry.").type_misfit == 1
    assert signals("When was it built?", "Lind built the bridge in 1931.").type_misfit == 0


def test_what_the_article_does_not_name_raises_the_doubt() -> None:
    known, unknown = (signals(f"Why is {name} angry?", "Lind is angry.") for name in ("Lind", "Petersen"))
    assert known.names_missing == 0
    assert unknown.names_missing == 1
    assert unanswerable(unknown) > unanswerable(known)
