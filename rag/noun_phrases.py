"""Finds the things that a question speaks of: "the bridge" in "Why was the bridge closed?". A few rules, no parser."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from entities.lexicon import ROLE_NOUNS
from rag.question_type import SAYING
from rag.words import FUNCTION_WORDS, WORD

MOST_WORDS: Final = 4
"""Words of a noun phrase after its article."""

ARTICLES: Final = "the|a|an|this|that|these|those|his|her|its|their|our"
AUXILIARIES: Final = frozenset("do does did have has had will would can could shall should may might must".split())
BE: Final = frozenset("is are was were".split())

PREPOSITIONS: Final = frozenset(
    """about after against among around at before behind between beyond by during for from in into near of off on onto
    over since through to towards under until upon via with within without""".split()
)

PARTICIPLES: Final = frozenset(
    """begun born bought broken brought built caught chosen cut drawn driven fallen felt found given grown held hit
    hurt kept killed known led left lost made meant met paid put read run seen sent set shot shown shut sold spent
    split sunk taken taught told torn won written""".split()
)
"""Irregular ones, which no ending gives away."""

TIMES: Final = frozenset("today tomorrow yesterday tonight".split())
ENDS_PHRASE: Final = FUNCTION_WORDS | TIMES
"""Words before which a noun phrase ends."""

COUNTED: Final = (
    r"how many|some|several|many|most|all|both|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:dozens|hundreds|thousands) of"
)
PLURAL: Final = r" +(?:of +the +)?(?=((?:[\w'’-]+ +){0,2}[\w'’-]+))"
SEVERAL: Final = re.compile(rf"\b(?:{COUNTED}|which|what|the|these|those|their|his|her|its){PLURAL}", re.IGNORECASE)
SEVERAL_COUNTED: Final = re.compile(rf"\b(?:{COUNTED}){PLURAL}", re.IGNORECASE)
IRREGULAR_PLURALS: Final = frozenset("people men women children police crew staff".split())
SINGULAR_ENDINGS: Final = ("ss", "us", "is", "news")

ENDS_PLURAL: Final = FUNCTION_WORDS | SAYING
"""Words before which the noun of several has stood, if it has."""

PHRASE: Final = re.compile(rf"\b({ARTICLES})\b", re.IGNORECASE)


class Phrase(NamedTuple):
    """A noun phrase. ``words`` stand behind its article; ``governed``: a preposition stands before it."""

    words: tuple[str, ...]
    start: int
    end: int
    governed: bool

    @property
    def definite(self) -> str:
        """The phrase as something that is known."""
        return f"the {' '.join(self.words)}"

    @property
    def is_thing(self) -> bool:
        """Whether "it" may stand for it: one, and nobody."""
        head = self.words[-1].casefold()
        return not is_plural(head) and head not in ROLE_NOUNS


def noun_phrases(text: str) -> Iterator[Phrase]:
    """Give the noun phrases of a question that have an article, in its order."""
    for match in PHRASE.finditer(text):
        before = WORD.findall(text[: match.start()])
        previous = before[-1].casefold() if before else ""
        words = list(_run(text, match.end()))
        if _ends_on_verb([word for word, _ in words], previous):
            words.pop()
        if words:
            yield Phrase(tuple(w for w, _ in words), match.start(), words[-1][1], previous in PREPOSITIONS)


def _run(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Give the words up to the next function word or punctuation, each with its end."""
    end = start
    for count, match in enumerate(WORD.finditer(text, start)):
        if text[end : match.start()].strip("-–") not in ("", " ") or match.group().casefold() in ENDS_PHRASE:
            return
        if count == MOST_WORDS:
            return
        end = match.end()
        yield match.group(), end


def _ends_on_verb(words: list[str], previous: str) -> bool:
    """Tell whether the last word is the verb of "did the board deny ...?" or "was the bridge closed?"."""
    if len(words) < 2:
        return False
    last = words[-1].casefold()
    return previous in AUXILIARIES or last.endswith(("ed", "ing")) or last in PARTICIPLES


def is_plural(word: str) -> bool:
    """Tell whether a noun looks like several."""
    word = word.casefold()
    return word in IRREGULAR_PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(SINGULAR_ENDINGS))


def plural(text: str, *, counted: bool) -> str | None:
    """Give the first noun phrase of several people or things, as something that is known; None where there is none.

    ``counted``: no other than one that is said to be of some number.
    """
    for match in (SEVERAL_COUNTED if counted else SEVERAL).finditer(text):
        words = match[1].split()
        for count, word in enumerate(words, start=1):
            if word.casefold() in ENDS_PLURAL:
                break
            if is_plural(word):
                return f"the {' '.join(words[:count])}"
    return None
