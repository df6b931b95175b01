"""What an HTML page shows: its text, block by block, and nothing that a browser would hide."""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree, html  # type: ignore[import-untyped]

from library.cleaning import clean_text, one_line
from library.parsed import Block

_INVISIBLE_STYLE: Final = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|(?:font-size|opacity):0(?![\d.]*[1-9])"
)
_NEVER_SHOWN: Final = frozenset(
    "script style template noscript iframe object embed svg math canvas audio video "
    "select datalist textarea button input".split()
)
_BREAKING: Final = frozenset(
    "html body main article section header footer nav aside div p h1 h2 h3 h4 h5 h6 hgroup address blockquote pre "
    "ul ol li dl dt dd figure figcaption table caption thead tbody tfoot tr form fieldset legend details summary hr "
    "head quote list item row".split()  # these are what trafilatura calls them
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_CELLS: Final = frozenset(("td", "th", "cell"))
_LINE_BREAKS: Final = frozenset(("br", "lb"))

_LINE_BREAK: Final = "\v"  # within this module; cleaning folds it
_EMPTY_LINE: Final = re.compile(r"\v\s*\v")


def visible_page(text: str) -> Any:
    """Parse ``text`` and take out the elements that a browser is told to hide."""
    try:
        # Bytes, because text that declares an encoding is refused.
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"), ensure_head_body=True)
    except etree.ParserError:  # there is no element in it
        page = html.document_fromstring("<html></html>", ensure_head_body=True)
    for node in page.iter():
        if node.text and isinstance(node.tag, str):
            node.text = clean_text(node.text)  # character references may have brought control characters
        if node.tail:
            node.tail = clean_text(node.tail)
    for element in list(page.body.iterdescendants(etree.Element)):
        style = re.sub(r"\s", "", element.get("style", "")).lower()
        # Scripts stay for now: some hold the date and the address of the article.
        never_shown = element.tag in _NEVER_SHOWN and element.tag != "script"
        if never_shown or "hidden" in element.attrib or _INVISIBLE_STYLE.search(style):
            element.drop_tree()
    return page


def visible_blocks(root: Any) -> Iterator[Block]:
    """Go through what a page shows, block by block; the cells of a table row are one block."""
    parts: list[str] = []
    heading = False
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if tag in _BREAKING:
            for text in _EMPTY_LINE.split("".join(parts)):
                if line := one_line(text):
                    yield Block(line, heading)
            parts.clear()
            heading = starts and tag in _HEADINGS
        if not starts:
            parts.append(_LINE_BREAK if tag in _LINE_BREAKS else "")
            parts.append(element.tail or "" if element is not root else "")
        elif tag in _NEVER_SHOWN:
            walk.skip_subtree()
        else:
            parts.append(" | " if tag in _CELLS and element.getprevious() is not None else "")
            parts.append(element.text or "")


def under_headline(blocks: list[Block], known: str = "", otherwise: str = "") -> tuple[list[Block], str]:
    """Tell the text from the headline: that is ``known``, or the first heading, or at the worst ``otherwise``."""
    heading = next((block for block in blocks if block.heading), None)
    headline = known or (heading.text if heading else otherwise)
    return [block for block in blocks if block is not heading or block.text != headline] or blocks, headline
