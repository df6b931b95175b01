"""The parts of a question that asks for several things: each a question of its own, which may be answered elsewhere.

"Who won, and what did it cost?" asks for one thing after the other, "What did Ode and Lind each say?" for the same of
two. By rule, and with care: what can't be taken apart into words that stand on their own stays whole.
"""

import re
from collections.abc import Sequence
from typing import Final

from models.entity import Entity
from models.question import Turn
from rag.follow_up import understand
from rag.noun_phrases import AUXILIARIES, BE
from rag.question_type import SPEECH
from rag.words import content_words, words

_ASKS: Final = "who|whom|whose|what|which|when|where|why|how"
_VERBS: Final = "|".join(sorted(AUXILIARIES | BE))
_POINTS: Final = "it|he|she|they|we|you|the|a|an|this|that|these|those|his|her|its|their"
AND_ASKS: Final = re.compile(
    rf"[,;]?\s+and\s+(?=(?:(?:by|for|from|in|on|at|to|with|of|about)\s+)?"
    rf"(?:(?:when|where|why)\s+(?:{_VERBS})\b|how\s+(?!(?:{_POINTS})\b)\w|(?:who|whom|what)\s+(?!(?:{_POINTS})\b)[a-z]"
    rf"|(?:whose|which)\b)|(?:{_VERBS})\s+(?:it|he|she|they)\b)"
    rf"|[,;]\s+and\s+(?=(?:{_VERBS})\s+(?:either|any|[A-Z]\w+)\b)"
)
"""Between one question and the next: "Who won, and what did it cost?", "How long was she out and was she paid?".

Not where it goes on in the order of a statement: "Did Ode say when it closed and what it cost?" is one question.
"""

_NAME: Final = r"(?:the\s+)?(?:[^\W\d_]+\s+){0,3}?[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*"
OF_BOTH: Final = re.compile(
    rf"\b(?P<verb>did|do|have|are|were|will|would)\s+(?P<one>{_NAME})\s+and\s+(?P<other>{_NAME})"
    rf"(?P<head>(?:\s+[a-z]+)??)\s+(?:(?:each|both)\s+(?=[a-z])|(?=(?:{'|'.join(sorted(SPEECH))})\b))"
)
"""Two of whom the same is asked each, or what they say: "How did Ode and Lind each vote?"."""

SINGULAR: Final = {"do": "does", "have": "has", "are": "is", "were": "was"}

NOT_APART: Final = re.compile(r"[:\"“”]|\b(?:each other|one another|together)\b")
"""Where somebody's words or an explanation are part of the question, or what two do to each other."""

LEAST_WORDS: Final = 2
"""Content words of a question of its own that has no auxiliary: "and in what year?" goes on from the one before."""

LEANS: Final = re.compile(
    rf"\b(?:{_VERBS})\s+(?:he|she|they|it|this|that)\b|\bones?\b|\b(?:this|so)\Z"
    r"|\bhow\s+(?:many|much)\s+(?:in|on|at|by|for|from|of|to|a|an|the|last|this|next)\b",
    re.IGNORECASE,
)
"""What means something of another question, or leaves out what that one has: "Which one?", "How many in July?"."""

PRONOUN: Final = re.compile(r"\b(?:he|him|his|she|her|it|its)\b", re.IGNORECASE)
"""What is named in a later part, if it is the only one there; with two, one may mean the other."""


def parts_of(question: str, entities: Sequence[Entity]) -> tuple[str, ...]:
    """Give the questions that are asked in one; just this one where it is one.

    What a later one leaves to "he" or "it" is named, as far as the ``entities`` of the article tell.
    """
    asked = " ".join(question.split()).rstrip("?! ")
    if NOT_APART.search(asked):
        return (question,)
    return _one_after_the_other(asked, entities) or _of_both(asked, entities) or (question,)


def _one_after_the_other(asked: str, entities: Sequence[Entity]) -> tuple[str, ...] | None:
    first, *later = (f"{part[:1].upper()}{part[1:]}" for part in AND_ASKS.split(asked))
    if not later or not all(map(_is_question, (first, *later))):
        return None
    before = [Turn(question=f"{first}?")]
    named = [understand(part, before, entities) if len(PRONOUN.findall(part)) == 1 else part for part in later]
    if any(LEANS.search(part.rstrip("?")) for part in named):
        return None
    return f"{first}?", *(f"{part.rstrip('?')}?" for part in named)


def _of_both(asked: str, entities: Sequence[Entity]) -> tuple[str, ...] | None:
    """Ask the same of each of two, where it is asked of each, or what they say is asked for."""
    two = OF_BOTH.search(asked)
    if two is None or _is_name(f"{two['one']} and {two['other']}", entities):
        return None
    one, other, head = two["one"], two["other"], two["head"]
    shared = head if one.startswith("the ") == other.startswith("the ") else ""  # "the Scottish and the Welsh leader"
    before, verb, rest = asked[: two.start()], SINGULAR.get(two["verb"], two["verb"]), asked[two.end() :]
    return f"{before}{verb} {one}{shared} {rest}?", f"{before}{verb} {other}{head} {rest}?"


def _is_question(part: str) -> bool:
    """Tell whether a part has what it takes: a verb, or at least something that it asks about."""
    there = [word.casefold() for word in words(part)]
    asks_only = not there or there[-1] in _ASKS.split("|")
    has_verb = bool((AUXILIARIES | BE) & set(there))
    return not asks_only and (has_verb or len(content_words(part)) >= LEAST_WORDS)


def _is_name(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether two names with "and" between them are one, as "Trinidad and Tobago" is."""
    names = {name.casefold() for entity in entities for name in (entity.name, *entity.aliases)}
    return text.casefold().removeprefix("the ") in names
