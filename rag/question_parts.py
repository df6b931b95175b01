"""The parts of a question that asks for several things: each a question of its own, which may be answered elsewhere.

"Who won, and what did it cost?" asks for one thing after the other, "What did Ode and Lind each say?" for the same of
two. By rule, and with care: what can't be taken apart into words that stand on their own stays whole.
"""

import re
from collections.abc import Sequence
from typing import Final

from models.entity import Entity, EntityType
from models.question import Turn
from rag.conversation import Names, is_person, is_woman
from rag.follow_up import understand
from rag.noun_phrases import AUXILIARIES, BE, PREPOSITIONS, is_plural, noun_phrases
from rag.pronouns import HE, IT, SHE, has_unknown_name
from rag.question_type import SPEAKS, SPEECH
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

EMBEDDED: Final = re.compile(
    rf"\W*\w+\s+\w+\b.*\b(?:whom?|whose|what|which|why|how|whether"
    rf"|(?:{'|'.join(sorted(SPEECH))}|about|know|clear|known|certain)\s+(?:when|where))\b"
    rf"|.*[,;]\s+(?:\w+\s+)?(?:{_ASKS})\b",
    re.IGNORECASE | re.DOTALL,
)
"""A question or a clause within another, or behind an opening of its own ("According to Ode, who ..."): what follows
"and" may go on with that, and not with the whole."""

_NAME: Final = r"(?:the\s+)?(?:[^\W\d_]+\s+){0,3}?[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*"
OF_BOTH: Final = re.compile(
    rf"\b(?P<verb>did|do|have|are|were|will|would)\s+(?P<one>{_NAME})\s+and\s+(?P<other>{_NAME})"
    rf"(?P<head>(?:\s+[a-z]+)??)\s+(?:(?:each|both)\s+(?=[a-z])|(?=(?:{'|'.join(sorted(SPEECH))})\b))"
)
"""Two of whom the same is asked each, or what they say: "How did Ode and Lind each vote?"."""

ASKS_MORE: Final = re.compile(rf"\band\s+(?:\w+\s+)?(?:{_ASKS})\b|\b(?:they|them|their)\b")
"""Something else that is asked of both, or is both's: "... each say and when?", "... announce their engagement?"."""

SINGULAR: Final = {"do": "does", "have": "has", "are": "is", "were": "was"}

NOT_APART: Final = re.compile(r"[:\"“”]|\b(?:each other|one another|together)\b")
"""Where somebody's words or an explanation are part of the question, or what two do to each other."""

AS_ONE: Final = re.compile(r"\b(?:joint(?:ly)?|agree|disagree|compare|argue|negotiate|discuss)\b")
"""What two do with each other, or as one."""

LEAST_WORDS: Final = 2
"""Content words of a question of its own that has no auxiliary: "and in what year?" goes on from the one before."""

SUBJECT_ASKS: Final = re.compile(r"who\s+(?!last\b|first\b|least\b|most\b|else\b)[a-z]+\s+\w+", re.IGNORECASE)
"""A question for the subject has no auxiliary either: "Who replaced him?"."""

NOUN_ONLY: Final = re.compile(r"\W*(?:what|which)\s+(?:kind|sort|type)s?\s+of\s+\w+", re.IGNORECASE)
"""Half of what one verb is asked of: "What kind of car and how many people were hit?"."""

LEANS: Final = re.compile(
    rf"\b(?:{_VERBS})\s+(?:he|she|they|it|this|that)\b|\b(?:ones?|each|others?|else)\b|\b(?:this|so)\Z"
    rf"|\A\W*which\s+(?:{_VERBS})\b"
    r"|\bhow\s+(?:many|much)\s+(?:in|on|at|by|for|from|of|to|a|an|the|last|this|next)\b",
    re.IGNORECASE,
)
"""What means something of another question, or leaves out what that one has: "Which one?", "How many in July?"."""

IS_IT: Final = re.compile(r"\b(?:is|was) (?:it|he|she)\Z", re.IGNORECASE)
"""It is asked what something is: "... and what airline was it?"."""

ASKS_FOR_A_THING: Final = re.compile(r"(?:what|which)\s+(?!is\b|was\b)", re.IGNORECASE)

