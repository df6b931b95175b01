"""Reads what people type into a search box, and makes an FTS5 query of it in which nothing else is syntax.

Words must all be there. ``"a phrase"``, ``begin*``, ``headline:word`` and ``text:word`` narrow them, ``-word`` leaves
out the articles that have it.
"""

import re
from typing import Final, NamedTuple

from library.cleaning import clean_text

MAX_TERMS: Final = 256
"""Different words of a query at the most, so that no query takes long."""

_TERM: Final = re.compile(
    r'(?P<without>-?)(?:(?P<field>headline|text):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<prefix>\*?)', re.I
)


class Query(NamedTuple):
    """What to look for, and what must not be in an article, both as FTS5 queries; None where nothing was given."""

    wanted: str | None
    unwanted: str | None


def read_query(text: str) -> Query:
    """Read a query."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for term in list(_TERM.finditer(clean_text(text)))[:MAX_TERMS]:
        if expression := _expression(term):
            (unwanted if term["without"] else wanted).append(expression)
    return Query(" AND ".join(wanted) or None, " OR ".join(unwanted) or None)


def phrase(text: str) -> str | None:
    """Make an FTS5 query of words that must stand together; None where there are none."""
    return quoted(text) if re.search(r"\w", text) else None


def quoted(text: str) -> str:
    """Make an FTS5 string of ``text``: nothing in it is syntax then. It can't hold what SQLite's text can't."""
    text = text.encode(errors="replace").decode().replace("\0", " ").replace('"', '""')
    return f'"{text}"'


def _expression(term: re.Match[str]) -> str:
    text = term["phrase"] if term["word"] is None else term["word"]
    prefix = bool(term["prefix"]) or (term["word"] or "").endswith("*")
    if not re.search(r"\w", text):  # FTS5 would find nothing to go by in it
        return ""
    field = f"{term['field'].lower()} : " if term["field"] else ""
    return f"{field}{quoted(text)}{' *' if prefix else ''}"
