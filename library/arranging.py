"""Makes an article of the blocks of a text: headline, byline and date, paragraphs, and the headings between them."""

from collections.abc import Sequence
from datetime import date

from library.head_lines import take_head
from library.parsed import HEADLINE_LENGTH, Block, Parsed, shortened
from models.article import Heading


def arranged(
    blocks: Sequence[Block],
    headline: str = "",
    *,
    published: date | None = None,
    url: str | None = None,
    byline: str | None = None,
) -> Parsed:
    """Arrange the blocks of an article. What is known of it from elsewhere counts before what stands at its head.

    The first block is the headline where that is not known. It is no paragraph as well, unless it is the beginning of
    one, or nothing would be left. Headings have no number; a text of nothing but headings is one of paragraphs.
    """
    if blocks and not headline:
        headline = shortened(blocks[0].text)
    if len(blocks) > 1 and blocks[0].text == headline:
        blocks = blocks[1:]
    head, rest = take_head(blocks)
    paragraphs: list[str] = []
    headings: list[Heading] = []
    for block in rest:
        if block.heading and len(block.text) <= HEADLINE_LENGTH:
            headings.append(Heading(before=len(paragraphs) + 1, text=block.text))
        else:
            paragraphs.append(block.text)
    if not paragraphs:
        paragraphs, headings = [block.text for block in rest], []
    return Parsed(
        headline,
        paragraphs,
        published=published or head.published or head.updated,
        url=url or head.url,
        byline=head.byline or (shortened(byline) if byline else None),
        headings=tuple(headings),
    )
