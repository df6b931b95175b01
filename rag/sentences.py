"""Where sentences begin and end, in articles and in answers."""

import re
from typing import Final

ABBREVIATION: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|St|Jr|Sr|Inc|Ltd|Corp|Co|vs|No|Nos|Vol"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|dept|est|[A-Z])\.$"
)
"""What ends in a full stop without ending a sentence; a lone capital is an initial."""

TIME_OF_DAY: Final = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
ZONE: Final = re.compile(r"\s+[A-Z]{2,4}\b")
"""What may end in a full stop, too, and the zone that follows then: "9 a.m. ET"."""

LONGEST_ABBREVIATION: Final = len("approx")

BOUNDARY: Final = re.compile(r"(?<![.!?…])([.!?…]++)[\"'”’)\]]*+(?=\s++(\S?))")
"""What may end a sentence: its stops (1), and the character that follows (2).

A run of stops is tried once, as a whole: a text of dots alone takes no longer than any other.
"""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Give start and end of each sentence, without the white space around it."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in BOUNDARY.finditer(text):
        begins, ends = match.start() - LONGEST_ABBREVIATION, match.end(1)
        timed = TIME_OF_DAY.search(text, begins, ends) and ZONE.match(text, ends)
        if timed or ABBREVIATION.search(text, begins, ends) or match[2].islower():
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, len(text)))
    return [span for span in (_strip(text, *s) for s in spans) if span[0] < span[1]]


def split_sentences(text: str) -> list[str]:
    """Give the sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
