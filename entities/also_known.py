"""Finds where an article gives two names for one: "Oskar Halvik, better known as Tolvik", "Veldgren (VLD)"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from entities.countries import is_known_place
from entities.names import Name

_SAID_TO_BE: Final = re.compile(
    r",? \(?(?:or )?(?:(?:better|also|widely|commonly|popularly|formerly|once|who is) )*"
    r"(?:known|referred to) (?:simply |only |locally |professionally )?(?:as|by) (?:the )?[\"'(]?"
)
_IN_BRACKETS: Final = re.compile(r",? \((?:the )?")
LONGEST_ABBREVIATION: Final = 6
"""Letters of what stands in brackets for the name before it."""


class AlsoKnown(NamedTuple):
    """Two names for one: the usual one, and the other."""

    name: Name
    other: Name


def find_other_names(names: Sequence[Name]) -> Iterator[AlsoKnown]:
    """Give the pairs of names that an article puts beside each other as one."""
    for name, other in pairwise(names):
        if name.paragraph != other.paragraph:
            continue
        text = name.tokens.doc.text
        between = text[name.end : other.start]
        abbreviated = (
            _IN_BRACKETS.fullmatch(between) is not None
            and text[other.end : other.end + 1] == ")"
            and other.text.isupper()
            and 1 < len(other.text) <= LONGEST_ABBREVIATION
            and not is_known_place(other.text)
        )
        if abbreviated or _SAID_TO_BE.fullmatch(between):
            yield AlsoKnown(name, other)
