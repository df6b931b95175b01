"""Puts the edges of names right: cuts what spaCy ran together, trims what is no part of a name, adds what was left."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from spacy.tokens import Doc, Span, Token

from entities.countries import country_of, is_known_place, place_of_demonym
from entities.given_names import is_given_name
from entities.lexicon import (
    CORPORATE_TAILS,
    GROUPS,
    HONORIFICS,
    JOINED_BY_AND,
    NEWS_AGENCIES,
    NO_NAMES,
    NO_PARTS,
    OFFICE_DOMAINS,
    ORG_NOUNS,
    ORG_WORDS,
    PLACE_WORDS,
    ROLE_NOUNS,
    TITLES,
    WITH_S,
)
from entities.quotes import find_quotes, inside, is_title
from entities.teams import are_players, has_clubs

LabelledSpan: TypeAlias = tuple[Span, str | None]
"""A name with spaCy's label, None where it saw no name."""

PARTICLES: Final = frozenset(
    "al al- von van der den de del della di da dos du la le ten ter bin ibn abu el 't zu zur bint ben".split()
)
"""Lower-case words inside the names of people."""

ABBREVIATED: Final = frozenset("gen col lt rep gov sen capt maj".split())
"""Titles without a full stop that may as well be given names: Gen Nakatani."""

PARTIES: Final = ("(D-", "(R-", "(I-")
"""What stands before the state of an American politician: Jack Reed (D-R.I.)."""

LONGEST_PERSON: Final = 5
"""Words of a person's name at the most."""

DATELINE_WORDS: Final = 8
"""Words at the beginning of a report within which the agency stands: "New York CNN Business —"."""

CUT_TITLES: Final = frozenset("sen sens rep reps gov govs gen gens mr messrs".split())

ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")

