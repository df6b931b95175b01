"""Puts names and things in the place of pronouns that a question itself does not resolve."""

import re
from collections.abc import Iterable
from typing import Final

from entities.lexicon import ROLE_NOUNS
from models.entity import Entity, EntityType
from rag.conversation import Conversation, Named, is_person, is_woman
from rag.noun_phrases import PREPOSITIONS, is_plural, noun_phrases, plural
from rag.words import FUNCTION_WORDS, WORD

HE: Final = frozenset("he him his".split())
SHE: Final = frozenset("she her hers".split())
IT: Final = frozenset("it its".split())
THEY: Final = frozenset("they them their theirs".split())
PRONOUN: Final = re.compile(rf"\b({'|'.join(sorted(HE | SHE | IT | THEY, key=len, reverse=True))}|there)\b", re.I)

SUBJECTS: Final = frozenset("he she they it".split())
POSSESSIVES: Final = frozenset("his hers its their theirs".split())

ANYBODY: Final = re.compile(
    r"\b(?:who|whoever|anyone|anybody|someone|somebody|everyone|everybody|nobody)\b", re.IGNORECASE
)
"""Words that a pronoun after them may refer to: "Who said that he would resign?"."""

SAID_THAT: Final = re.compile(r"\b(?:that|said|says)\b", re.IGNORECASE)
WHO_IS: Final = re.compile(r"who (?:is|was) ", re.IGNORECASE)

INDEFINITE: Final = re.compile(r"\b(?:which|what|how many)\s+([^\W\d_]+)", re.IGNORECASE)
"""A thing that the question itself brings up: "Which company says that it pays?"."""

IMPERSONAL: Final = re.compile(
    r"\W*(?:\w+\W+){0,2}?(?:that|to|whether|if|for|like|raining|snowing|late|true|possible|likely|clear)\b"
    r"|\W*(?:take|cost|matter|mean|seem|look|appear|happen|turn|help)\b.*\b(?:to|that|if|like|out)\b",
    re.IGNORECASE,
)
"""What follows an "it" that stands for nothing: "Is it true that ...?"."""

