"""Reads and writes lists of feeds as OPML 2.0, the format in which feed readers exchange them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from lxml import etree  # type: ignore[import-untyped]

from library.cleaning import clean_text, display_name, one_line
from library.decoding import NotText, decode
from library.feeds.document import web_link
from library.fetching.addresses import named_private, web_address
from library.fetching.failures import FetchFailed, NotPublic
from library.reader import SIZE_LIMIT
from models.feed import Feed

FEEDS_LIMIT: Final = 10_000
"""Feeds of a list that are taken; people have hundreds."""

CATEGORIES_LIMIT: Final = 100
"""Categories of a feed that are taken, with the other folders that it stands in; most have none."""

LONGEST_TITLE: Final = 200
"""Characters of a title or of the name of a folder."""

_FULL_TEXT: Final = "{urn:newsreader}fullText"
"""Our own attribute, which other readers pass over: a feed's pages are fetched."""

_REFERENCE: Final = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));", re.I)

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotOpml(Exception):
    """The text is no list of feeds. The message says what it is, in plain words."""


class Refused(NamedTuple):
    """A feed of a list that is not taken, and why."""

    name: str
    reason: str


class FeedList(NamedTuple):
    """What stands in a list of feeds."""

    feeds: tuple[Feed, ...]
    refused: tuple[Refused, ...]


def read_opml(data: bytes, *, private: bool = False) -> FeedList:
    """Read a list of feeds. Raises ``NotOpml``.

    Somebody else may have written it: what is not on the web is refused, and what is on this machine or in its network,
    too, unless the user consents to that (``private``). A feed that stands in several folders gets the others as
    categories.
    """
    feeds: dict[str, Feed] = {}
    categories: defaultdict[str, dict[str, None]] = defaultdict(dict)
    refused: list[Refused] = []
    for outline, folder in _outlines(_body(data)):
        attributes = {name.lower(): str(value) for name, value in outline.attrib.items()}
        if "xmlurl" not in attributes:
            continue
        if len(feeds) + len(refused) == FEEDS_LIMIT:
            refused.append(Refused("The rest of the list", f"of a list, {FEEDS_LIMIT:,} feeds are taken; split it"))
            break
        try:
            feed = _feed(attributes, folder, private)
        except FetchFailed as failure:
            refused.append(Refused(display_name(_title(attributes) or attributes["xmlurl"]), str(failure)))
            continue
        first = feeds.setdefault(feed.url, feed)
        other_folder = ("/".join(folder),) if folder and folder != first.folder else ()
        for name in (*feed.categories, *other_folder):
            if len(categories[feed.url]) < CATEGORIES_LIMIT:
                categories[feed.url][name] = None
    return FeedList(
        tuple(feed.model_copy(update={"categories": tuple(categories[url])}) for url, feed in feeds.items()),
        tuple(refused),
    )


def write_opml(feeds: Sequence[Feed]) -> bytes:
    """Write feeds as a list that other readers take, in their folders. What is watched here is nothing to others."""
    root = etree.Element("opml", version="2.0", nsmap={"newsreader": "urn:newsreader"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds"
    places: dict[tuple[str, ...], Any] = {(): etree.SubElement(root, "body")}
    for feed in feeds:
        if feed.watched is not None:
            continue
        for depth in range(1, len(feed.folder) + 1):
            path = feed.folder[:depth]
            if path not in places:
                name = _writable(path[-1])
                places[path] = etree.SubElement(places[path[:-1]], "outline", text=name, title=name)
        name = _writable(feed.name)
        outline = etree.SubElement(places[feed.folder], "outline", type="rss", text=name, title=name)
        outline.set("xmlUrl", _writable_address(feed.url))
        if feed.home:
            outline.set("htmlUrl", _writable_address(feed.home))
        if feed.categories:
            outline.set("category", _writable(",".join(feed.categories)))
        if feed.full_text:
            outline.set(_FULL_TEXT, "true")
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="utf-8")
    return written


def _body(data: bytes) -> Any:
    if len(data) > SIZE_LIMIT:
        raise NotOpml(f"it is larger than {SIZE_LIMIT // 1_000_000} MB")
    try:
        text = _REFERENCE.sub(_sound, clean_text(decode(data).text))
    except NotText as error:
        raise NotOpml(f"it is {error}") from error
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    body = root.find("body") if root is not None and root.tag == "opml" else None
    if body is None:
        raise NotOpml("it is no OPML, the format in which feed readers exchange their lists")
    return body


def _sound(reference: re.Match[str]) -> str:
    """Give a character reference back, unless it is to half a character: lxml takes that, and fails to give it back."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= number <= 0xDFFF else reference[0]


def _outlines(body: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Go through the outlines with the folders that they stand in; a feed is no folder, whatever stands below it."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(outline, ()) for outline in reversed(body.findall("outline"))]
    while waiting:
        outline, folder = waiting.pop()
        yield outline, folder
        name = _title({key.lower(): str(value) for key, value in outline.attrib.items()})
        inner = folder if _is_feed(outline) or not name else (*folder, name)
        waiting.extend((child, inner) for child in reversed(outline.findall("outline")))


def _is_feed(outline: Any) -> bool:
    return any(name.lower() == "xmlurl" for name in outline.attrib)


def _feed(attributes: dict[str, str], folder: tuple[str, ...], private: bool) -> Feed:
    url = web_address(attributes["xmlurl"])
    near = named_private(url)
    if near and not private:
        raise NotPublic
    return Feed(
        url=url,
        title=_title(attributes),
        home=web_link(attributes.get("htmlurl"), url),
        folder=folder,
        categories=tuple(name for name in map(one_line, attributes.get("category", "").split(",")) if name),
        full_text=attributes.get(_FULL_TEXT.lower()) == "true",
        private=near,
    )


def _title(attributes: dict[str, str]) -> str:
    """Give what an outline is called. Markup in it is left as it is: nothing is lost, and nothing obeys it."""
    return one_line(attributes.get("title") or attributes.get("text") or "")[:LONGEST_TITLE]


def _writable(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _writable_address(address: str) -> str:
    """Write what can't stand in XML as addresses may have it: it leads to the same place."""
    return _NOT_IN_XML.sub(lambda odd: quote(odd[0], errors="replace"), address)
