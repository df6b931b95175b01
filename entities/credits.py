"""Finds the credits of photographs: "Orlando Sierra/AFP/Getty Images". Whom they name is not in the story."""

import re
from typing import Final

_CHAIN: Final = re.compile(r"[^\s/]+(?:/[^\s/]+)+")
_AGENCIES: Final = frozenset(
    "ap afp reuters getty epa pa cnn bloomberg shutterstock alamy zuma anadolu nurphoto redux xinhua".split()
)
LONG_CHAIN: Final = 4
"""Names of a chain from which on it is a credit, whosoever they are: NASA/JPL-Caltech/SwRI/MSSS."""


def find_credits(text: str) -> list[tuple[int, int]]:
    """Give where the credits of a paragraph stand; the first name of each may begin before."""
    found = []
    for chain in _CHAIN.finditer(text):
        parts = chain[0].split("/")
        credited = any(part.casefold().rstrip(".,)") in _AGENCIES for part in parts[1:]) or len(parts) >= LONG_CHAIN
        if credited and "//" not in chain[0] and all(part[:1].isupper() for part in parts):
            found.append(chain.span())
    return found
