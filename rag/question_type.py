"""What a question asks for, as far as its words tell: a number, a time, a person, or whoever said something."""

import itertools
import re
from collections.abc import Iterator
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

WHO_THAT: Final = re.compile(
    r"^\W*who\s+(?:found|knew|showed|proved|discovered|established|learn(?:ed|t)|heard|let\s+it\s+be\s+known"
    r"|made\s+(?:it\s+)?(?:clear|plain|known|public)|(?:pointed|spelled|spelt)\s+out)\s+that(?:\s+\S+){2}",
    re.IGNORECASE,
)
"""Before a clause, these say what somebody holds: "Who found that the rust was old?", but "Who found that car?"."""

SEES_AS: Final = re.compile(
    r"^\W*(?:who\b.+\b(?:sees?|saw)\b.+\bas\s+(?:an?|the)|which\b.+\b(?:sees?|saw)\b.+\bas\s+an?"
    r"|(?:who|which)\b.+\b(?:regard|view)(?:s|ed)?\b.+\bas)\b",
    re.IGNORECASE,
)
ACCORDING_TO: Final = re.compile(r"(?i:^\W*according\s+to)\s+(?:whom?|which)\b")
"""Other ways to ask who says or thinks something: "Who saw it as ...?", "According to whom ...?". WHO is none."""

IRREGULAR: Final = frozenset({"said", "thought", "told", "felt", "wrote", "swore", "foresaw"})
"""Pasts that do not end in -ed."""

DESCRIBING: Final = frozenset(
    {"attribute", "characterise", "characterize", "compare", "depict", "dub", "liken", "portray", "trace"}
)
"""What somebody does in words who speaks of one thing as another. Questions put in such words what the text quotes."""

BEFORE_NOUN: Final = re.compile(
    r"a|an|the|this|these|those|which|what|whose|his|her|its|their|any|no|of"
    r"|(?!(?:who|what|that|it|he|she|there)['’]).+['’]s",
    re.IGNORECASE,
)
"""A word behind one of these is no verb: "which state", "the order", "Carter's proposed"; but "who's saying"."""


def _forms(verb: str) -> Iterator[str]:
    """Give the forms that a regular verb may have, and some that it has not, which are no words at all."""
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing", f"{verb}d", f"{verb.removesuffix('e')}ing")
    yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing", f"{verb.removesuffix('y')}ies", f"{verb[:-1]}ied")


SPEAKS: Final = CLAUSE_VERBS | INFINITIVE_VERBS | OBJECT_VERBS | DESCRIBING
"""What somebody does in words, or wants to, in the form behind "does": "What does Ode blame for it?"."""

SAYING: Final = IRREGULAR.union(*(_forms(verb) for verb in CLAUSE_VERBS | OBJECT_VERBS | DESCRIBING))
SPEECH: Final = SAYING.union(*(_forms(verb) for verb in INFINITIVE_VERBS))


def may_have_two_parts(question: str) -> bool:
    """Tell whether a question may ask for two things, which may stand in two paragraphs.

    An "and" between two capitalised words is that of a name, or joins two who are asked about together.
    """
    all_words = words(question)
    if {"both", "each"} & {word.casefold() for word in all_words}:
        return True
    around = zip(all_words, all_words[1:], all_words[2:], strict=False)
    return any(word == "and" and not (a[0].isupper() and b[0].isupper()) for a, word, b in around)


def of_speech(question: str) -> bool:
    """Tell whether a question is about what somebody said, thinks or wants."""
    return _first_verb(question, SPEECH) is not None


def asked_speaker(question: str) -> frozenset[str]:
    """Give the stems of the names whose words a question asks for: those before its verb of saying."""
    if asks(question) in (Asks.SPEAKER, Asks.PERSON):
        return frozenset()
    before = words(question)[1 : _first_verb(question, SAYING) or 1]
    return frozenset(stem(word) for word in before if word[0].isupper())


def _first_verb(question: str, forms: frozenset[str]) -> int | None:
    """Give the place of the first word of a question, behind the one that it opens with, that is one of some verbs.

    A capitalised one is a name ("Ohio State"), unless all words are.
    """
    text = question.lower() if question.isupper() or question.istitle() else question
    pairs = enumerate(itertools.pairwise(words(text)), start=1)
    return next((i for i, (before, word) in pairs if word in forms and not BEFORE_NOUN.fullmatch(before)), None)


def asks(question: str) -> Asks:
    """Tell what a question asks for. What it opens with counts more than what stands further on."""
    if ACCORDING_TO.search(question):
        return Asks.SPEAKER
    said = of_speech(question) or WHO_THAT.search(question) or SEES_AS.search(question)
    speech = said and not OF_ANOTHER.search(question)
    if PERSON.search(question):
        return Asks.SPEAKER if speech else Asks.PERSON
    if WHICH.search(question) and speech and not TIME.search(question):
        return Asks.SPEAKER
    if NUMBER.search(question):
        return Asks.NUMBER
    return Asks.TIME if TIME.search(question) else Asks.ANYTHING
