"""Follow-ups: a question that goes on from the conversation, in words that stand on their own.

By rule, without a second pass of the model, and with care: a question that may stand on its own stays as it is.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from models.entity import Entity
from models.question import LONGEST_QUESTION, Turn
from rag.conversation import Conversation, Named, cut, is_person
from rag.noun_phrases import AUXILIARIES, BE
from rag.pronouns import resolve
from rag.question_type import SPEECH
from rag.words import FUNCTION_WORDS, WORD

ASKING: Final = frozenset("who whom whose what which when where why how".split()) | AUXILIARIES | BE
"""What a question opens with."""

LEAD: Final = re.compile(r"(?:(?:and|but|so|then|or|ok|okay)\b,?\s+)+", re.IGNORECASE)
"""Words that say no more than that the conversation goes on."""

ABOUT: Final = re.compile(r"(?:what|how) about\s+(.+)", re.IGNORECASE)

THE_BEFORE: Final = re.compile(r"\bthe $", re.IGNORECASE)

BARE: Final = re.compile(r"(when|where|why|how)(?: so| come| exactly)?", re.IGNORECASE)
"""A question of which the rest is the one before."""

WAS_THAT: Final = re.compile(r"(when|where|why|how) (?:was|is) (?:that|this|it so)", re.IGNORECASE)
SAY_SO: Final = re.compile(r"(.*\b([^\W\d_]+)) (?:that|this|so|it)", re.IGNORECASE)
AFTER_THAT: Final = re.compile(r"(?:(?:and|so) )?(?:(.*\S \S+) then|what then|then what|then)", re.IGNORECASE)
POINTS_BACK: Final = re.compile(
    r".*\b(?:that|this|those|do so)"
    r"|(?:is|was|does|did|will|would|can|could|has) (?:that|this) (?:true|enough|right|correct|mean|happen|matter)\b.*"
    r"|.* (?:is|was) (?:that|this) (?:so|true|important|necessary|possible|legal|a problem)",
    re.IGNORECASE,
)
"""A "that" which is neither the beginning of a clause nor part of "that bridge"."""

CLAUSE_BEFORE: Final = re.compile(
    r"[,;:–—]|^(?:when|if|after|before|because|while|since|although)\s+\S+\s+\w+ed\b", re.I
)
"""The question has said something itself that "that" may mean."""

REPLIES: Final = re.compile(r"\b(?:reply|respond|react)$", re.IGNORECASE)

PREPOSITION: Final = re.compile(
    r"(in|on|at|for|from|to|with|by|during|after|before|since|until|under|against|near)\s", re.IGNORECASE
)


def understand(question: str, earlier: Sequence[Turn], entities: Iterable[Entity]) -> str:
    """Give a question as it is to be understood after the conversation before it; most are what they are."""
    if not earlier:
        return question
    talk = Conversation(earlier, entities)
    asked = " ".join(question.split()).rstrip("?! ")
    body = _without_lead(asked)
    led = body != asked
    understood = _after_that(asked, talk) or _in_the_same_words(body, talk, led=led) or _spelt_out(body, talk, led=led)
    if understood is None or understood == asked:
        return question
    return cut(f"{understood[:1].upper()}{understood[1:]}", LONGEST_QUESTION - 1) + "?"


def _without_lead(asked: str) -> str:
    """Take off a leading "And" or "So", where a question follows."""
    if not (lead := LEAD.match(asked)):
        return asked
    rest = asked[lead.end() :]
    opens = WORD.match(rest)
    goes_on = lead.group().strip(" ,").casefold() in ("and", "but", "or")  # "And Blinken?", but not "So far, ...?"
    asks = opens is not None and opens.group().casefold() in ASKING and rest.casefold() != "what"
    return rest if opens and (goes_on or asks) else asked


# --- "What about Blinken?": the question before, about somebody or something else ---


def _in_the_same_words(body: str, talk: Conversation, *, led: bool) -> str | None:
    """Ask the question before anew, with what is new in it; None where this one asks something of its own."""
    before = talk.last.question.rstrip("?! ")
    if bare := BARE.fullmatch(body):
        return _asked_otherwise(bare[1], before, talk)
    about = ABOUT.fullmatch(body)
    opens = WORD.match(body)
    if about is None and (not led or opens is None or opens.group().casefold() in ASKING):
        return None
    new = resolve(about[1] if about else body, talk)
    if (named := talk.names.called(new)) is not None:
        return _about(named, before, talk) or f"What about {named.name}"
    return _at(new, before) or (f"What about {new}" if about is None else None)


def _about(named: Named, before: str, talk: Conversation) -> str | None:
    """Put somebody or something in the place of the first of its kind."""
    new, there = named.entity, talk.names.in_text(before)
    same = [n for n in there if is_person(n.entity) == is_person(new) and (is_person(new) or n.entity.type == new.type)]
    speaking = [n for n in there if n.entity.statements and new.statements]
    for old in [*same, *speaking]:
        if old.entity != new:
            return f"{THE_BEFORE.sub('', before[: old.start])}{named.name}{before[old.end :]}"
    return None


def _at(new: str, before: str) -> str | None:
    """Put another place, time or purpose to a question: "And in 2009?"."""
    if not (opens := PREPOSITION.match(new)):
        return None
    end = re.compile(rf"\s{opens[1]}\s(?:(?:the|a|an)\s)?\S+$", re.IGNORECASE)
    return f"{end.sub('', before)} {opens[1].lower()}{new[opens.end(1) :]}"


def _asked_otherwise(asks: str, before: str, talk: Conversation) -> str | None:
    """Ask why, when or where of what the question before was about, else of what was answered."""
    first, _, rest = before.partition(" ")
    if first.casefold() in AUXILIARIES | BE:
        return f"{asks} {first.lower()} {rest}"
    verb = rest.partition(" ")[0].casefold()
    if first.casefold() in ("when", "where", "why", "how") and verb in AUXILIARIES | BE:
        return f"{asks} {rest}"
    return _cleft(asks, talk)


def _cleft(asks: str, talk: Conversation) -> str | None:
    said = talk.said()
    be = "is" if asks.casefold() in ("why", "how") else "was"
    return f"{asks} {be} it that {said}" if said else None


# --- "Why did he say so?": a question of its own, whose words point back ---


def _spelt_out(body: str, talk: Conversation, *, led: bool) -> str | None:
    replies = REPLIES.search(body) if led or _has_pronoun_subject(body) else None
    to = _addressed(body, talk) if replies else None
    resolved = resolve(body, talk, apart_from=to.entity if to else None)
    if to is not None and to.name not in resolved:
        return f"{resolved} to {to.name}"
    return _with_what_was_said(resolved, talk)


def _has_pronoun_subject(body: str) -> bool:
    return bool(re.search(r"\b(?:he|she|they)\b", body, re.IGNORECASE))


def _addressed(body: str, talk: Conversation) -> Named | None:
    """Give whom somebody replies to: whom the question before was about."""
    here = [named.entity for named in talk.names.in_text(body)]
    return next((n for n in talk.names.in_text(talk.last.question) if n.entity not in here), None)


def _after_that(asked: str, talk: Conversation) -> str | None:
    """Say after what something happened: "What did he do then?"."""
    then, said = AFTER_THAT.fullmatch(asked), talk.said()
    if then is None or said is None:
        return None
    return f"{resolve(_without_lead(then[1]), talk) if then[1] else 'What happened'} after that: {said}"


def _with_what_was_said(body: str, talk: Conversation) -> str:
    """Put what was last answered in the place of "that" and "so"."""
    said = talk.said()
    if said is None or CLAUSE_BEFORE.search(body):
        return body
    if when := WAS_THAT.fullmatch(body):
        return _cleft(when[1], talk) or body
    if (says := SAY_SO.fullmatch(body)) and (says[2].casefold() in SPEECH or says[2].casefold() in ("know", "confirm")):
        return f"{says[1]} that {said}"
    if POINTS_BACK.fullmatch(body) and body.split()[0].casefold() in FUNCTION_WORDS:
        return f"{body}: {said}"
    return body
