"""Descriptions of those who speak without being named: "a campaign official", "FEC records"."""

from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Token

from entities.lexicon import COLLECTIVES, FEMALE_TITLES, MALE_TITLES, PERSON_ENDINGS, ROLE_NOUNS

VOICES: Final = frozenset(
    """spokesman spokeswoman spokesperson spokespeople member official representative statement report record
    filing review poll survey study document datum data figure website leadership account analysis
    editorial communique release memo announcement group""".split()
)
"""What speaks for an organisation: "a White House official", "FEC records"."""

SPOKESPEOPLE: Final = frozenset("spokesman spokeswoman spokesperson official representative".split())
"""Those of them that are people, of whom it may go on with "he" or "she"."""

VOICE_PREPOSITIONS: Final = ("for", "of", "from", "by", "at", "with", "in", "like", "including")
VOICE_ROLES: Final = ("compound", "poss", "nmod", "pobj", "amod")

SAME_ROLE: Final = {
    "leader": frozenset("president premier chancellor chairman king minister".split()),
    "lawmaker": frozenset("senator representative congressman congresswoman".split()),
    "congressman": frozenset(("representative",)),
    "congresswoman": frozenset(("representative",)),
    "minister": frozenset(("premier",)),
    "premier": frozenset(("minister",)),
}
"""Words by which the bearer of a role may be called again."""


@dataclass(eq=False)
class Described:
    """Somebody who speaks but is not named: ``text`` is how the article calls them where it does so first.

    ``speaks`` is false for what can't say anything, where the grammar took the wrong noun for the speaker.
    """

    text: str
    head: str
    plural: bool
    person: bool
    female: bool | None
    speaks: bool
    spans: list[tuple[int, int, int]] = field(default_factory=list)


def can_speak(token: Token) -> bool:
    """Tell whether a noun may stand for somebody or something of which it is said that it says something."""
    noun = token.lemma_.lower()
    known = noun in ROLE_NOUNS or noun in VOICES or noun in COLLECTIVES
    return known or noun.endswith(PERSON_ENDINGS) or token.pos_ == "PROPN" or token.text[0].isupper()


def is_female_noun(noun: str) -> bool | None:
    """Tell whether a noun means a woman ("spokeswoman"); None where it may mean anybody."""
    if noun in FEMALE_TITLES or noun.endswith("woman"):
        return True
    return False if noun in MALE_TITLES or noun.endswith("man") else None