THERE_IS: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|will|has|have|had|exists?|any)\W*$", re.IGNORECASE)
IS_AFTER: Final = re.compile(r"\W*(?:is|are|was|were|be|been|will|has|have|had|any|no)\b", re.IGNORECASE)
MOTION: Final = frozenset(
    "go goes went going get gets got travel travels travelled fly flew move moved come came".split()
)
CALENDAR: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december i""".split()
)


def resolve(question: str, talk: Conversation, *, apart_from: Entity | None = None) -> str:
    """Resolve the pronouns of a question by the conversation before it; one that stays has its meaning beside it.

    ``apart_from`` is somebody whom they don't mean.
    """
    done: set[frozenset[str] | str] = set()
    position = 0
    while match := PRONOUN.search(question, position):
        word = match[1].casefold()
        kind = next((kind for kind in (HE, SHE, IT, THEY) if word in kind), word)
        meant = None if kind in done else _meant(question, match, talk, apart_from)
        done.add(kind)  # the next one of a kind means the same, and has it before it in the question now
        if meant is None:
            position = match.end()
            continue
        put = _instead(meant, word, question[match.end() :])
        if match.start() == 0:
            put = put[:1].upper() + put[1:]
        question = f"{question[: match.start()]}{put}{question[match.end() :]}"
        position = match.start() + len(put)
    return question


def _meant(question: str, match: re.Match[str], talk: Conversation, apart_from: Entity | None) -> str | None:
    """Give what a pronoun stands for; None where the question itself tells, or nothing does."""
    word, before, after = match[1].casefold(), question[: match.start()], question[match.end() :]
    named = talk.names.in_text(question)
    earlier = [n for n in named if n.end <= match.start()]
    if word == "there":
        return _place(before, after, earlier, talk)
    if word in IT:
        return _thing(before, after, earlier, talk)
    if word in THEY:
        both = word == "they" and re.search(r"\bthem\b", after, re.IGNORECASE)  # two groups: which is which?
        return None if both else _several(before, earlier, talk)
    return _somebody(word, before, after, named, talk, apart_from)


def _somebody(
    word: str, before: str, after: str, named: list[Named], talk: Conversation, apart_from: Entity | None
) -> str | None:
    def fits(entity: Entity) -> bool:
        return is_person(entity) and is_woman(entity) is not (word in HE)

    here = [n.entity for n in named]
    if any(n.end <= len(before) and fits(n.entity) for n in named) or has_unknown_name(before, named):
        return None
    own = word in SUBJECTS or (word in POSSESSIVES and SAID_THAT.search(before))
    anybody = own and ANYBODY.search(before) and not WHO_IS.fullmatch(before)
    if anybody or any(w.casefold() in ROLE_NOUNS for w in WORD.findall(before)):
        return None
    if "," in after and any(n.start > len(before) + after.index(",") and fits(n.entity) for n in named):
        return None  # "When he spoke, what did Lavrov say?"
    spoken_of = [n for n in talk.spoken_of() if fits(n.entity) and n.entity not in here]
    others = [n for n in spoken_of if n.entity != apart_from]
    return next((n.name for n in (*others, *spoken_of)), None)


def _thing(before: str, after: str, earlier: list[Named], talk: Conversation) -> str | None:
    if IMPERSONAL.match(after) or has_unknown_name(before, earlier) or any(not is_person(n.entity) for n in earlier):
        return None
    asked = INDEFINITE.search(before)
    ends = not after.strip(" ?.!")  # "Which firm owns it?": a firm does not own itself
    if any(True for _ in noun_phrases(before)) or (asked and asked[1].casefold() not in FUNCTION_WORDS and not ends):
        return None
    for turn in reversed(talk.turns):
        if found := _thing_of(turn.question, talk):
            return found
        named = talk.names.in_text(turn.answer)
        if found := next((n.name for n in named if n.entity.type is EntityType.ORG), None):
            return found  # not a place, of which an answer names many in passing
    return None


def _thing_of(question: str, talk: Conversation) -> str | None:
    """Give what an earlier question is about: a thing that is no object of a preposition, else any."""
    named = talk.names.in_text(question)
    things = [
        p for p in noun_phrases(question) if p.is_thing and not any(n.start < p.end and p.start < n.end for n in named)
    ]
    free = [(p.start, p.definite) for p in things if not p.governed]
    bodies = [n for n in named if not is_person(n.entity)]
    free += [(n.start, n.name) for n in bodies if not _governed(question, n.start)]
    if free:
        return min(free)[1]
    return next(iter([*(p.definite for p in things), *(n.name for n in bodies)]), None)


def _governed(text: str, start: int) -> bool:
    before = WORD.findall(text[:start])
    before = before[:-1] if before and before[-1].casefold() == "the" else before
    return bool(before) and before[-1].casefold() in PREPOSITIONS


def _several(before: str, earlier: list[Named], talk: Conversation) -> str | None:
    own = [w for w in WORD.findall(before) if w.casefold() not in FUNCTION_WORDS]
    if earlier or ANYBODY.search(before) or any(map(is_plural, own)) or has_unknown_name(before, earlier):
        return None
    among = before.rstrip().casefold().endswith(" of")
    for turn in reversed(talk.turns):
        for text in (turn.question, turn.answer):
            if found := plural(text, counted=text is turn.answer):
                return found
            bodies = (n.name for n in talk.names.in_text(text) if n.entity.type is EntityType.ORG)
            if not among and (body := next(bodies, None)):
                return body
    return None


def _place(before: str, after: str, earlier: list[Named], talk: Conversation) -> str | None:
    if THERE_IS.search(before) or IS_AFTER.match(after) or not WORD.search(before):
        return None
    if any(n.entity.type is EntityType.PLACE for n in earlier) or has_unknown_name(before, earlier):
        return None
    places = (n.name for n in talk.spoken_of() if n.entity.type is EntityType.PLACE)
    if (place := next(places, None)) is None:
        return None
    last = WORD.findall(before)[-1].casefold()
    return place if last in PREPOSITIONS else f"to {place}" if last in MOTION else f"in {place}"


def has_unknown_name(before: str, named: Iterable[Named]) -> bool:
    """Tell whether a name stands there that the article does not know: the pronoun may mean it."""
    known = [(n.start, n.end) for n in named]
    return any(
        m.start() > 0
        and m.group()[0].isupper()
        and m.group().casefold() not in CALENDAR
        and not any(start <= m.start() < end for start, end in known)
        for m in WORD.finditer(before)
    )


def _instead(meant: str, word: str, after: str) -> str:
    """Give what stands in the place of a pronoun, in its case."""
    following = WORD.match(after.lstrip())
    owns = word in POSSESSIVES or (word == "her" and following and following.group().casefold() not in FUNCTION_WORDS)
    if not owns:
        return meant
    return f"{meant}’" if meant.endswith("s") and is_plural(meant) and meant.startswith("the ") else f"{meant}’s"
