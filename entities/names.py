"""Finds the names in a parsed article: spaCy's, with their edges put right, and capitalised words that it passed by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Span, Token

from entities.countries import country_of, is_known_place, place_of_demonym
from entities.lexicon import (
    GROUPS,
    HONORIFICS,
    NO_NAMES,
    OFFICE_DOMAINS,
    ORG_NOUNS,
    ORG_WORDS,
    PLACE_WORDS,
    ROLE_NOUNS,
    TITLES,
)
from entities.parsing import ParsedArticle
from entities.quotes import find_quotes, inside, is_title
from models.article import HEADLINE
from models.entity import EntityType

KINDS: Final = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORG,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": None,
    "PRODUCT": None,
    "WORK_OF_ART": None,
    "EVENT": None,
    "LAW": None,
}
"""What spaCy's labels (OntoNotes) mean to us; None: it is a name, but of nothing that we list."""

PARTICLES: Final = frozenset(
    "al al- von van der den de del della di da dos du la le ten ter bin ibn abu el 't zu zur bint ben".split()
)
"""Lower-case words inside the names of people."""

ABBREVIATED: Final = frozenset("gen col lt rep gov sen capt maj".split())
"""Titles without a full stop that may as well be given names: Gen Nakatani."""

PARTIES: Final = ("(D-", "(R-", "(I-")
"""What stands before the state of an American politician: Jack Reed (D-R.I.)."""

SHORTEST_MISSED: Final = 3
"""Letters that a word must have more than, to be taken for a name where spaCy saw none."""

CUT_TITLES: Final = frozenset("sen sens rep reps gov govs gen gens mr messrs".split())

ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")

JUNK: Final = re.compile(r"[@#<>{}\\_=]|://|^[DR]-[A-Z]|\w[?!:]\S")
"""What no name holds: handles, addresses, the party and state of a politician (D-R.I.)."""

MARKS: Final = frozenset('()[]",;:/|–—―*•')
"""Marks that stand before a name without being part of it."""