PRONOUN: Final = re.compile(rf"\b(?:{'|'.join(sorted(HE | SHE | IT))})\b", re.IGNORECASE)
"""What is named in a later part, if it is the only one there; with two, one may mean the other."""

DID: Final = re.compile(
    r"(?P<asks>.+?)\s(?:do|does|did)\s(?P<subject>(?:(?!\b(?:that|who|which|and)\b).){1,60}?)"
    rf"(?<!\bthe)(?<!\ba)(?<!\ban)\s(?P<does>(?:{'|'.join(sorted(SPEAKS))})\b.*)",
    re.IGNORECASE,
)
"""What somebody says or wants: "What | does | Ode | blame for it"."""

LEAVES_OUT: Final = re.compile(
    rf"(?P<asks>.*?)\s?\b(?:{'|'.join(sorted(AUXILIARIES - {'have', 'has', 'had'}))})\s+"
    rf"(?:(?:he|she|it|they)(?:\s+(?:{'|'.join(sorted(PREPOSITIONS))}|last|this)\s.+)?|(?P<named>"
    r"(?:the|an?|his|her|its|their|(?:the\s+)?\S+['’]s)\s+(?-i:[a-z])[\w-]+"
    r"|(?:the\s+)?(?-i:[A-Z])[\w.-]*(?:\s+(?-i:[A-Z])[\w.-]*)*))",
    re.IGNORECASE,
)
"""A question that leaves out what somebody does, since the one before has it: "... and what does the mayor?"."""

_WHERE: Final = r"(?:(?-i:[A-Z])\w*|\d+)"
COUNTED: Final = re.compile(
    rf"(?P<counts>how (?:many|much)\b.*)\s(?P<at>in|on|at|by)\s(?P<where>{_WHERE}(?:\s{_WHERE}){{0,2}})", re.IGNORECASE
)
COUNTS_ON: Final = re.compile(r"how (?:many|much)\s+(?P<at>in|on|at|by)\s+(?P<where>\w+(?:\s\w+)?)", re.IGNORECASE)
"""Something is counted, and then the same elsewhere: "How many came in March, and how many in July?"."""


def parts_of(question: str, entities: Sequence[Entity]) -> tuple[str, ...]:
    """Give the questions that are asked in one; just this one where it is one.

    What a later one leaves to "he" or "it", or leaves out, is named as far as that is beyond doubt: by the first, and
    the ``entities`` of the article.
    """
    asked = " ".join(question.split()).rstrip("?! ")
    if NOT_APART.search(asked):
        return (question,)
    if AND_ASKS.search(asked):
        return _one_after_the_other(asked, entities) or (question,)
    return _of_both(asked, entities) or (question,)


# --- "When did it close, and who will pay?" ---


def _one_after_the_other(asked: str, entities: Sequence[Entity]) -> tuple[str, ...] | None:
    first, *later = (f"{part[:1].upper()}{part[1:]}" for part in AND_ASKS.split(asked))
    apart = [first]
    for part in later:
        spelt_out = _spelt_out(part, first, entities)
        if spelt_out is None or LEANS.search(spelt_out):
            return None
        apart.append(spelt_out)
    if EMBEDDED.match(first) or not all(map(_is_question, apart)):
        return None
    return tuple(f"{part}?" for part in apart)


def _spelt_out(part: str, first: str, entities: Sequence[Entity]) -> str | None:
    """Give a later part in words of its own; None where what it leaves to the first is in doubt."""
    if counts := COUNTS_ON.fullmatch(part):
        return _elsewhere(first, counts)
    if leaves_out := LEAVES_OUT.fullmatch(part):
        return _filled(part, first, leaves_out)
    pronouns = [word.casefold() for word in PRONOUN.findall(part)]
    if len(pronouns) != 1:
        return part
    if _may_mean_another(pronouns[0], first, entities) or IS_IT.search(part):
        return None
    return understand(part, [Turn(question=f"{first}?")], entities).rstrip("?")


