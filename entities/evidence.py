"""The evidence for what a name stands for: what it says by itself, and what stands around one mention of it."""

import re
from itertools import pairwise
from typing import Final, TypeAlias

from spacy.tokens import Token

from entities.countries import is_known_place, place_of_demonym
from entities.edges import LONGEST_PERSON, capitalised
from entities.given_names import is_given_name
from entities.lexicon import (
    BUSINESS,
    COMPASS,
    GROUPS,
    HEAVENLY_BODIES,
    INSTITUTIONS,
    NEWSPAPER_PLACES,
    NEWSPAPERS,
    NO_ENTITIES,
    ORG_NOUNS,
    ORG_WORDS,
    OTHER_WORDS,
    PLACE_STARTS,
    PLACE_WORDS,
    ROLE_NOUNS,
    SITES,
    STORMS,
    SURNAMES,
    TITLES,
    VESSEL_PREFIXES,
    VESSELS,
)
from entities.names import KINDS, Name
from entities.parsing import DATELINE
from entities.teams import NICKNAMES, has_clubs, is_club
from models.entity import EntityType

Scores: TypeAlias = dict[EntityType | None, float]

PERSON, ORG, PLACE = EntityType.PERSON, EntityType.ORG, EntityType.PLACE

LONGEST_ACRONYM: Final = 6

CAPITAL_INSIDE: Final = re.compile(r"^(?!Ma?c|De|Di|La|Le|Van|Von|Fitz|O')[A-Za-z]*[a-z][A-Z]")
"""How companies write themselves, and people don't: QatarEnergy."""

GIVEN_NAME: Final = 1.2
"""Evidence that a name begins with a given name; enough by itself where spaCy sees none."""

VESSEL: Final = 6.0
"""Evidence that a name is that of a ship or spacecraft, which its other mentions hardly ever say."""

SAYING: Final = frozenset("say tell add explain recall reply".split())
"""What people do, and what is said of places now and then."""

GOVERNED: Final = frozenset("administration campaign presidency".split())
"""What is called after somebody: "the Biden administration"."""

LOCATIVES: Final = frozenset("in at near inside outside across throughout into".split())


def add(scores: Scores, more: Scores) -> None:
    """Add evidence to other evidence."""
    for kind, score in more.items():
        scores[kind] = scores.get(kind, 0.0) + score


def own_evidence(key: str) -> Scores:
    """Give what a name says by itself."""
    words = [word.casefold() for word in key.split()]
    if key.casefold() in INSTITUTIONS:
        return {ORG: 3.0}
    if is_known_place(key):
        return {PLACE: 3.0}
    if is_club(key):
        return {ORG: 3.0, PERSON: -3.0}
    regional = len(words) == 2 and words[0] in COMPASS and place_of_demonym(words[1]) is not None
    if place_of_demonym(key) or regional or (words[-1] in GROUPS and len(words) < 3):
        return {None: 5.0}
    if words[0] in VESSEL_PREFIXES and len(words) > 1 and key.split()[0].isupper():
        return {None: 5.0}
    if (words[0] in STORMS and len(words) == 2 and words[1] not in ORG_WORDS) or key.casefold() in NO_ENTITIES:
        return {None: 6.0}
    if key.casefold() in HEAVENLY_BODIES:
        return {PLACE: 1.5}
    if len(words) == 1:
        return _own_word(key)
    if words[-1] in OTHER_WORDS or (words[0] in OTHER_WORDS and words[1] in ("of", "for")):
        return {None: 3.0}
    if words[-1] in NEWSPAPERS and (has_clubs(key.rpartition(" ")[0]) or words[-2] in NEWSPAPER_PLACES):
        return {ORG: 2.5, PERSON: -2.0}
    if words[-1] in ORG_WORDS or any(w in ORG_WORDS and n in ("of", "for", "on") for w, n in pairwise(words)):
        return {ORG: 2.5, PERSON: -2.0}
    if "for" in words[1:-1]:
        return {ORG: 2.5, PERSON: -2.0}
    if words[-1] == "state" and is_known_place(key.rpartition(" ")[0]):
        return {ORG: 2.5}
    if words[-1] in SURNAMES and len(words) == 2:
        return {PLACE: 1.0, PERSON: GIVEN_NAME if is_given_name(words[0]) else 0.0}
    if words[-1] in PLACE_WORDS or words[0] in PLACE_STARTS:
        return {PLACE: 2.0, PERSON: -1.0}
    if is_given_name(words[0]) and len(words) <= LONGEST_PERSON and all(w[0].isupper() for w in key.split()):
        return {PERSON: GIVEN_NAME}
    return {}


def _own_word(key: str) -> Scores:
    if key.isupper() and 2 <= len(key) <= LONGEST_ACRONYM:
        return {ORG: 0.7, PERSON: -0.7}
    if key.casefold() in NICKNAMES:
        return {ORG: 1.5, PERSON: -1.5}
    if CAPITAL_INSIDE.search(key):
        return {ORG: 1.0, PERSON: -1.5}
    return {}


