"""Reads plain text: the article format, and any other text of paragraphs."""

import itertools
import re
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from library.cleaning import one_line
from library.parsed import Block, Parsed

LONGEST_DATE: Final = len("Wednesday, 22 September 2022 at 12:00 am")
"""Characters of a date as people write it: a longer line between headline and URL is a paragraph."""

WRAP_WIDTHS: Final = range(40, 101)
"""Columns that text is hard-wrapped to: mail and editors fill to 65 to 80, some to 100, a narrow column to 40."""

WRAP_SLACK: Final = 5
"""Columns that a line may fall short of its width: not all are filled by a machine."""

WRAP_EVIDENCE: Final = 3
"""Line breaks that it takes to call a text hard-wrapped: two lines of like length may stand together by chance."""

_DATE: Final = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_LIKE_A_DATE: Final = re.compile(r"\d[\d./-]{4,8}\d")
_BULLET: Final = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s")
_NUMBER: Final = re.compile(r"\d{1,3}[.)] ")
_SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”’»)\]]*$")

_MARKED_HEADING: Final = re.compile(r"#{1,6} +(?P<text>.*?[^#\s].*?)(?: #+)?")
_RULE: Final = re.compile(r"([=*_~-])\1{2,}")
"""A line that is drawn below a heading, or between paragraphs."""

HEADING_WORDS: Final = 10
"""Words of a heading at the most; a line with more of them is a sentence whose full stop was left out."""

TEXT_LENGTH: Final = 80
"""Characters from which on the text below a heading is told from another line of a list."""


def parse_plain_text(text: str) -> Parsed:
    """Read ``text``, cleaned, as an article: in the article format, or else as ordinary plain text.

    The article format is a headline, the date as YYYYMMDD, the URL, then one paragraph a line; date and URL may
    each be missing. Blank lines mean nothing in it. In ordinary text, the first line is the headline, below which may
    stand who wrote it and when; paragraphs are separated by blank lines, or stand one a line.
    """
    lines = [one_line(line) for line in text.split("\n")]
    if not is_article_format(text):
        from library.arranging import arranged  # late: an article in the article format should open at once

        return arranged(_with_headings(_ordinary_blocks(_with_head_apart(lines))))
    headline, *rest = filter(None, lines)
    published = url = None
    notices: tuple[str, ...] = ()
    if not is_url(rest[0]):
        line = rest.pop(0)
        published = as_date(line)
        if published is None:
            notices = (
                f"Line {lines.index(line) + 1} should be the date as YYYYMMDD, such as 20220122, but it is “{line}”. "
                "The article is shown without a date.",
            )
    if rest and is_url(rest[0]):
        url = rest.pop(0)
    return Parsed(headline, rest, published, url, notices=notices)


def is_article_format(text: str) -> bool:
    """Tell by the second and third of the lines that are not blank: a date, or what should be one, or a URL."""
    filled = (line.strip() for line in text.split("\n") if line.strip())
    _headline, second, third = (*itertools.islice(filled, 3), "", "", "")[:3]
    if is_url(second) or _LIKE_A_DATE.fullmatch(second):
        return True
    return is_url(third) and len(second) <= LONGEST_DATE


def as_date(text: str) -> date | None:
    """Read YYYYMMDD or YYYY-MM-DD; None where it is neither, or no day of the calendar."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return datetime.strptime(text.replace("-", ""), "%Y%m%d").date()
    except ValueError:
        return None


def is_url(text: str) -> bool:
    """Tell whether ``text`` is the address of a web page, and nothing else."""
    if " " in text or not text.lower().startswith(("http://", "https://")):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _with_head_apart(lines: list[str]) -> list[str]:
    """Put blank lines around what stands at the head, lest it is taken for the beginning of wrapped text."""
    from library.head_lines import WINDOW, is_head_line

    filled = [number for number, line in enumerate(lines) if line][: WINDOW + 1]
    apart = {n for n in filled[1:] if is_head_line(lines[n], next(filter(None, lines[n + 1 :]), ""))}
    return [piece for n, line in enumerate(lines) for piece in (("", line, "") if n in apart else (line,))]


def _with_headings(blocks: list[list[str]]) -> list[Block]:
    """Tell headings from paragraphs: marked ones, and short lines between blank ones, above longer text."""
    from library.head_lines import WINDOW, is_head_line

    texts = [
        (text, len(own) == 1)
        for block in blocks
        if (own := [t for t in block if not _RULE.fullmatch(t)])
        for text in own
    ]
    found: list[Block] = []
    for number, (text, alone) in enumerate(texts):
        before, following = (texts[n][0] if n < len(texts) else "" for n in (number - 1, number + 1))
        if marked := _MARKED_HEADING.fullmatch(text):
            found.append(Block(marked["text"], heading=True))
            continue
        heads = alone and number > 1 and _may_head(text) and not _may_head(before) and len(following) >= TEXT_LENGTH
        found.append(Block(text, heads and not (number <= WINDOW and is_head_line(text, following))))
    return found


def _may_head(text: str) -> bool:
    """Tell whether a line may be a heading: nothing that one would cite for the figures in it."""
    words = _NUMBER.sub("", text, count=1)
    short = len(text.split()) <= HEADING_WORDS and len(text) < TEXT_LENGTH
    unfinished = text[-1].isalnum() or text[-1] == ")"
    return short and unfinished and words[:1].isupper() and not any(map(str.isdigit, words))


def _ordinary_blocks(lines: list[str]) -> list[list[str]]:
    """Give the paragraphs, by what stands between blank lines."""
    blocks = [list(block) for filled, block in itertools.groupby(lines, key=bool) if filled]
    width = max((len(line) for line in lines if len(line) in WRAP_WIDTHS), default=0)
    breaks = [pair for block in blocks for pair in itertools.pairwise(block) if not _BULLET.match(pair[1])]
    full = sum(_is_full(line, following, width) for line, following in breaks)
    if len(breaks) < WRAP_EVIDENCE or full * 2 <= len(breaks):
        return blocks
    return [_unwrapped(block, width) for block in blocks]


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether a line ends because the next word would have gone beyond the width."""
    return len(line) <= width < len(line) + 1 + len(following.split(" ", 1)[0]) + WRAP_SLACK


def _unwrapped(block: list[str], width: int) -> list[str]:
    """Join the lines of a hard-wrapped block, which may hold several paragraphs, or a headline above one."""
    texts = block[:1]
    for line, following in itertools.pairwise(block):
        ends = not _is_full(line, following, width) and (line is block[0] or _SENTENCE_END.search(line))
        if ends or _BULLET.match(following):
            texts.append(following)
        else:
            texts[-1] = f"{texts[-1]} {following}"
    return texts
