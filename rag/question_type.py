"""What a question asks for, as far as its words tell: a number, a time, a person, or whoever said something."""

import re
from enum import StrEnum
from typing import Final

from entities.cues import CLAUSE_VERBS, INFINITIVE_VERBS, OBJECT_VERBS
from rag.words import stem, words


class Asks(StrEnum):
    """What the answer must hold."""

    NUMBER = "number"
    TIME = "time"
    SPEAKER = "speaker"
    """Whoever said, thinks or wants something."""
    PERSON = "person"
    ANYTHING = "anything"


NUMBER: Final = re.compile(
    r"\bhow (?:many|much|long|old|far|often|big|large|high|fast)\b"
    r"|\bwhat (?:percentage|percent|share|proportion|number|age)\b",
    re.IGNORECASE,
)
TIME: Final = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|day|date|month|time)\b", re.IGNORECASE)
PERSON: Final = re.compile(r"^\W*(?:who|whom|whose)\b", re.IGNORECASE)
WHICH: Final = re.compile(r"^\W*which\b", re.IGNORECASE)
OF_ANOTHER: Final = re.compile(r"^\W*(?:whom?|(?:which|whose)(?:\s+[\w'’-]+){1,3})\s+(?:did|do|does)\s", re.IGNORECASE)
"""What is asked for is spoken of by somebody else: "Whom did she praise?", "Which party does he say will win?"."""

SAYING: Final = frozenset(stem(verb) for verb in CLAUSE_VERBS | OBJECT_VERBS) | {"said", "thought"}
SPEECH: Final = SAYING | frozenset(stem(verb) for verb in INFINITIVE_VERBS)


def of_speech(question: str) -> bool:
    """Tell whether a question is about what somebody said, thinks or wants."""
    return any(stem(word) in SPEECH for word in words(question)[1:])


def asked_speaker(question: str) -> frozenset[str]:
    """Give the stems of the names whose words a question asks for: those before its verb of saying."""
    if asks(question) in (Asks.SPEAKER, Asks.PERSON):
        return frozenset()
    rest = words(question)[1:]
    verb = next((i for i, word in enumerate(rest) if stem(word) in SAYING), 0)
    return frozenset(stem(word) for word in rest[:verb] if word[0].isupper())


def asks(question: str) -> Asks:
    """Tell what a question asks for. What it opens with counts more than what stands further on."""
    speech = of_speech(question) and not OF_ANOTHER.search(question)
    if PERSON.search(question):
        return Asks.SPEAKER if speech else Asks.PERSON
    if WHICH.search(question) and speech and not TIME.search(question):
        return Asks.SPEAKER
    if NUMBER.search(question):
        return Asks.NUMBER
    return Asks.TIME if TIME.search(question) else Asks.ANYTHING
