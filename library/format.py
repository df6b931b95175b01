"""Tells what format a text is in, by the name of its file and by how it begins."""

import re
from enum import StrEnum
from typing import Final

from library.plain_text import is_article_format


class Format(StrEnum):
    """The formats that articles come in."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"


BEGINNING: Final = 4096
"""Characters that the format is told by."""

_SUFFIXES: Final = {
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".mdown": Format.MARKDOWN,
    ".htm": Format.HTML,
    ".html": Format.HTML,
    ".xhtml": Format.HTML,
}

# Possessive, because what a comment is can be read in one way only: no text makes it take long.
_HTML: Final = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.I)
_MARKDOWN: Final = re.compile(r"\s*(?:# \S|---[ \t]*\n\w+:)")


def format_of(text: str, suffix: str) -> Format:
    """Tell the format of ``text``, which stands in a file whose name ends in ``suffix`` (``.md``; empty if unknown)."""
    beginning = text[:BEGINNING]
    named = _SUFFIXES.get(suffix.lower())
    if _HTML.match(beginning) or (named is Format.HTML and _TAG.search(text)):
        return Format.HTML
    if is_article_format(beginning):
        return Format.PLAIN
    if named is Format.MARKDOWN or (named is not Format.PLAIN and _MARKDOWN.match(beginning)):
        return Format.MARKDOWN
    return Format.PLAIN
