"""Decides what each name of an article stands for, by the evidence of all its mentions together."""

from collections.abc import Sequence
from typing import Final

from entities.also_known import AlsoKnown
from entities.countries import is_known_place
from entities.edges import LONGEST_PERSON
from entities.evidence import ORG, PERSON, PLACE, Scores, add, context_evidence, own_evidence
from entities.lexicon import CORPORATE_TAILS, HEAVENLY_BODIES, INSTITUTIONS, ORG_WORDS, PLACE_WORDS, STORMS
from entities.names import Name
from entities.parsing import PLAIN_MARKS, ParsedArticle
from entities.quotes import find_quotes, is_title
from entities.teams import is_club
from models.entity import EntityType

TITLE_OF_WORK: Final = 20.0
"""Evidence that a name which is the title of a film or a book elsewhere in the article is nothing else."""

SPOKEN: Final = 0.8
"""Evidence that the surname of somebody in the article, which is a place's name, too, is theirs: "Jordan said"."""

TICKER: Final = 2.5
"""Evidence that a single word with an abbreviation behind it is a company."""

SEVERAL_BODIES: Final = 3
"""Planets and moons that are named in an article about them."""

UNSEEN_MINIMUM: Final = 1.2
"""Evidence that a name which spaCy never saw needs in order to count."""


def form(text: str) -> str:
    """Give the form under which the mentions of one name are counted together."""
    return text.translate(PLAIN_MARKS).removeprefix("the ").removeprefix("The ")


def kinds_of(names: Sequence[Name], known: Sequence[AlsoKnown], titles: frozenset[str]) -> dict[str, EntityType]:
    """Give the type of every name that counts, by its form; names that stand for nothing we list are left out.

    ``known`` are pairs of names for one, ``titles`` those of works that the article speaks of.
    """
    scores: dict[str, Scores] = {}
    seen: set[str] = set()
    bodies = {key for name in names if (key := form(name.text)).casefold() in HEAVENLY_BODIES}
    if len(bodies) >= SEVERAL_BODIES:
        scores |= {key: {PLACE: 5.0} for key in bodies}
    for name in names:
        key = form(name.text)
        own: Scores = {None: TITLE_OF_WORK} if key in titles else own_evidence(key)
        add(scores.setdefault(key, own), context_evidence(name))
        if name.label:
            seen.add(key)
    _equate(known, scores)
    kinds = {key: _best(score, UNSEEN_MINIMUM if key not in seen else 0.0) for key, score in scores.items()}
    _families(kinds, scores)
    _short_forms(kinds)
    return {key: kind for key, kind in kinds.items() if kind is not None}


def _best(scores: Scores, minimum: float) -> EntityType | None:
    kind, score = max(scores.items(), key=lambda item: item[1], default=(None, 0.0))
    return kind if score > 0 and score >= minimum else None


def _equate(known: Sequence[AlsoKnown], scores: dict[str, Scores]) -> None:
    """Let a second name for something be what the first one is."""
    for name, other in known:
        mine, others = scores[form(name.text)], scores[form(other.text)]
        best = max(mine, key=lambda kind: mine[kind], default=None)
        add(others, {best: max([0.0, *mine.values()]) + max([0.0, *others.values()])})
        if other.text.isupper() and len(name.words) == 1:
            add(mine, {ORG: TICKER})  # "Veldgren (VLD)"
            add(others, {ORG: TICKER})


def titles_of_works(parsed: ParsedArticle) -> frozenset[str]:
    """Give the titles in quotation marks of an article, also as they stand before a colon."""
    titles = set()
    for number, doc in enumerate(parsed.docs):
        for quote in find_quotes(parsed.paragraph(number)):
            title = doc.text[quote.start + 1 : quote.end - 1].rstrip(",.")
            if is_title(doc.text, quote):
                titles |= {title, title.partition(":")[0]}
    return frozenset(titles)


def _short_forms(kinds: dict[str, EntityType | None]) -> None:
    """Let names stand for the same in short: "Veldgren" is what "Veldgren Group" is, "Ian" what "Hurricane Ian" is."""
    lower = {key.casefold() for key in kinds}
    for key in kinds:
        if any(f"{storm} {key.casefold()}" in lower for storm in STORMS):
            kinds[key] = None
    people = {word for key, kind in kinds.items() if kind is PERSON for word in key.split()[-1:] if " " in key}
    for full in [key for key, kind in kinds.items() if kind is ORG]:
        short, _, tail = full.rpartition(" ")
        named_so = tail.casefold() in CORPORATE_TAILS | ORG_WORDS and kinds.get(short) is PERSON
        if named_so and short not in people:
            kinds[short] = ORG
        if is_club(full) and tail in kinds:
            kinds[tail] = ORG


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
                add(shared, scores[short])
                named = kinds[full] is PERSON and short.casefold() not in INSTITUTIONS
                place = is_known_place(short) and scores[short].get(PERSON, 0.0) < SPOKEN
                if (named or _best(shared, 0.0) is PERSON) and not place:
                    kinds[full] = kinds[short] = PERSON
