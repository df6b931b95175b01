"""Finds the names in a parsed article: spaCy's, and capitalised words that it passed by."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Span

from entities.countries import is_known_place
from entities.credits import find_credits
from entities.edges import (
    PARTICLES,
    LabelledSpan,
    capitalised,
    earlier_start,
    extended,
    is_proper,
    joined,
    opens,
    parts_of,
    trimmed,
    with_head,
)
from entities.lexicon import NO_PARTS
from entities.parsing import ParsedArticle
from entities.teams import NICKNAMES, is_club
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

SHORTEST_MISSED: Final = 3
"""Letters of a word at the least, to be taken for a name where spaCy saw none."""

ABSTRACT_ENDINGS: Final = ("ness", "tion", "ment", "ity", "ism")
"""How nouns end that name nobody."""

OFFICE: Final = re.compile(
    r"(?<![\w-])(?!The )(?:(?:[A-Z]\.){2} )?(?:[A-Z][\w-]++ ){0,3}"
    r"(?:Attorney General|(?:District|State) Attorney|Sheriff|Prosecutor(?: General)?|Medical Examiner|Coroner)'s "
    r"(?:Office|Department)\b"
)
"""Authorities that are called after who heads them: the Kings County Sheriff's Office."""


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
    words = Counter(token.text for doc in parsed.docs for token in doc)
    midway = {name.text for name in names if not opens(name.tokens[0])}
    names = [name for name in names if not _is_common(name, words) and (name.text in midway or not _is_noun(name))]
    names = sorted([*names, *_missed(parsed, names)], key=lambda name: (name.paragraph, name.start))
    if not parsed.title_case:
        return names
    body = {word for name in names if name.paragraph != HEADLINE for word in name.words}
    return [kept for name in names if (kept := _confirmed(parsed, name, body)) is not None]


def _is_common(name: Name, words: Counter[str]) -> bool:
    """Tell whether a name is a word that the article uses without a capital more often: "Mackerel" at a beginning."""
    if len(name.words) > 1 or not name.text.istitle() or is_known_place(name.text):
        return False
    uses, common = words[name.text], words[name.text.lower()]
    return common > uses or (common == uses == 1 and opens(name.tokens[0]))


def _is_noun(name: Name) -> bool:
    """Tell whether a word that only stands where any is capitalised is a common noun: "Wariness among officials"."""
    if len(name.tokens) > 1 or not name.text.istitle() or name.text.casefold() in NICKNAMES:
        return False
    return name.tokens[0].tag_ in ("NN", "NNS", "JJ", "RB") or name.text.endswith(ABSTRACT_ENDINGS)


def _missed(parsed: ParsedArticle, names: Sequence[Name]) -> Iterator[Name]:
    """Give words that are names elsewhere, or the last ones of people's and clubs' names, where none was seen."""
    known = {name.words[-1] for name in names if name.label == "PERSON" or (name.label and len(name.words) == 1)}
    known |= {name.words[-1] for name in names if is_club(name.text)}
    taken = {(name.paragraph, token.i) for name in names for token in name.tokens}
    for number, doc in enumerate(parsed.docs):
        for token in doc:
            free = (number, token.i) not in taken and token.text in known and len(token.text) >= SHORTEST_MISSED
            if not free or not capitalised(token) or token.pos_ not in ("PROPN", "NOUN", "ADJ", "VERB", "X"):
                continue
            if (span := trimmed(doc[token.i : token.i + 1], None)) is not None:
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
    spans: list[LabelledSpan] = []
    for office in OFFICE.finditer(doc.text):
        if (span := doc.char_span(*office.span())) is not None:
            spans.append((span, "ORG"))
            taken.update(token.i for token in span)
    for ent in doc.ents:
        if ent.label_ not in KINDS:
            continue
        for part in parts_of(ent):
            if (span := trimmed(part, ent.label_)) is not None:
                span = extended(span, ent.label_, taken)
                if (whole := with_head(span, ent.label_, taken)) is not None:
                    taken.update(token.i for token in whole)
                    spans.append((whole, "ORG"))
                    continue
                taken.update(token.i for token in span)
                spans.append((span, ent.label_))
    runs = (part for run in _runs(doc, taken) for part in parts_of(run))
    missed = (span for run in runs if (span := trimmed(run, None)) is not None)
    spans += [(doc[earlier_start(doc, span.start) : span.end], None) for span in missed]
    photographs = find_credits(doc.text)
    end = -1
    for span, label in joined(sorted(spans, key=lambda s: (s[0].start, -s[0].end))):
        credited = any(span.start_char < last and first < span.end_char for first, last in photographs)
        if span.start >= end and not credited:
            yield _named(parsed, number, span, label)
            end = span.end


def _runs(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Give stretches of capitalised words outside spaCy's names."""
    begin: int | None = None
    for token in doc:
        inside = (
            token.i not in taken
            and capitalised(token)
            and token.text[0] != "@"
            and (is_proper(token) or not opens(token))
        )
        inside = inside and token.lower_ not in NO_PARTS and token.pos_ not in ("PRON", "DET", "AUX", "SCONJ", "NUM")
        if inside and begin is None:
            begin = token.i
        elif not inside and begin is not None:
            if token.lower_ in PARTICLES and token.i + 1 < len(doc) and is_proper(doc[token.i + 1]):
                continue
            yield doc[begin : token.i]
            begin = None
    if begin is not None:
        yield doc[begin:]
