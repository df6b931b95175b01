"""Takes off the lines at the head of a text that are none of it: who wrote it, where, when, and its address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from library.parsed import Block
from library.plain_text import is_url
from library.written_dates import WrittenDate, find_date

WINDOW: Final = 6
"""Blocks below the headline among which those lines are looked for."""

TEXT_ABOVE: Final = 1
"""Blocks that may stand above them: what sums the story up."""

LONGEST: Final = 120
"""Characters of such a line at the most; with more it is a sentence."""

NAME_WORDS: Final = range(2, 6)
"""Words in the name of somebody who writes."""

_BETWEEN: Final = re.compile(r"\s+[|·•—–-]\s+")
_BY: Final = re.compile(r"(?:(?:written|reported|words|story|text|report|photographs?|photos?) )?by:?\s+", re.I)
_JOINED: Final = re.compile(r",\s+|\s+(?:and|&|with|for|in)\s+")
_SMALL: Final = frozenset(
    "al bin da de del della den der di du el la le of the ten ter van von y our a an staff".split()
)
_NO_NAMES: Final = frozenset("a an the this that these those how why what when where who in on at no more".split())
_JOB: Final = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|journalist|contributor|critic|producer|bureau|chief)s?\b",
    re.I,
)
_IN_PLACE: Final = re.compile(r"(?P<name>.+?) in (?P<place>[^.!?]+)")
_MARKED_PLACE: Final = re.compile(
    r"[A-Z][A-Z .'’-]+(?:, [A-Z][\w. ]*)? \([\w /]+\)"  # LONDON, Nov 20 (Reuters)
    r"|[A-Z][^\W\d]*(?:(?:/|,? )(?:[A-Z(][\w.'’)]*|\d{1,2}))*\s?[-–—]{1,2}"  # Hong Kong/London CNN Business —
)
_TIME: Final = (
    r"\(?\d{1,2}[:.]\d\d(?::\d\d(?:\.\d+)?)?\s?(?:[ap]\.?m\.?)?"
    r"\s?(?:z|utc|gmt|[a-z]{1,4}t|[+-]\d\d:?\d\d)?(?:\s\([a-z]+\))?\)?"
)
_BEFORE_DATE: Final = re.compile(
    r"(?:\b(?:first |last )?(?:published|updated|posted|modified|created|issued|date)(?: on| at)?:?)?"
    rf"(?:\s*{_TIME},?(?: on)?)?\s*\Z",
    re.I,
)
_UPDATED: Final = re.compile(r"\b(?:updated|modified)\b", re.I)
_AFTER_DATE: Final = re.compile(rf"[\s,t]*(?:at\s)?(?:{_TIME})?", re.I)
_LENGTH_OF_READING: Final = re.compile(r"(?:reading time:? )?\d+[ -]min(?:ute)?s?(?: read)?", re.I)
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)]*$")


@dataclass
class Head:
    """What stands above a text. ``byline`` is who wrote it and where, as it stands there."""

    published: date | None = None
    updated: date | None = None
    url: str | None = None
    parts: list[str] = field(default_factory=list)

    @property
    def byline(self) -> str | None:
        """Who wrote it, and where."""
        return " · ".join(dict.fromkeys(self.parts)) or None


def take_head(blocks: Sequence[Block]) -> tuple[Head, list[Block]]:
    """Tell the head of a text, below its headline, from the text. A text that is nothing else stays what it is.

    A heading is none of it, and what stands below the text is not: each day of a chronicle begins with its date.
    """
    head = Head()
    rest: list[Block] = []
    begun = ended = False
    for number, block in enumerate(blocks):
        following = blocks[number + 1].text if number + 1 < len(blocks) else ""
        if number < WINDOW and not ended and not block.heading and _take(head, block.text, following):
            begun = True
            continue
        rest.append(block)
        ended = ended or len(rest) > TEXT_ABOVE or (begun and (block.heading or _is_text(block.text)))
    return (head, rest) if rest else (Head(), list(blocks))


def is_head_line(line: str, following: str) -> bool:
    """Tell whether a line is of the head. A bare name is where a line follows that is so by itself."""
    return is_url(line) or _belongs(line) or (len(line) <= LONGEST and _is_name(line) and _belongs(following))


def _is_text(line: str) -> bool:
    """Tell whether a line is a paragraph, and not what stands between those of a head ("Share this")."""
    return len(line) > LONGEST or _SENTENCE_END.search(line) is not None


def _take(head: Head, line: str, following: str) -> bool:
    if is_url(line):
        head.url = head.url or line
        return True
    if not is_head_line(line, following):
        return False
    for piece in _BETWEEN.split(line):
        dated = None if _MARKED_PLACE.fullmatch(piece) else find_date(piece)
        if dated is None:
            head.parts += [piece.rstrip(" -–—")] if not _LENGTH_OF_READING.fullmatch(piece) else []
            continue
        if _UPDATED.search(dated.before):
            head.updated = head.updated or dated.day
        else:
            head.published = head.published or dated.day
        head.parts += filter(None, _around(dated))
    return True


def _belongs(line: str) -> bool:
    if len(line) > LONGEST or line.endswith(("!", "?", ":", ";")):
        return False
    pieces = _BETWEEN.split(line)
    plain = [_is_head(piece) for piece in pieces]
    return any(plain) and all(sure or _is_name(piece) for sure, piece in zip(plain, pieces, strict=True))


def _is_head(piece: str) -> bool:
    if _MARKED_PLACE.fullmatch(piece) or _LENGTH_OF_READING.fullmatch(piece):
        return True
    if (dated := find_date(piece)) is not None:
        lead, rest = _around(dated)
        led = not lead or _is_by(lead) or all(map(_is_place, _JOINED.split(lead)))
        return led and (not rest or _is_by(rest))
    return _is_by(piece) or _names_with_job_or_place(piece)


def _around(dated: WrittenDate) -> tuple[str, str]:
    """Give what stands before and after a date, but for the time and words such as "published"."""
    lead, rest = _BEFORE_DATE.sub("", dated.before, count=1), _AFTER_DATE.sub("", dated.after, count=1)
    return lead.strip(" ,"), rest.strip(" ,")


def _is_by(piece: str) -> bool:
    """Tell whether a line says by whom: "By Jane Doe and John Roe, Political Editor"."""
    found = _BY.match(piece)
    names = _JOINED.split(piece[found.end() :]) if found else []
    return bool(names) and all(_is_capitalised(name) or _JOB.search(name) for name in names)


def _names_with_job_or_place(piece: str) -> bool:
    """Tell whether a line is of the kind "Jane Doe, Political Editor" or "Jane Doe in London"."""
    name, _, job = piece.partition(", ")
    if _is_name(name) and _JOB.search(job) and all(map(_is_capitalised, _JOB.sub("", job).split())):
        return True
    placed = _IN_PLACE.fullmatch(piece)
    return placed is not None and _is_name(placed["name"]) and all(map(_is_place, placed["place"].split(", ")))


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) in NAME_WORDS and words[0].lower() not in _NO_NAMES and _is_capitalised(text)


def _is_place(text: str) -> bool:
    return len(text.split()) < NAME_WORDS.stop and _is_capitalised(text)


def _is_capitalised(text: str) -> bool:
    """Tell whether a text is written like a name: no figure in it, and no word in lower case but for those in names."""
    words = text.split()
    return (
        any(word[0].isupper() for word in words)
        and all(word[0].isupper() or word.lower() in _SMALL for word in words)
        and not any(sign.isdigit() or sign in '"“”:;?!' for sign in text)
        and (not text.endswith(".") or len(words[-1]) <= len("Jr."))
    )
