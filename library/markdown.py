"""Reads Markdown files."""

import re
from typing import Final

from markdown_it import MarkdownIt

from library.arranging import arranged
from library.cleaning import one_line
from library.page import under_headline, visible_blocks, visible_page
from library.parsed import Parsed
from library.plain_text import as_date, is_url

DATE_LENGTH: Final = len("2022-01-22")
"""What of a date in front matter is read: the time of day may follow."""

_FRONT_MATTER: Final = re.compile(r"\s*---[ \t]*\n(?=[\w-]+:)(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD: Final = re.compile(r"^(title|date|author|byline|url|link|source):[ \t]*(.+)", re.I | re.M)

_ESCAPED: Final = re.compile(r"\\([\\\"])")


def parse_markdown(text: str) -> Parsed:
    """Read a Markdown file as an article. HTML in it is read as a browser would show it.

    Headline, date, author and URL stand in its front matter; without, the first heading is the headline.
    """
    fields: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        fields = {name.lower(): one_line(_unquoted(value)) for name, value in _FIELD.findall(front[1])}
        text = text[front.end() :]
    page = visible_page(MarkdownIt("commonmark").enable("table").render(text))
    url = fields.get("url") or fields.get("link") or fields.get("source") or ""
    return arranged(
        *under_headline(list(visible_blocks(page.body)), fields.get("title", "")),
        published=as_date(fields.get("date", "")[:DATE_LENGTH]),
        url=url if is_url(url) else None,
        byline=fields.get("byline") or fields.get("author"),
    )


def _unquoted(value: str) -> str:
    """Give the value of a field without quotes; in double ones, a quote or a backslash has one before it."""
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        return _ESCAPED.sub(r"\1", bare[1:-1])
    return bare.strip("\"' ")
