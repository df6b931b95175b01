"""Brings together the names that stand for the same person, organisation or place within an article."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from entities.countries import STATE_ABBREVIATIONS, country_of, is_known_place
from entities.lexicon import CORPORATE_TAILS, PLACE_WORDS
from entities.teams import is_club
from models.entity import EntityType

DOTTED: Final = re.compile(r"\b[a-z]\.[a-z]$")
"""An acronym whose last full stop was taken for that of the sentence."""

INITIALISM_SKIPS: Final = frozenset("of the and for in on to & de".split())

SYNONYMS: Final = [
    frozenset(group.split("|"))
    for group in (
        "european union|eu",
        "united nations|un",
        "islamic state|isis|isil|daesh|is|islamic state group|islamic state of iraq and syria",
        "north atlantic treaty organization|nato",
        "republican party|gop",
        "defense department|pentagon|department of defense",
        "justice department|department of justice|doj",
        "federal bureau of investigation|fbi",
        "central intelligence agency|cia",
        "federal reserve|fed",
        "associated press|ap",
        "british broadcasting corporation|bbc",
        "united nations security council|un security council|security council",
    )
]
"""Names of organisations that can't be told from one another by their letters."""

PLACE_TAILS: Final = frozenset("bay province island river peninsula region district shoal".split())
"""What may be left off the name of a place: Kachin state, Kachin."""

SHORT_LASTS: Final = frozenset("union times post journal court guardian tribune chronicle council commission".split())
"""Last words by which an organisation is named again: the European Union, the Union."""

CHAMBERS: Final = frozenset("house senate".split())
"""What may not be left off: the Senate's committee is not the other chamber's."""


@dataclass(frozen=True)
class Mentioned:
    """A name at one place of the text, with its type. ``female``: what its title says, if it says so."""

    paragraph: int
    start: int
    end: int
    text: str
    type: EntityType
    female: bool | None = None


@dataclass
class Cluster:
    """Names held to stand for one thing."""

    type: EntityType
    mentions: list[Mentioned] = field(default_factory=list)

    @property
    def forms(self) -> Counter[str]:
        """The names used, with how often."""
        return Counter(m.text for m in self.mentions)


def link(names: Sequence[Mentioned], equal: Sequence[tuple[str, str]] = ()) -> list[Cluster]:
    """Group names by what they stand for; mentions stay in the order of the text.

    ``equal`` are pairs of which the article says that they are names for one.
    """
    clusters: list[Cluster] = []
    for kind in (EntityType.PERSON, EntityType.ORG, EntityType.PLACE):
        own = [name for name in names if name.type is kind]
        clusters += _people(own) if kind is EntityType.PERSON else _things(own, kind)
    for name, other in equal:
        _unite(clusters, name, other)
    return clusters


def _unite(clusters: list[Cluster], name: str, other: str) -> None:
    home = next((c for c in clusters if name in c.forms), None)
    second = next((c for c in clusters if other in c.forms), None)
    if home is not None and second is not None and home is not second and home.type is second.type:
        home.mentions += second.mentions
        clusters.remove(second)
        _ordered(home)