FUNCTION_WORDS: Final = frozenset(("ADP", "ADV", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"))
"""Parts of speech of words that are no name by themselves."""

JUNK: Final = re.compile(r"[@#<>{}\\_=]|://|^[DR]-[A-Z]|\w[?!:]\S")
"""What no name holds: handles, addresses, the party and state of a politician (D-R.I.)."""

SPOKEN_OF: Final = frozenset("meteorologist correspondent analyst reporter anchor commentator spokesman host".split())
"""Words that stand, capitalised, between an organisation and the name of somebody who works for it."""

OPENERS: Final = frozenset("inside outside near behind beyond across contact reach follow meet watch".split())
"""Words that stand, capitalised, before a name at the beginning of a sentence."""

MARKS: Final = frozenset('()[]",;:/|–—―*•')
"""Marks that stand before a name without being part of it."""


def joined(spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """Put together what spaCy cut: people's names ("Andrés Manuel" "López Obrador"), those of clubs and authorities."""
    whole_names: list[LabelledSpan] = []
    for name in spans:
        while whole_names and (whole := _whole(whole_names[-1], name)) is not None:
            name = whole
            whole_names.pop()
        whole_names.append(name)
    return whole_names


def _whole(first: LabelledSpan, second: LabelledSpan) -> LabelledSpan | None:
    """Give the name of which two are the parts, None where they are two names."""
    (one, one_label), (other, label) = first, second
    if one.start > other.start:
        return None
    whole = one.doc[one.start : other.end]
    if _is_joined_by_and(one, other):
        return whole, "ORG"
    if one.end != other.start:
        return None
    if label == one_label == "PERSON" and len(whole) <= LONGEST_PERSON:
        return whole, "PERSON"
    chamber = one_label == "ORG" or one.text in ("House", "Senate")
    committee = label == "ORG" and chamber and other[-1].lower_ in ORG_WORDS
    club = has_clubs(one.text) and are_players(other.text)
    return (whole, "ORG") if committee or club else None


def _is_joined_by_and(first: Span, second: Span) -> bool:
    near = first.end + 1 == second.start and first.doc[first.end].lower_ in ("and", "&")
    return near and f"{first[-1].lower_} {second[0].lower_}" in JOINED_BY_AND


def capitalised(token: Token) -> bool:
    """Tell whether a word is written like a name: McCain, U.S., al-Assad."""
    return any(c.isupper() for c in token.text)


def parts_of(ent: Span) -> list[Span]:
    """Cut what spaCy ran together: "Putin and Biden", "Jack Reed (D", "Russia's RIA"."""
    cuts = {"(", ")", '"', ";", "/", ":", "?", "!", "|", "from"}
    if not any(token.lower_ in ("and", "&") or token.lower_ in CORPORATE_TAILS for token in ent):
        cuts |= {","}
    if ent.label_ in ("PERSON", "GPE", "NORP"):
        cuts |= {",", "and", "or", "--"} | ({"'s"} if ent.label_ == "PERSON" else set())
    parts, begin = [], ent.start
    for token in ent:
        if token.text in cuts or token.pos_ == "AUX" or _title_follows(token):
            parts.append(ent.doc[begin : token.i])
            begin = token.i + 1
        elif token.lower_ in NEWS_AGENCIES and begin < token.i < DATELINE_WORDS and _dash_follows(token):
            parts.append(ent.doc[begin : token.i])
            begin = token.i
    parts.append(ent.doc[begin : ent.end])
    return [part for part in parts if len(part)]


def _dash_follows(agency: Token) -> bool:
    return any(token.text in ("-", "--", "–", "—") for token in agency.doc[agency.i + 1 : agency.i + 3])


def _title_follows(token: Token) -> bool:
    """Tell whether what follows is something in quotation marks: "Port Authority's 'Summit of the Harbours'"."""
    return token.text == "'s" and token.i + 1 < len(token.doc) and token.nbor(1).text in ("'", '"')


def trimmed(span: Span, label: str | None) -> Span | None:
    """Take away what is no part of the name: articles, titles, possessives. None where nothing is left."""
    doc, start, end = span.doc, span.start, span.end
    while start < end and _is_lead(doc, start, end, label):
        start += 1
    while start < end and _is_tail(doc[end - 1], label):
        end -= 1
    for i in range(end - 2, start, -1):
        if doc[i].lower_ in ORG_NOUNS and doc[i].is_lower and capitalised(doc[i + 1]):
            start = i + 1
            break
    if start == end or _no_name(doc[start:end]):
        return None
    return doc[start:end]


def _is_lead(doc: Doc, start: int, end: int, label: str | None) -> bool:
    token, rest = doc[start], doc[start + 1 : end]
    lower = token.lower_
    if len(rest) and (token.tag_ in ("WRB", "WP", "WDT") or (token.is_sent_start and lower in OPENERS)):
        return True
    if label == "PERSON" and len(rest) > 1 and lower in ROLE_NOUNS and token.is_sent_start and not is_given_name(lower):
        return True
    if label == "PERSON" and lower in NO_NAMES and token.text.isupper() and len(rest):
        return True
    if lower in ("the", "a", "an") or token.is_punct or token.is_space or lower in MARKS:
        return True
    if not capitalised(token) and not (token.is_digit or token.like_num or lower in PARTICLES):
        return True
    if not len(rest) or any(t.lower_ in ORG_WORDS or t.lower_ in PLACE_WORDS for t in rest):
        return False
    if lower in HONORIFICS or (label in ("PERSON", None) and lower in TITLES):
        return not _is_given_name(doc, start)
    return label in ("PERSON", None) and (place_of_demonym(token.text) is not None or lower in GROUPS)


def _is_given_name(doc: Doc, i: int) -> bool:
    """Tell whether what looks like the abbreviation of a title is a name: "Defence Minister Gen Nakatani"."""
    return doc[i].lower_ in ABBREVIATED and i > 0 and doc[i - 1].lower_ in ("minister", "president", "premier")


def _is_tail(token: Token, label: str | None) -> bool:
    if token.text == "'s" and token.i and token.nbor(-1).lower_ in WITH_S:
        return False
    if token.tag_ == "POS" or token.text in ("'s", "'", "-") or token.is_space or token.lower_ in NO_PARTS:
        return True
    if (token.is_punct and not token.text.endswith(".")) or token.lower_.strip(".") in CUT_TITLES:
        return True
    if label == "ORG" and token.lower_ in SPOKEN_OF and token.i and capitalised(token.nbor(-1)):
        return True
    return not capitalised(token) and not (label != "PERSON" and (token.is_digit or token.like_num))


def _no_name(span: Span) -> bool:
    words = [token.lower_ for token in span]
    if all(word in NO_NAMES for word in words) or (len(words) == 1 and len(words[0].strip(".")) < 2):
        return True
    if len(words) == 1 and span[0].is_stop and span[0].pos_ in FUNCTION_WORDS and not span[0].is_upper:
        return True
    if span.text.casefold() in NO_NAMES or JUNK.search(span.text) or _in_title_of_work(span):
        return True
    parts = span.text.split("-")
    joined = len(parts) > 1 and all(is_known_place(part) for part in parts) and not is_known_place(span.text)
    if span.doc.text[: span.start_char].endswith("State of the "):
        return True
    if joined or _of_office(span) or span.doc.text[: span.start_char].endswith(PARTIES):
        return True
    if not any(capitalised(token) for token in span) or all(word in TITLES or word in OFFICE_DOMAINS for word in words):
        return True
    return _in_office(span)


def _in_title_of_work(span: Span) -> bool:
    """Tell whether a name is all or part of a title in quotation marks: "Good Morning America"."""
    quotes = find_quotes(span.doc.text)
    holder = inside(quotes, span.start_char, span.end_char)
    return holder is not None and is_title(span.doc.text, holder)


def _of_office(span: Span) -> bool:
    """Tell whether words begin an office: "Interior" in "Interior Minister", "Homeland Security" before "Secretary"."""
    doc, end = span.doc, span.end
    if end == len(doc) or doc[end].lower_ not in TITLES:
        return False
    if len(span) == 1:
        return span[0].lower_ in OFFICE_DOMAINS
    return doc[end].text in ("Secretary", "Minister") and span[-1].lower_ in ("security", "affairs", "development")


def _in_office(span: Span) -> bool:
    """Tell whether a name is the rest of an office: "State" in "Secretary of State"."""
    doc, i = span.doc, span.start - 1
    if i >= 0 and doc[i].lower_ == "the":
        i -= 1
    return i > 0 and doc[i].lower_ in ("of", "for") and doc[i - 1].lower_ in ("secretary", "minister") and len(span) < 3


def extended(span: Span, label: str, taken: set[int]) -> Span:
    """Add the words that belong to the name but that spaCy left out: "Ursula von der" + "Leyen"."""
    doc, start, end = span.doc, span.start, span.end
    if label == "PERSON":
        while (
            len(span) > 1
            and end + 1 < len(doc)
            and doc[end].text == "-"
            and not doc[end].whitespace_
            and doc[end + 1].is_alpha
        ):
            end += 2
        step = end
        while step < len(doc) and step - end < 3 and doc[step].lower_ in PARTICLES:
            step += 1
        while step < len(doc) and step not in taken and is_proper(doc[step]) and not _starts_new(doc[step]):
            step += 1
            end = step
        while start > 0 and start - 1 not in taken and _belongs_before(doc[start - 1], span):
            start -= 1
    elif label == "ORG":
        start = earlier_start(doc, start)
        joiners = ("of", "for") if doc[end - 1].lower_ in ORG_WORDS else ()
        if any(token.lower_ in ("of", "for", "on") for token in doc[start:end]):
            joiners = ("and", "&")
        if end < len(doc) and doc[end].lower_ in joiners:
            step = end + 1 + (end + 1 < len(doc) and doc[end + 1].lower_ == "the")
            if doc[end].lower_ == "for" and (place := _place_at(doc, step)) is not None:
                return doc[start : place.end]
            while step < len(doc) and step not in taken and is_proper(doc[step]) and not _starts_new(doc[step]):
                step += 1
                end = step
    return doc[start:end]


def _place_at(doc: Doc, i: int) -> Span | None:
    """Give the place that spaCy saw at a token: "Latin America" in "the Bergen Office for Latin America"."""
    return next((ent for ent in doc.ents if ent.start == i and ent.label_ in ("GPE", "LOC")), None)


def earlier_start(doc: Doc, start: int) -> int:
    """Give where the name of an organisation begins with what spaCy left out: "6th Circuit", "U.S. District Court"."""
    if start > 1 and doc[start - 1].text == "-" and doc[start - 2].is_digit:
        return start - 2
    if start and ORDINAL.fullmatch(doc[start - 1].text):
        return start - 1
    before = doc[start - 1] if start else None
    if before is not None and before.ent_type_ == "GPE" and before.dep_ == "compound" and country_of(before.text):
        return start - 1
    return start


def with_head(span: Span, label: str, taken: set[int]) -> Span | None:
    """Give the organisation of whose name a place is the end: "the Alternative for Germany"."""
    doc, i = span.doc, span.start - 2
    if label not in ("GPE", "LOC") or i < 1 or doc[i + 1].lower_ not in ("for", "of") or i in taken:
        return None
    head = doc[i]
    own = is_proper(head) and head.text[0].isupper() and not head.text.isupper() and not _starts_new(head)
    if not own or head.lower_ in ROLE_NOUNS or head.lower_ in PLACE_WORDS:
        return None
    while i > 1 and is_proper(doc[i - 1]) and i - 1 not in taken:
        i -= 1
    return doc[i : span.end] if doc[i - 1].lower_ == "the" else None


def is_proper(token: Token) -> bool:
    """Tell whether a word is a proper noun, written as one."""
    return token.tag_ in ("NNP", "NNPS") and capitalised(token)


def _starts_new(token: Token) -> bool:
    if token.lower_ == "may":
        return token.i + 1 < len(token.doc) and token.nbor(1).is_digit
    return token.lower_ in NO_PARTS or token.lower_ in TITLES or place_of_demonym(token.text) is not None


def _belongs_before(token: Token, span: Span) -> bool:
    if not is_proper(token) or _starts_new(token) or token.lower_ in ROLE_NOUNS | GROUPS | ORG_WORDS:
        return False
    return token.dep_ == "compound" and token.head in span and token.text.isalpha()


def opens(token: Token) -> bool:
    """Tell whether a word stands where any word is capitalised: at the beginning of a sentence or quotation."""
    return bool(token.is_sent_start) or token.i == 0 or _before(token) in ('"', "'", ":", "-", "--", "—", "―", "(")


def _before(token: Token) -> str:
    """Give the token before, empty at the beginning of a paragraph."""
    return token.nbor(-1).text if token.i else ""
