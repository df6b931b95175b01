"""Finds the credits of photographs: "Marta Krol/AFP/Getty Images". Whom they name is not in the story."""

import re
from typing import Final

from entities.lexicon import NEWS_AGENCIES, PHOTO_AGENCIES

_CHAIN: Final = re.compile(r"(?<![^\s/])[^\s/]++(?:/[^\s/.,;]+(?: [^\s/.,;]+){0,3})+")
_AFTER_SLASH: Final = re.compile(r"(?<=/)[\w-]+")
LONG_CHAIN: Final = 4
"""Names of a chain from which on it is a credit, whosoever they are: ESO/Harbour Observatory/Krol/Pell."""


def find_credits(text: str) -> list[tuple[int, int]]:
    """Give where the credits of a paragraph stand; the first name of each may begin before.

    A caption may follow, which begins with a capital, too: a credit ends with its last agency, or its last word.
    """
    found = []
    for chain in _CHAIN.finditer(text):
        words = [word for word in _AFTER_SLASH.finditer(text, *chain.span()) if word[0]]
        agencies = [word for word in words if word[0].casefold() in NEWS_AGENCIES | PHOTO_AGENCIES]
        if agencies or len(words) >= LONG_CHAIN - 1:
            found.append((chain.start(), (agencies or words)[-1].end()))
    return found
