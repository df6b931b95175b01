"""Finds what is said in an article, directly or indirectly, and the words that tell by whom."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from spacy.tokens import Doc, Token

from entities.cues import ACCORDING, QUOTE_VERBS
from entities.grammar import content_of, source_of
from entities.parsing import ParsedArticle
from entities.quotes import OPENING_MARKS, Quote, find_quotes, inside, is_speech
from models.article import HEADLINE

SHORTEST: Final = 2
"""Words of a statement at the least."""

BREAK_WORDS: Final = 25
"""Words of "he said" and its company at the most, between two parts of one quotation."""

SENTENCE_END: Final = re.compile(r"(?<!\b[A-Z])(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)(?<!Sen)(?<!Rep)(?<!Gov)(?<!Gen)[.!?;]\s")

READERS: Final = frozenset(("you", "your", "yourself"))
"""The reader, of whom nothing is reported: "if you want to see it"."""

STOPS: Final = frozenset(".!?;")


@dataclass(frozen=True)
class Saying:
    """Something that is said: a stretch of a paragraph with its cue, and the word that stands for who said it.

    ``source`` is None where the grammar names nobody; ``verb`` is then where to look for them, or None as well.
    ``quoted``: it holds a quotation of speech. ``goes_on``: it goes on with what the same speaker said before.
    """

    paragraph: int
    start: int
    end: int
    cue: str
    source: Token | None = field(repr=False, compare=False)
    verb: Token | None = field(repr=False, compare=False, default=None)
    quoted: bool = False
    goes_on: bool = False


def find_sayings(parsed: ParsedArticle) -> list[Saying]:
    """Give what is said in an article, in the order of the text. The headline only repeats what the article says."""
    sayings: list[Saying] = []
    running = False
    for number, doc in enumerate(parsed.docs):
        if number == HEADLINE:
            continue
        text = parsed.paragraph(number)
        quotes = find_quotes(text)
        sayings += _in_paragraph(number, text, doc, quotes, running=running)
        running = bool(quotes) and not quotes[-1].closed
    return [saying for saying in sayings if saying.source is None or saying.source.lower_ not in READERS]


def _in_paragraph(number: int, text: str, doc: Doc, quotes: list[Quote], *, running: bool) -> list[Saying]:
    reported = [
        saying
        for token in doc
        if inside(quotes, token.idx, token.idx + len(token)) is None
        for saying in _reported(number, text, token, quotes)
    ]
    reported += _according(number, doc, quotes)
    found = _distinct(reported)
    found += _direct(number, text, doc, quotes, found, running=running)
    return _joined(sorted(found, key=lambda s: (s.start, -s.end)))


def _reported(number: int, text: str, cue: Token, quotes: Sequence[Quote]) -> Iterator[Saying]:
    """Give what one cue word introduces."""
    for words in content_of(cue):
        if not words:
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        end = _before_quoting(words, quotes, end)
        start, end = _stripped(text, *_whole_quotes(text, start, end, quotes, cue))
        if len(text[start:end].split()) >= SHORTEST:
            quoted = any(is_speech(text, q) for q in quotes if start <= q.start and q.end <= end)
            yield Saying(number, start, end, cue.text, _source(cue, quotes), cue, quoted=quoted)


def _source(cue: Token, quotes: Sequence[Quote]) -> Token | None:
    """Give who is the subject of a cue outside quotations: the grammar may take what is said for who says it."""
    subjects = (c for c in cue.children if c.dep_ == "nsubj")
    sources = (source for source in (source_of(cue), *subjects) if source is not None)
    return next((s for s in sources if inside(quotes, s.idx, s.idx + len(s)) is None), None)


def _before_quoting(words: Sequence[Token], quotes: Sequence[Quote], end: int) -> int:
    """End a content before a clause that introduces a quotation: "Conceding that ... he warned: "..."."""
    openings = {quote.start for quote in quotes}
    for token in words[2:]:
        doc, i = token.doc, token.i
        if inside(quotes, token.idx, token.idx + 1) or token.lemma_.lower() not in QUOTE_VERBS or i + 2 >= len(doc):
            continue
        subject = next((c for c in token.children if c.dep_ == "nsubj" and c.i < i), None)
        if doc[i + 1].text in (",", ":") and doc[i + 2].idx in openings and subject is not None:
            return min(end, subject.left_edge.idx)
    return end


