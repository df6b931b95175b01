"""Decides what each name of an article stands for, by the evidence of all its mentions together."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from spacy.tokens import Token

from entities.countries import is_known_place, place_of_demonym
from entities.given_names import is_given_name
from entities.lexicon import (
    COMPASS,
    GROUPS,
    INSTITUTIONS,
    ORG_NOUNS,
    ORG_WORDS,
    OTHER_WORDS,
    PLACE_STARTS,
    PLACE_WORDS,
    ROLE_NOUNS,
    TITLES,
)
from entities.link import is_initialism, plain
from entities.names import KINDS, Name
from entities.parsing import PLAIN_MARKS
from models.entity import EntityType

Scores: TypeAlias = dict[EntityType | None, float]

PERSON, ORG, PLACE = EntityType.PERSON, EntityType.ORG, EntityType.PLACE

LONGEST_PERSON: Final = 5
LONGEST_ACRONYM: Final = 6

GIVEN_NAME: Final = 1.2
"""Evidence that a name begins with a given name; enough by itself where spaCy sees none."""

UNSEEN_MINIMUM: Final = 1.2
"""Evidence that a name which spaCy never saw needs in order to count."""

LOCATIVES: Final = frozenset("in at near inside outside across throughout into".split())


def form(text: str) -> str:
    """Give the form under which the mentions of one name are counted together."""
    return text.translate(PLAIN_MARKS).removeprefix("the ").removeprefix("The ")


def kinds_of(names: Sequence[Name]) -> dict[str, EntityType]:
    """Give the type of every name that counts, by its form; names that stand for nothing we list are left out."""
    scores: dict[str, Scores] = {}
    seen: set[str] = set()
    for name in names:
        key = form(name.text)
        _add(scores.setdefault(key, _own(key)), _context(name))
        if name.label:
            seen.add(key)
    _expansions(names, scores)
    kinds = {key: _best(score, UNSEEN_MINIMUM if key not in seen else 0.0) for key, score in scores.items()}
    _families(kinds, scores)
    return {key: kind for key, kind in kinds.items() if kind is not None}


def _add(scores: Scores, more: Scores) -> None:
    for kind, score in more.items():
        scores[kind] = scores.get(kind, 0.0) + score


def _best(scores: Scores, minimum: float) -> EntityType | None:
    kind, score = max(scores.items(), key=lambda item: item[1], default=(None, 0.0))
    return kind if score > 0 and score >= minimum else None


def _expansions(names: Sequence[Name], scores: dict[str, Scores]) -> None:
    """An acronym in brackets right after a name stands for the same: "the European Union (EU)"."""
    for name, after in pairwise(names):
        near = after.paragraph == name.paragraph and after.start == name.end + 2
        if near and after.text.isupper() and is_initialism(plain(after.text), plain(name.text)):
            _add(scores[form(after.text)], {kind: s + 1 for kind, s in scores[form(name.text)].items() if s > 0})


def _families(kinds: dict[str, EntityType | None], scores: dict[str, Scores]) -> None:
    """Let full name and surname share their evidence: "Lavrov" is whatever "Sergei Lavrov" is.

    So is a place named again by its last word: Capitol Hill, the Hill.
    """
    for key in kinds:
        if key.casefold() in PLACE_WORDS and any(k is PLACE and f.endswith(" " + key) for f, k in kinds.items()):
            kinds[key] = PLACE
    for full in [key for key in kinds if 2 <= len(key.split()) <= LONGEST_PERSON]:
        own = scores[full]
        if own.get(PERSON, 0.0) <= 0 and max(own.get(ORG, 0.0), own.get(PLACE, 0.0)) > 1:
            continue
        for short in kinds:
            if short != full and full.casefold().endswith(" " + short.casefold()):
                shared = dict(own)
                _add(shared, scores[short])
                named = kinds[full] is PERSON and short.casefold() not in INSTITUTIONS
                if (named or _best(shared, 0.0) is PERSON) and not is_known_place(short):
                    kinds[full] = kinds[short] = PERSON


def _own(key: str) -> Scores:
    """Give what a name says by itself."""
    words = [word.casefold() for word in key.split()]
    if key.casefold() in INSTITUTIONS:
        return {ORG: 3.0}
    if is_known_place(key):
        return {PLACE: 3.0}
    regional = len(words) == 2 and words[0] in COMPASS and place_of_demonym(words[1]) is not None
    if place_of_demonym(key) or regional or (words[-1] in GROUPS and len(words) < 3):
        return {None: 5.0}
    if len(words) == 1:
        return _own_word(key)
    if words[-1] in OTHER_WORDS:
        return {None: 3.0}
    if words[-1] in ORG_WORDS or any(w in ORG_WORDS and n in ("of", "for", "on") for w, n in pairwise(words)):
        return {ORG: 2.5, PERSON: -2.0}
    if "for" in words[1:-1]:
        return {ORG: 2.5, PERSON: -2.0}
    if words[-1] == "state" and is_known_place(key.rpartition(" ")[0]):
        return {ORG: 2.5}
    if words[-1] in PLACE_WORDS or words[0] in PLACE_STARTS:
        return {PLACE: 2.0, PERSON: -1.0}
    if is_given_name(words[0]) and len(words) <= LONGEST_PERSON and all(w[0].isupper() for w in key.split()):
        return {PERSON: GIVEN_NAME}
    return {}


def _own_word(key: str) -> Scores:
    if key.isupper() and 2 <= len(key) <= LONGEST_ACRONYM:
        return {ORG: 0.7, PERSON: -0.7}
    return {}


def _context(name: Name) -> Scores:
    """Give what one mention says about the name: spaCy's label, and the words around it."""
    scores: Scores = {KINDS[name.label]: 1.0} if name.label else {}
    doc, first, last = name.tokens.doc, name.tokens[0], name.tokens[-1]
    if first.i:
        _add(scores, _what_precedes(doc[first.i - 1]))
    if last.i + 1 < len(doc):
        _add(scores, _what_follows(name, doc[last.i + 1]))
    return scores


def _what_precedes(before: Token) -> Scores:
    if before.lower_ in TITLES and before.text[0].isupper():
        return {PERSON: 3.0}
    if before.lower_ in ROLE_NOUNS:
        return {PERSON: 1.5}
    if before.lower_ in ORG_NOUNS:
        return {ORG: 2.0}
    if before.lower_ == "the":
        return {PERSON: -1.0}
    if before.lower_ in LOCATIVES:
        return {PLACE: 0.5, PERSON: -0.5}
    return {}


def _what_follows(name: Name, after: Token) -> Scores:
    scores: Scores = {}
    rest = [token.lower_ for token in after.doc[after.i : after.i + 4]]
    if after.lower_ in ORG_NOUNS or rest[:2] == ["news", "agency"]:
        _add(scores, {ORG: 1.2})
    if rest[0] == "who" or rest[:2] == [",", "who"]:
        _add(scores, {PERSON: 1.5})
    if rest[0] == "," and len(rest) > 2 and rest[1].isdigit() and len(rest[1]) == 2 and rest[2] in (",", ".", ";"):
        _add(scores, {PERSON: 2.0})
    if any(child.dep_ == "appos" and child.lower_ in ROLE_NOUNS for child in name.tokens.root.children):
        _add(scores, {PERSON: 1.5})
    return scores