def _elsewhere(first: str, counts: re.Match[str]) -> str | None:
    """Count what the first question counts at another place or time; None where it does not say at which."""
    counted = COUNTED.fullmatch(first)
    if counted is None or counted["at"] != counts["at"] or f" {counts['at']} " in counted["counts"]:
        return None
    same_kind = counted["where"][0].isdigit() == counts["where"][0].isdigit()
    return f"{counted['counts']} {counts['at']} {counts['where']}" if same_kind else None


def _filled(part: str, first: str, leaves_out: re.Match[str]) -> str | None:
    """Put in what the first question says that somebody says or wants, where the same is asked of both."""
    did = DID.fullmatch(first)
    same = did and leaves_out["named"] and did["asks"].casefold() == leaves_out["asks"].casefold()
    return f"{part} {did['does']}" if did and same else None


def _may_mean_another(pronoun: str, first: str, entities: Sequence[Entity]) -> bool:
    """Tell whether a pronoun may mean another than the first thing or person that the first question names.

    "It" may mean what is asked for, too, or somebody whom the article does not know.
    """
    found = Names(entities).in_text(first)
    named = {n.entity.name: n.entity for n in found}.values()
    if pronoun in IT:
        phrases = [p for p in noun_phrases(first) if all(n.end <= p.start or p.end <= n.start for n in found)]
        things = sum(phrase.is_thing for phrase in phrases) + sum(not is_person(entity) for entity in named)
        return things > 1 or has_unknown_name(first, found) or ASKS_FOR_A_THING.match(first) is not None
    people = [entity for entity in named if is_person(entity) and is_woman(entity) is not (pronoun in HE)]
    return len(people) > 1


def _is_question(part: str) -> bool:
    """Tell whether a part has what it takes: a verb, or at least something that it asks about."""
    there = [word.casefold() for word in words(part)]
    asks_only = not there or there[-1] in _ASKS.split("|")
    has_verb = bool((AUXILIARIES | BE) & set(there)) or SUBJECT_ASKS.match(part) is not None
    return not (asks_only or NOUN_ONLY.fullmatch(part)) and (has_verb or len(content_words(part)) >= LEAST_WORDS)


# --- "What did Ode and Lind say?" ---


def _of_both(asked: str, entities: Sequence[Entity]) -> tuple[str, ...] | None:
    """Ask the same of each of two, where it is asked of each, or what they say is asked for."""
    two = OF_BOTH.search(asked)
    if two is None or _is_one_phrase(two, entities) or AS_ONE.search(asked) or ASKS_MORE.search(asked, two.end()):
        return None
    one, other, head = two["one"], two["other"], two["head"]
    shared = head if one.startswith("the ") == other.startswith("the ") else ""  # "the Scottish and the Welsh leader"
    before, rest = asked[: two.start()], asked[two.end() :]
    names = Names(entities)
    verbs = [SINGULAR.get(two["verb"], two["verb"]) if _is_one(name, names) else two["verb"] for name in (one, other)]
    return f"{before}{verbs[0]} {one}{shared} {rest}?", f"{before}{verbs[1]} {other}{head} {rest}?"


def _is_one_phrase(two: re.Match[str], entities: Sequence[Entity]) -> bool:
    """Tell whether the "and" stands within a name ("Trinidad and Tobago") or within what one word governs."""
    one, other = two["one"].removeprefix("the "), two["other"].removeprefix("the ")
    joined = f"{one.split()[-1]} and {other.split()[0]}".casefold()
    names = [name.casefold().replace("&", "and") for entity in entities for name in (entity.name, *entity.aliases)]
    of_a_name = any(joined in name for name in names)
    lower = [word for word in one.split() if word[0].islower()]
    one_head = PREPOSITIONS & set(lower) or any(map(is_plural, lower))  # "the mayors of Oslo and Kiel", "brothers ..."
    of_both = bool(two["head"]) and two["one"].startswith("the ") and not two["other"].startswith("the ")
    three = " and " in two["other"] or two.string[two.end("other") :].lstrip().startswith("and ")
    return bool(of_a_name or one_head or of_both or three or one == other)


def _is_one(name: str, names: Names) -> bool:
    """Tell whether a name is that of one: "Sanders" is, if the article knows him, and "the Greens" are not."""
    if any(n.entity.type is EntityType.PERSON for n in names.in_text(name)):
        return True
    return not is_plural(name.split()[-1])