def _whole_quotes(text: str, start: int, end: int, quotes: Sequence[Quote], cue: Token) -> tuple[int, int]:
    """Make a stretch hold quotations whole, and end with the one that it begins with."""
    for quote in quotes:
        if quote.start < end and start < quote.end and not quote.covers(cue.idx, cue.idx + 1):
            opens = start in (quote.start, quote.start + 1) or quote.start <= start
            start, end = min(start, quote.start), max(end, quote.end)
            if opens and is_speech(text, quote) and text[quote.end - 2 : quote.end - 1] in (",", "."):
                return start, quote.end
    return start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Take away white space and the punctuation that belongs to the sentence around."""
    while start < end and (text[start].isspace() or text[start] in ",;:-–—―"):
        start += 1
    marks = ",;:-–—―" if text[start:end].startswith(tuple(OPENING_MARKS)) else ",;:-–—―."
    while start < end and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return start, end


def _according(number: int, doc: Doc, quotes: Sequence[Quote]) -> Iterator[Saying]:
    """Give what is said "according to" somebody: the rest of the sentence."""
    for match in ACCORDING.finditer(doc.text):
        span = doc.char_span(match.start(), match.end() - 1, alignment_mode="expand")
        if span is None or inside(quotes, match.start(), match.end()) is not None:
            continue
        last, sentence = span[-1], span[0].sent
        source = next((c for t in span for c in t.children if c.dep_ == "pobj" and c.i > last.i), None)
        source = _named_after(last) or source
        if source is None or any(t.lemma_ in QUOTE_VERBS for t in last.ancestors if t.i < span.start):
            continue
        leads = span.start - sentence.start <= 1
        begin, end = (source.right_edge.i + 1, sentence.end) if leads else (sentence.start, span.start)
        if begin < end:
            start, stop = _stripped(doc.text, doc[begin].idx, doc[end - 1].idx + len(doc[end - 1]))
            if len(doc.text[start:stop].split()) >= SHORTEST:
                yield Saying(number, start, stop, span.text, source, last)


def _named_after(last: Token) -> Token | None:
    """Give the person right after "according to", where a comma ends the name: the grammar may take a later noun."""
    doc, i = last.doc, last.i + 1
    person = next((ent for ent in doc.ents if ent.start == i and ent.label_ == "PERSON"), None)
    ends = person is not None and (person.end == len(doc) or doc[person.end].text in (",", "."))
    return person.root if person is not None and ends else None


def _distinct(sayings: Iterable[Saying]) -> list[Saying]:
    """Leave out what stands in another saying of the same stretch already."""
    kept: list[Saying] = []
    for saying in sorted(sayings, key=lambda s: (s.start, -s.end)):
        if not any(_same_stretch(saying, other) for other in kept):
            kept.append(saying)
    return kept


def _same_stretch(inner: Saying, outer: Saying) -> bool:
    length = outer.end - outer.start
    return outer.start <= inner.start and inner.end <= outer.end and inner.end - inner.start > SAME_SHARE * length


SAME_SHARE: Final = 0.8
"""Share of a statement from which on one inside it says the same: "declined to say whether ..."."""


def _direct(
    number: int, text: str, doc: Doc, quotes: list[Quote], known: list[Saying], *, running: bool
) -> Iterator[Saying]:
    """Give the quotations of speech that the grammar has not brought."""
    before: Saying | None = None
    for n, quote in enumerate(quotes):
        if holder := next((s for s in known if _holds(s, quote)), None):
            before = holder
            continue
        if not is_speech(text, quote):
            continue
        previous = quotes[n - 1].end if n else 0
        following = next((later.start for later in quotes[n + 1 :] if is_speech(text, later)), len(text))
        cue = _cue_near(text, doc, quote, previous, following)
        starts = not text[: quote.start].strip()
        if cue is not None:
            source = _source(cue, quotes)
            before = Saying(number, quote.start, quote.end, cue.text, source, cue, quoted=True)
        elif before is not None and before.quoted and _one_break(text[before.end : quote.start]):
            before = replace(before, start=quote.start, end=quote.end, goes_on=True)
        elif starts and (running or not text[quote.end :].strip(" .")):
            before = Saying(number, quote.start, quote.end, "", None, quoted=True, goes_on=running)
        else:
            continue
        yield before


def _holds(saying: Saying, quote: Quote) -> bool:
    """Tell whether a saying has a quotation in it, but for its marks."""
    return saying.start <= quote.start + 1 and quote.end - 2 <= saying.end


def _one_break(between: str) -> bool:
    """Tell whether just the end of a sentence, with its "he said", stands between two quotations."""
    stripped = between.strip()
    ended = not stripped or stripped[-1] in ".!?"
    return ended and len(stripped.split()) <= BREAK_WORDS and not SENTENCE_END.search(stripped)


def _cue_near(text: str, doc: Doc, quote: Quote, previous: int, following: int) -> Token | None:
    """Give the verb that introduces a quotation, after it ("...," he said) or before it (He said: "...")."""
    after = _until_stop([t for t in doc if quote.end <= t.idx < following])
    ahead = _until_stop([t for t in reversed(doc) if previous <= t.idx < quote.start])
    behind, leading = _quote_verb(after), _quote_verb(ahead)
    ends_open = text[quote.start : quote.end].rstrip("\"'”’»").endswith((",", "?", "!"))
    led = bool(ahead) and (ahead[0].text in (",", ":") or (leading is not None and leading.i >= ahead[0].i - 1))
    if led and leading is not None and not (ends_open and behind is not None):
        return leading
    return behind if ends_open else None


def _until_stop(tokens: Sequence[Token]) -> list[Token]:
    stop = next((n for n, t in enumerate(tokens) if t.text in STOPS), len(tokens))
    return list(tokens[:stop])


def _quote_verb(tokens: Iterable[Token]) -> Token | None:
    return next((t for t in tokens if t.pos_ == "VERB" and t.lemma_.lower() in QUOTE_VERBS), None)


def _joined(sayings: list[Saying]) -> list[Saying]:
    """Put together the parts of a quotation that only "he said" stands between."""
    joined: list[Saying] = []
    for saying in sayings:
        last = joined[-1] if joined else None
        if saying.goes_on and saying.verb is not None and last is not None and last.verb is saying.verb:
            joined[-1] = replace(last, end=max(last.end, saying.end))
        else:
            joined.append(saying)
    return joined