def context_evidence(name: Name) -> Scores:
    """Give what one mention says about the name: spaCy's label, and the words around it."""
    scores: Scores = {KINDS[name.label]: 1.0} if name.label else {}
    doc, first, last = name.tokens.doc, name.tokens[0], name.tokens[-1]
    if _is_quoted(name):
        add(scores, {None: 2.5})
    if not first.i and DATELINE.match(doc.text):
        add(scores, {PLACE: 2.5})
    if first.i:
        add(scores, _what_precedes(doc[first.i - 1]))
    if last.i + 1 < len(doc):
        add(scores, _what_follows(name, doc[last.i + 1]))
    return scores


def _is_quoted(name: Name) -> bool:
    """Tell whether a name stands in quotation marks by itself, like the title of a series: 'Ozark'."""
    text = name.tokens.doc.text
    before, after = text[: name.start].removesuffix("The ")[-1:], text[name.end :].lstrip(",.")[:1]
    return before == after and before in ("'", '"')


def _what_precedes(before: Token) -> Scores:
    if before.lower_ in VESSELS:
        return {None: VESSEL}
    if before.lower_ in ROLE_NOUNS & ORG_NOUNS:
        return {PERSON: 1.0, ORG: 2.5, PLACE: -1.0}
    if before.lower_ == "based":
        return {ORG: 1.5}
    if before.lower_ == "of" and before.i and before.nbor(-1).lower_ in ("shares", "stock"):
        return {ORG: 2.0}
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
    before = name.tokens[0].nbor(-1).lower_ if name.tokens.start else ""
    rest = [token.lower_ for token in after.doc[after.i : after.i + 4]]
    if after.lower_ in VESSELS and before not in ("a", "an"):  # "a NASA spacecraft" is called otherwise
        add(scores, {None: VESSEL})
    if rest[:2] == ["-", "based"]:
        add(scores, {PLACE: 2.0, PERSON: -2.0})
    if after.lower_ in SITES:
        add(scores, {PLACE: 1.5, PERSON: -1.0})
    if after.lower_ in GOVERNED and len(name.words) == 1:
        add(scores, {PERSON: 2.0})
    owned = rest[1] if rest[0] == "'s" and len(rest) > 1 else rest[0]
    if owned in BUSINESS:
        add(scores, {ORG: 1.2})
    if rest[0] == "," and before in ("in", "of", "from") and _place_follows(after):
        add(scores, {PLACE: 1.5})
    named_next = after.i + 1 < len(after.doc) and capitalised(after.nbor(1))  # "the London firm Pallister"
    if (after.lower_ in ORG_NOUNS and not named_next) or rest[:2] == ["news", "agency"]:
        add(scores, {ORG: 1.2})
    if rest[0] == "who" or rest[:2] == [",", "who"]:
        add(scores, {PERSON: 1.5})
    if rest[0] == "," and len(rest) > 2 and rest[1].isdigit() and len(rest[1]) == 2 and rest[2] in (",", ".", ";"):
        add(scores, {PERSON: 2.0})
    root = name.tokens.root
    if root.dep_ == "nsubj" and root.head.lemma_ in SAYING:
        add(scores, {PERSON: 0.8, ORG: 0.5, PLACE: -0.5})
    if root.dep_ == "appos" and root.head.lower_ in ROLE_NOUNS:
        add(scores, {PERSON: 1.5})
    if root.dep_ in ("nsubj", "nsubjpass"):
        add(scores, _what_is_said_to_be(root))
    appositions = {child.lower_ for child in root.children if child.dep_ == "appos"}
    if appositions & VESSELS:
        add(scores, {None: VESSEL})
    elif appositions & ORG_NOUNS:
        add(scores, {ORG: 2.0, PLACE: -1.0})
    elif appositions & ROLE_NOUNS:
        add(scores, {PERSON: 1.5})
    return scores


def _place_follows(comma: Token) -> bool:
    """Tell whether a known place stands behind a comma: "Concord, North Carolina"."""
    ahead = comma.doc[comma.i + 1 : comma.i + 3]
    return len(ahead) > 0 and (is_known_place(ahead[0].text) or is_known_place(ahead.text))


def _what_is_said_to_be(root: Token) -> Scores:
    """Give what a sentence says of its subject: "Norgate is a chain", "it was founded"."""
    verb = root.head
    if root.dep_ == "nsubjpass":
        return {ORG: 1.5} if verb.lemma_ in ("found", "headquarter") else {}
    nouns = {child.lower_ for child in verb.children if child.dep_ == "attr"} if verb.lemma_ == "be" else set()
    if nouns & ORG_NOUNS:
        return {ORG: 2.0}
    return {PERSON: 1.5} if nouns & ROLE_NOUNS else {}
