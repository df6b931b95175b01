"""The parts of a question that asks for two things: each a question of its own, which may be answered elsewhere.

"Who won, and what did it cost?" asks for one thing after the other, "What did Ode and Lind each say?" for the same of
two. By rule: a question that can't be taken apart in words that stand on their own stays whole.
"""

import re
from collections.abc import Sequence
from typing import Final

from models.entity import Entity
from models.question import Turn
from rag.follow_up import understand
from rag.noun_phrases import AUXILIARIES, BE
from rag.words import content_words, words

_ASKS: Final = "who|whom|whose|what|which|when|where|why|how"
_BEFORE: Final = "by|for|from|in|on|at|to|with|of|about"
_VERBS: Final = "|".join(sorted(AUXILIARIES | BE))
AND_ASKS: Final = re.compile(
    rf"[,;]?\s+and\s+(?=(?:(?:{_BEFORE})\s+)?(?:{_ASKS})\b|(?:{_VERBS})\s+(?:it|he|she|they|the|either|any|[A-Z]\w+)\b)"
)
"""Between one question and the next: "Who won, and what did it cost?", "How long was she out, and was she paid?"."""

_NAME: Final = r"(?:the\s+)?(?:[^\W\d_]+\s+){0,3}?[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*"
OF_BOTH: Final = re.compile(rf"\b(?P<verb>{_VERBS})\s+(?P<one>{_NAME})\s+and\s+(?P<other>{_NAME})\s+(?=[a-z])")
"""Two who are asked about together, behind the verb: "What did Ode and Lind each say?"."""

SINGULAR: Final = {"do": "does", "have": "has", "are": "is", "were": "was"}
EACH: Final = re.compile(r"\b(?:each|both)\s+")

LEAST_WORDS: Final = 2
"""Content words of a question of its own that has no auxiliary: "and in what year?" goes on from the one before."""


def parts_of(question: str, entities: Sequence[Entity]) -> tuple[str, ...]:
    """Give the questions that are asked in one; just this one where it is one.

    What the second leaves to "he" or "it" is named, as far as the ``entities`` of the article tell.
    """
    asked = " ".join(question.split()).rstrip("?! ")
    if two := AND_ASKS.search(asked):
        first, second = asked[: two.start()], asked[two.end() :]
        if not (_stands_alone(first) and _stands_alone(second)):
            return (question,)
        return f"{first}?", understand(_as_question(second), [Turn(question=f"{first}?")], entities)
    if (two := OF_BOTH.search(asked)) and not _is_name(f"{two['one']} and {two['other']}", entities):
        verb = SINGULAR.get(two["verb"], two["verb"])
        rest = EACH.sub("", asked[two.end() :])
        return tuple(f"{asked[: two.start()]}{verb} {name} {rest}?" for name in (two["one"], two["other"]))
    return (question,)


def _stands_alone(part: str) -> bool:
    has_verb = bool((AUXILIARIES | BE) & {word.casefold() for word in words(part)})
    return has_verb or len(content_words(part)) >= LEAST_WORDS


def _as_question(part: str) -> str:
    return f"{part[:1].upper()}{part[1:]}?"


def _is_name(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether two names with "and" between them are one, as "Trinidad and Tobago" is."""
    names = {name.casefold() for entity in entities for name in (entity.name, *entity.aliases)}
    return text.casefold().removeprefix("the ") in names
