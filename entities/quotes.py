"""Finds the quotations of a paragraph, in all the quotation marks that news uses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PAIRS: Final = {"“": "”", "«": "»", "„": "“", "‹": "›", "‘": "’"}
"""Marks that open a quotation, with those that close it."""

OPENING_MARKS: Final = (*PAIRS, '"', "'")

SPEECH_WORDS: Final = 4
"""Words from which on a quotation is somebody's speech rather than a term ("Chinese menu") set apart."""

LONGEST_IN_SINGLE_MARKS: Final = 2000
"""Characters within which a single mark must be closed, or else it is an apostrophe."""

TITLE_WORDS: Final = 8
SHORT_WORD: Final = 3
"""A title in quotation marks has few words; short ones in it need no capital."""

WORD: Final = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class Quote:
    """A quotation, marks included. ``closed`` is false where it runs on into the next paragraph."""

    start: int
    end: int
    closed: bool = True

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies inside."""
        return self.start <= start and end <= self.end


def find_quotes(text: str) -> list[Quote]:
    """Give the outermost quotations of a paragraph, in order."""
    quotes: list[Quote] = []
    at = 0
    while at < len(text):
        if not _opens(text, at):
            at += 1
            continue
        end = _closing(text, at)
        if end is None and text[at] in "'‘":
            at += 1
            continue
        quotes.append(Quote(at, len(text) if end is None else end, closed=end is not None))
        at = quotes[-1].end
    return quotes


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark not in PAIRS and mark not in "\"'":
        return False
    follows = at + 1 < len(text) and not text[at + 1].isspace()
    free = at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…’'")
    return follows and free and (mark not in "'‘" or text[at + 1].isalpha())


def _closing(text: str, opening: int) -> int | None:
    """Give where the quotation that is opened at ``opening`` ends, its closing mark included."""
    mark = text[opening]
    closers = (PAIRS.get(mark, mark), '"') if mark == "“" else (PAIRS.get(mark, mark),)
    depth = 0
    reach = len(text) if mark not in "'‘" else min(len(text), opening + LONGEST_IN_SINGLE_MARKS)
    for at in range(opening + 1, reach):
        sign = text[at]
        if sign == mark and mark in PAIRS and at > opening + 1:
            depth += 1
        elif sign == "”" and mark == '"' and "“" not in text[opening:at]:  # both kinds of marks in one quotation
            return at + 1
        elif sign in closers and _may_close(text, at, single=sign in "'’"):
            if not depth:
                return at + 1
            depth -= 1
    return None


def _may_close(text: str, at: int, *, single: bool) -> bool:
    after = text[at + 1] if at + 1 < len(text) else " "
    if single:
        return not after.isalnum() and not text[at - 1].isspace()
    return text[at] != '"' or not (text[at - 1].isspace() and after.isalnum())


def is_speech(text: str, quote: Quote) -> bool:
    """Tell whether a quotation is a whole utterance rather than a term or a phrase set in quotation marks."""
    if is_title(text, quote):
        return False
    inner = text[quote.start + 1 : quote.end - 1]
    words = len(WORD.findall(inner))
    whole = inner[:1].isupper() and inner.rstrip()[-1:] in ".,!?…-"
    return words >= SPEECH_WORDS or (whole and words > 1)


def is_title(text: str, quote: Quote) -> bool:
    """Tell whether a quotation is the title of a work or a broadcast: a few words, all the long ones capitalised."""
    words = WORD.findall(text[quote.start : quote.end])
    ends = text[quote.start : quote.end].rstrip("\"'”’»")[-1:]
    if not 1 < len(words) <= TITLE_WORDS or ends in "!?":
        return False
    capitals = sum(word[0].isupper() for word in words)
    if ends == "." and not (capitals > 1 and _within_sentence(text, quote)):
        return False
    return words[0][0].isupper() and all(
        word[0].isupper() or word.isdigit() or len(word) <= SHORT_WORD for word in words
    )


def _within_sentence(text: str, quote: Quote) -> bool:
    """Tell whether a quotation goes on with a sentence: a full stop in its marks is that of the sentence then."""
    before = text[: quote.start].rstrip()
    return before[-1:].isalnum()


def inside(quotes: Sequence[Quote], start: int, end: int) -> Quote | None:
    """Give the quotation in which a stretch lies."""
    return next((quote for quote in quotes if quote.covers(start, end)), None)