def plain(text: str) -> str:
    """Give a name without case, accents and the marks that vary: the form in which names are compared."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    folded = folded.replace("’", "'").removeprefix("the ").removesuffix("'s")
    undotted = re.sub(
        r"\b(?:[a-z]\.){2,}", lambda m: m[0].replace(".", ""), folded + ("." if DOTTED.search(folded) else "")
    )
    return re.sub(r"\s+", " ", undotted).strip(" .")


def _people(names: Sequence[Mentioned]) -> list[Cluster]:
    """Full names first, then what is left of a name goes to whom it fits best."""
    fulls: list[tuple[list[str], Cluster]] = []
    for name in sorted(names, key=lambda n: -len(n.text.split())):
        words = plain(name.text).split()
        if len(words) < 2:
            continue
        home = next((c for known, c in fulls if _same_person(words, known)), None)
        if home is None:
            home = Cluster(EntityType.PERSON)
            fulls.append((words, home))
        home.mentions.append(name)
    singles: dict[str, Cluster] = {}
    for name in names:
        word = plain(name.text)
        if " " in word:
            continue
        bearers = [c for known, c in fulls if word == known[-1]] or [c for known, c in fulls if word == known[0]]
        home = _nearest(bearers, name) or singles.setdefault(word, Cluster(EntityType.PERSON))
        home.mentions.append(name)
    return [_ordered(c) for c in (*(c for _, c in fulls), *singles.values())]


def _same_person(words: list[str], known: list[str]) -> bool:
    if words == known or known[-len(words) :] == words:
        return True
    if words[-1] != known[-1]:
        return False
    first, other = words[0], known[0]
    return first == other or (min(len(first), len(other)) > 2 and (first.startswith(other) or other.startswith(first)))


def _nearest(bearers: list[Cluster], name: Mentioned) -> Cluster | None:
    """Of several people with one surname, give the one named last before, or else the one named first."""
    if len(bearers) < 2:
        return bearers[0] if bearers else None
    place = (name.paragraph, name.start)

    def last_before(cluster: Cluster) -> tuple[int, int]:
        return max(
            ((m.paragraph, m.start) for m in cluster.mentions if (m.paragraph, m.start) < place), default=(-1, 0)
        )

    best = max(bearers, key=last_before)
    return (
        best
        if last_before(best) >= (0, 0)
        else min(bearers, key=lambda c: (c.mentions[0].paragraph, c.mentions[0].start))
    )


def _things(names: Sequence[Mentioned], kind: EntityType) -> list[Cluster]:
    groups: list[tuple[set[str], Cluster]] = []
    for text in sorted({plain(n.text) for n in names}, key=lambda t: (-len(t), t)):
        homes = [g for g in groups if any(_same_thing(text, known, kind) for known in g[0])]
        if len(homes) == 1:
            home = homes[0]
        else:
            home = (set(), Cluster(kind))
            groups.append(home)
        home[0].add(text)
        home[1].mentions += [n for n in names if plain(n.text) == text]
    return [_ordered(cluster) for _, cluster in groups]


def _same_thing(short: str, long: str, kind: EntityType) -> bool:
    """Tell whether two names stand for one organisation or place; ``long`` is the longer one."""
    if kind is EntityType.PLACE:
        country = country_of(short)
        if country is not None:
            return country_of(long) == country
        words = long.split()
        if _states().get(short) == long:
            return True
        tail = words[-1] in PLACE_TAILS and " ".join(words[:-1]) == short
        return len(words) > 1 and (tail or (short in PLACE_WORDS and words[-1] == short))
    if any(short in group and long in group for group in SYNONYMS):
        return True
    if is_initialism(short, long):
        return True
    first, _, rest = long.partition(" ")
    if country_of(first) and (rest == short or is_initialism(short, rest)):
        return True
    words = long.split()
    if words[-1] in CORPORATE_TAILS and " ".join(words[:-1]) == short:
        return True
    if " " in short and f" {short} " in f" {long} ":
        before = long.partition(short)[0].strip()
        return not before.split() or not (is_known_place(before) or before in CHAMBERS)
    if is_club(long.title()) and words[-1] == short:
        return True
    return short in SHORT_LASTS and words[-1] == short


@cache
def _states() -> dict[str, str]:
    """Give the American states by their abbreviations, in the form in which names are compared."""
    return {plain(abbreviation): state for abbreviation, state in STATE_ABBREVIATIONS.items()}


def is_initialism(short: str, long: str) -> bool:
    """Tell whether ``short`` is made of the first letters of ``long``: "acc", "anti-corruption commission"."""
    letters = short.replace(".", "")
    words = re.findall(r"[^\W_]+", long)
    if len(letters) < 2 or len(words) < 2 or not letters.isalnum():
        return False
    weighty = "".join(w[0] for w in words if w not in INITIALISM_SKIPS)
    return letters in (weighty, "".join(w[0] for w in words)) or (len(letters) > 2 and letters == weighty[:-1])


def _ordered(cluster: Cluster) -> Cluster:
    cluster.mentions.sort(key=lambda m: (m.paragraph, m.start))
    return cluster
