"""Reads HTML pages: the article in them without the furniture around it."""

import logging
from typing import Final

import trafilatura
from trafilatura.settings import Document

from library.arranging import arranged
from library.cleaning import one_line
from library.page import under_headline, visible_blocks, visible_page
from library.parsed import Parsed
from library.plain_text import as_date, is_url

# Without a handler, Python prints what these log to the terminal.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

SMALL_PAGE: Final = 250
"""Characters of a page that is taken whole: it has no furniture, and too little text to tell an article by."""

LARGE_PAGE: Final = 50_000
"""Elements of a page that is taken whole, too, lest it takes seconds; a news page has some thousand."""


def parse_html(text: str) -> Parsed:
    """Read an HTML page as an article."""
    page = visible_page(text)
    blocks = list(visible_blocks(page.body))
    found = None
    if len(page.body.xpath(".//*")) <= LARGE_PAGE:
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},  # no date is better than a guess
        )
    headline = published = url = author = None
    if isinstance(found, Document):
        headline, published, url, author = found.title, as_date(found.date or ""), found.url, found.author
        if sum(len(block.text) for block in blocks) > SMALL_PAGE:
            blocks = list(visible_blocks(found.body)) or blocks
    address = one_line(url or "")
    return arranged(
        *under_headline(blocks, one_line(headline or ""), one_line(page.findtext(".//title") or "")),
        published=published,
        url=address if is_url(address) else None,
        byline=one_line(author or "").replace("; ", ", ") or None,
    )
