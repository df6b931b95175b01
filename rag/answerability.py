"""Whether an article answers a question at all: a calibrated estimate from what the model does not know.

A small model always finds something to say, and its own word on whether it knows is weak (AUC below 0.8 on near
misses). The signals here look at what can be checked instead: do the names of the question occur, is what it asks
about in what the answer cites, is the answer of the type asked for? They are weighed, with the model's own word among
them, by a logistic regression, fitted by ``benchmarks/calibrate.py``.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from rag.answering import Settled
from rag.attribution import Attributor
from rag.gates import new_names
from rag.numbers import numbers
from rag.passages import Passage
from rag.question_type import Asks, asked_speaker, asks
from rag.words import content_stems, content_words, stem

COMMON_LETTERS: Final = 5
"""Letters from which on two words of one root count as near: "negotiate" and "negotiation" have different stems."""

TIME_WORD: Final = re.compile(
    r"day|week|month|year|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|yesterday|tonight|hour|spring|summer|autumn|winter|while|after|before|since|until|soon",
    re.IGNORECASE,
)
SAYS_NOT: Final = re.compile(
    r"\b(?:does|did|do|is|was|are|were|has|have)(?: not|n['’]t) "
    r"(?:\w+ ){0,2}?(?:mention|specif|provide|state|say|give|include|explicit|clear)"
    r"|\bno (?:specific )?(?:information|mention)\b|\bunclear\b|\bunknown\b",
    re.IGNORECASE,
)
"""The model's own way of declining."""


MOST_DOUBT: Final = 0.7
"""Probability of having no answer above which an answer is withheld: of 851 questions about articles that the probes
were not fitted to, 97% of the answerable ones stay below it, and 69% of the others lie above."""

LIBRARY_MOST_DOUBT: Final = 0.9
"""The same over a library, where an answer rests on single paragraphs of several articles and so looks less supported:
all right answers to 33 questions over 400 articles stay below it, and 20 of 28 near misses lie above."""

INTERCEPT: Final = -0.3
WEIGHTS: Final = {
    "names_missing": 1.0,
    "words_elsewhere": 1.3,
    "type_misfit": 1.3,
    "speaker_silent": 0.8,
    "model_declines": 1.0,
    "model_agrees": -0.4,
    "model_confirms": -0.3,
}
"""Fitted by ``python -m benchmarks calibrate``, and rounded; see docs/quality.md. Two are set by hand, for hardly any
question has them: what is asked about somebody whom the article never names has no answer there, and the model that
says that there is none is seldom wrong."""


@dataclass(frozen=True)
class Signals:
    """What speaks for and against an answer. Shares and similarities lie in [0, 1]; misfits are 0 or 1."""

    names_missing: float
    """Share of the question's names that the article does not hold."""
    words_elsewhere: float
    """Share, by rarity, of the question's other words in the passage that holds most of them, less that in what the
    answer cites. Below 0 where what is cited holds more together."""
    type_misfit: float
    """A number, a time or a person is asked for, and the answer has none."""
    speaker_silent: float
    """Somebody's words are asked for, and nothing that the answer cites quotes them."""
    model_declines: float
    """The model itself writes that the article does not say."""
    model_agrees: float
    """The log-odds that what is cited, by itself, answers the question, as the model judges it (``rag/probe.py``)."""
    model_confirms: float
    """The log-odds that the answer is right by what is cited, as read off the model; 0 where nothing tells."""


def measure(
    question: str, answer: str, settled: Settled, attributor: Attributor, agrees: float, right: float
) -> Signals:
    """Take the signals of what the model wrote (``answer``) and what came of it (``settled``)."""
    rarity = attributor.rarity
    names = {stem(w) for w in content_words(question) if w[0].isupper()}
    plain = frozenset(content_stems(question)) - names
    whole = rarity.total(plain) or 1.0

    def share(passages: Sequence[Passage]) -> float:
        pool = frozenset().union(*(p.words for p in passages))
        return rarity.total(_near(plain, pool)) / whole

    everything = frozenset().union(*(p.words for p in attributor.passages))
    return Signals(
        names_missing=1 - len(_near(frozenset(names), everything)) / len(names) if names else 0.0,
        words_elsewhere=max((share([p]) for p in attributor.passages), default=0.0) - share(settled.cited),
        type_misfit=float(_misfits(question, answer)),
        speaker_silent=float(_silent(question, settled, attributor)),
        model_declines=float(bool(SAYS_NOT.search(answer))),
        model_agrees=agrees,
        model_confirms=right,
    )


def _near(stems: frozenset[str], pool: frozenset[str]) -> frozenset[str]:
    roots = {s[:COMMON_LETTERS] for s in pool if len(s) >= COMMON_LETTERS}
    return frozenset(s for s in stems if s in pool or s[:COMMON_LETTERS] in roots)


def _misfits(question: str, answer: str) -> bool:
    match asks(question):
        case Asks.NUMBER:
            return not numbers(answer) - numbers(question)
        case Asks.TIME:
            return not (numbers(answer) - numbers(question) or TIME_WORD.search(answer))
        case Asks.PERSON:
            return not new_names(answer, question)
        case _:
            return False


def _silent(question: str, settled: Settled, attributor: Attributor) -> bool:
    named = frozenset().union(*(p.name_stems for p in attributor.passages))
    asked = asked_speaker(question) & named
    return bool(asked) and not any(asked & p.speaker_stems for p in settled.cited)


def unanswerable(signals: Signals) -> float:
    """Give the estimated probability that the article does not answer the question."""
    logit = INTERCEPT + sum(WEIGHTS[name] * value for name, value in asdict(signals).items())
    return 1 / (1 + math.exp(-logit))
