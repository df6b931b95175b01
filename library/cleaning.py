"""Makes foreign text safe to show: what a terminal would obey, or a reader could not see, is taken out.

Everything that comes from outside passes here before anything else sees it: articles, file names, model output.
"""

import re
from typing import Final

MAX_NAME: Final = 120
"""Characters of a name shown on one line: enough to tell files apart, short enough for a status line."""

# ECMA-48 (5th edition) 5.3 to 5.6, 7-bit forms. A string sequence ends on its own line or is none: only its opening is
# taken then. The 8-bit forms are lone C1 characters to us, because in wrongly decoded text those stand for
# quotation marks, and reading on to a "terminator" would swallow the words between them.
_ESCAPE_SEQUENCE: Final = re.compile(
    r"\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement, modes
    r"|[]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM, APC: titles, links, clipboard, graphics
    r"|[ -/]+[0-~]"  # nF: character sets
    r"|[0-~]"  # the two-character ones
    r")"
)

_UNSEEN: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0 and C1 controls that are no white space
    "\u00ad\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, marks of direction, zero-width space
    "\u202a-\u202e\u2060-\u206f"  # embeddings, overrides and isolates of direction, invisible operators
    "\ufeff\ufff9-\ufffb"  # byte order mark, annotation marks
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # format controls of shorthand and music
    "\U000e0000-\U000e0fff"  # tags and variation selectors that can carry hidden text
    "]"
)

# A joiner is spelling between Arabic or Indic letters and glue between emoji; anywhere else it only hides something.
_STRAY_JOINER: Final = re.compile(
    r"(?<![^\x00-\u02ff\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u02ff\s\u200c\u200d])"
)

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_OTHER_SPACE: Final = re.compile("[\v\f\x1c-\x1f\x85\u2028\u2029]")

TAB_WIDTH: Final = 4
"""Columns between tab stops: as Markdown has it."""


def clean_text(text: str) -> str:
    """Take out of ``text`` what must not be shown, keeping its lines, which all end in a line feed.

    Of the control characters, only line feeds are left.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(TAB_WIDTH)
    text = _ESCAPE_SEQUENCE.sub("", text)
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _STRAY_JOINER.sub("", _UNSEEN.sub("", text))
    return _OTHER_SPACE.sub(" ", text)


def one_line(text: str) -> str:
    """Clean ``text`` and fold its white space, so that it is a line (a paragraph, a headline) without loose ends."""
    return " ".join(clean_text(text).split())


def display_name(name: object, limit: int = MAX_NAME) -> str:
    """Give the name of a file or feed as a line to show; a name longer than ``limit`` loses its middle."""
    line = one_line(str(name))
    if len(line) <= limit:
        return line
    tail = (limit - 1) // 2
    return f"{line[: limit - 1 - tail]}…{line[-tail:]}"