@dataclass(frozen=True)
class Name:
    """A name as it stands at one place. ``label`` is spaCy's, None where it saw no name there."""

    paragraph: int
    start: int
    end: int
    text: str
    label: str | None
    tokens: Span = field(repr=False, compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name."""
        return tuple(self.text.split())


def find_names(parsed: ParsedArticle) -> list[Name]:
    """Give the names of an article in the order of the text, none overlapping another."""
    names = [name for number, doc in enumerate(parsed.docs) for name in _names_of(parsed, number, doc)]
    names = sorted([*names, *_missed(parsed, names)], key=lambda name: (name.paragraph, name.start))
    if not parsed.title_case:
        return names
    body = {word for name in names if name.paragraph != HEADLINE for word in name.words}
    return [kept for name in names if (kept := _confirmed(parsed, name, body)) is not None]


def _missed(parsed: ParsedArticle, names: Sequence[Name]) -> Iterator[Name]:
    """Give single words that are names elsewhere in the article, or the surnames of people, where none was seen."""
    known = {name.words[-1] for name in names if name.label == "PERSON" or (name.label and len(name.words) == 1)}
    taken = {(name.paragraph, token.i) for name in names for token in name.tokens}
    for number, doc in enumerate(parsed.docs):
        for token in doc:
            free = (number, token.i) not in taken and token.text in known and len(token.text) > SHORTEST_MISSED
            if not free or not capitalised(token) or token.pos_ not in ("PROPN", "NOUN", "ADJ", "VERB", "X"):
                continue
            if (span := _trimmed(doc[token.i : token.i + 1], None)) is not None:
                yield _named(parsed, number, span, None)


def _confirmed(parsed: ParsedArticle, name: Name, body: set[str]) -> Name | None:
    """Keep of a name in a Title Case headline the words that the body uses in names."""
    if name.paragraph != HEADLINE:
        return name
    known = [token.text.rstrip("'s") in body or token.text in body or token.tag_ == "POS" for token in name.tokens]
    if not any(known):
        return name if is_known_place(name.text) else None
    first = known.index(True)
    last = next((n for n in range(first, len(known)) if not known[n]), len(known))
    return _named(parsed, name.paragraph, name.tokens[first:last], name.label)


def _named(parsed: ParsedArticle, number: int, span: Span, label: str | None) -> Name:
    text = parsed.text(number, span.start_char, span.end_char)
    return Name(number, span.start_char, span.end_char, text, label, span)


def _names_of(parsed: ParsedArticle, number: int, doc: Doc) -> Iterator[Name]:
    taken = {token.i for ent in doc.ents if ent.label_ in KINDS for token in ent}
    spans: list[tuple[Span, str | None]] = []
    for ent in doc.ents:
        if ent.label_ not in KINDS:
            continue
        for part in _parts(ent):
            if (span := _trimmed(part, ent.label_)) is not None:
                span = _extended(span, ent.label_, taken)
                if (whole := _with_head(span, ent.label_, taken)) is not None:
                    taken.update(token.i for token in whole)
                    spans.append((whole, "ORG"))
                    continue
                taken.update(token.i for token in span)
                spans.append((span, ent.label_))
    missed = (span for run in _runs(doc, taken) if (span := _trimmed(run, None)) is not None)
    spans += [(doc[_earlier_start(doc, span.start) : span.end], None) for span in missed]
    end = -1
    for span, label in sorted(spans, key=lambda s: (s[0].start, -s[0].end)):
        if span.start >= end:
            yield _named(parsed, number, span, label)
            end = span.end


def capitalised(token: Token) -> bool:
    """Tell whether a word is written like a name: McCain, U.S., al-Assad."""
    return any(c.isupper() for c in token.text)


def _parts(ent: Span) -> list[Span]:
    """Cut what spaCy ran together: "Putin and Biden", "Jack Reed (D", "Russia's RIA"."""
    cuts = {"(", ")", '"', ";", "/", ":", "?", "!", "|"}
    if ent.label_ in ("PERSON", "GPE", "NORP"):
        cuts |= {",", "and", "or", "--"} | ({"'s"} if ent.label_ == "PERSON" else set())
    parts, begin = [], ent.start
    for token in ent:
        if token.text in cuts:
            parts.append(ent.doc[begin : token.i])
            begin = token.i + 1
    parts.append(ent.doc[begin : ent.end])
    return [part for part in parts if len(part)]


def _trimmed(span: Span, label: str | None) -> Span | None:
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
    if token.tag_ == "POS" or token.text in ("'s", "'", "-") or token.is_space or token.lower_ in NO_NAMES:
        return True
    if (token.is_punct and not token.text.endswith(".")) or token.lower_.strip(".") in CUT_TITLES:
        return True
    return not capitalised(token) and not (label != "PERSON" and (token.is_digit or token.like_num))


def _no_name(span: Span) -> bool:
    words = [token.lower_ for token in span]
    if len(words) == 1 and (words[0] in NO_NAMES or len(words[0].strip(".")) < 2):
        return True
    if JUNK.search(span.text) or _in_title_of_work(span):
        return True
    parts = span.text.split("-")
    joined = len(parts) > 1 and all(is_known_place(part) for part in parts) and not is_known_place(span.text)
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
    """Tell whether a word begins an office: "Interior" in "Interior Minister"."""
    doc, end = span.doc, span.end
    return len(span) == 1 and span[0].lower_ in OFFICE_DOMAINS and end < len(doc) and doc[end].lower_ in TITLES


def _in_office(span: Span) -> bool:
    """Tell whether a name is the rest of an office: "State" in "Secretary of State"."""
    doc, i = span.doc, span.start - 1
    if i >= 0 and doc[i].lower_ == "the":
        i -= 1
    return i > 0 and doc[i].lower_ in ("of", "for") and doc[i - 1].lower_ in ("secretary", "minister") and len(span) < 3


def _extended(span: Span, label: str, taken: set[int]) -> Span:
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
        while step < len(doc) and step not in taken and _is_proper(doc[step]) and not _starts_new(doc[step]):
            step += 1
            end = step
        while start > 0 and start - 1 not in taken and _belongs_before(doc[start - 1], span):
            start -= 1
    elif label == "ORG":
        start = _earlier_start(doc, start)
        joiners = ("of", "for") if doc[end - 1].lower_ in ORG_WORDS else ()
        if any(token.lower_ in ("of", "for", "on") for token in doc[start:end]):
            joiners = ("and", "&")
        if end < len(doc) and doc[end].lower_ in joiners:
            step = end + 1 + (end + 1 < len(doc) and doc[end + 1].lower_ == "the")
            while step < len(doc) and step not in taken and _is_proper(doc[step]) and not _starts_new(doc[step]):
                step += 1
                end = step
    return doc[start:end]


def _earlier_start(doc: Doc, start: int) -> int:
    """Give where the name of an organisation begins with what spaCy left out: "6th Circuit", "U.S. District Court"."""
    if start > 1 and doc[start - 1].text == "-" and doc[start - 2].is_digit:
        return start - 2
    if start and ORDINAL.fullmatch(doc[start - 1].text):
        return start - 1
    before = doc[start - 1] if start else None
    if before is not None and before.ent_type_ == "GPE" and before.dep_ == "compound" and country_of(before.text):
        return start - 1
    return start


def _with_head(span: Span, label: str, taken: set[int]) -> Span | None:
    """Give the organisation of whose name a place is the end: "the Alternative for Germany"."""
    doc, i = span.doc, span.start - 2
    if label not in ("GPE", "LOC") or i < 1 or doc[i + 1].lower_ not in ("for", "of") or i in taken:
        return None
    head = doc[i]
    own = _is_proper(head) and head.text[0].isupper() and not head.text.isupper() and not _starts_new(head)
    if not own or head.lower_ in ROLE_NOUNS or head.lower_ in PLACE_WORDS:
        return None
    while i > 1 and _is_proper(doc[i - 1]) and i - 1 not in taken:
        i -= 1
    return doc[i : span.end] if doc[i - 1].lower_ == "the" else None


def _is_proper(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and capitalised(token)


def _starts_new(token: Token) -> bool:
    if token.lower_ == "may":
        return token.i + 1 < len(token.doc) and token.nbor(1).is_digit
    return token.lower_ in NO_NAMES or token.lower_ in TITLES or place_of_demonym(token.text) is not None


def _belongs_before(token: Token, span: Span) -> bool:
    if not _is_proper(token) or _starts_new(token) or token.lower_ in ROLE_NOUNS | GROUPS | ORG_WORDS:
        return False
    return token.dep_ == "compound" and token.head in span and token.text.isalpha()


def _runs(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Give stretches of capitalised words outside spaCy's names."""
    begin: int | None = None
    for token in doc:
        inside = token.i not in taken and capitalised(token) and (_is_proper(token) or not _opens(token))
        inside = inside and token.lower_ not in NO_NAMES and token.pos_ not in ("PRON", "DET", "AUX", "SCONJ", "NUM")
        if inside and begin is None:
            begin = token.i
        elif not inside and begin is not None:
            if token.lower_ in PARTICLES and token.i + 1 < len(doc) and _is_proper(doc[token.i + 1]):
                continue
            yield doc[begin : token.i]
            begin = None
    if begin is not None:
        yield doc[begin:]


def _opens(token: Token) -> bool:
    """Tell whether a word stands where any word is capitalised: at the beginning of a sentence or quotation."""
    return bool(token.is_sent_start) or token.i == 0 or doc_before(token) in ('"', "'", ":", "-", "--", "—", "―", "(")


def doc_before(token: Token) -> str:
    """Give the token before, empty at the beginning of a paragraph."""
    return token.nbor(-1).text if token.i else ""
