"""Whatever a feed, a page, a file or a list of feeds holds: it is kept and found, or refused, and never obeyed.

Documents of every kind are damaged as transport, carelessness and malice damage them, and go all the way through. The
quick tests do that for a few seconds; ``make fuzz`` for some minutes (the profiles are in ``tests/conftest.py``).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.cleaning import clean_text
from library.feeds.articles import entry_article
from library.feeds.document import NotAFeed
from library.feeds.opml import NotOpml, read_opml
from library.feeds.parse import parse_feed
from library.reader import UnreadableArticle, read_article
from library.store import Store
from models.article import Article
from models.feed import Feed
from tests.library.feeds.samples import ATOM, JSON_FEED, RSS

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ferry</title><script>alert(1)</script></head><body>
<nav><a href="/">Home</a></nav><article><h1>Ferry line to close</h1><p>The ferry line will close on 1 May, it said.</p>
<p hidden>Not shown.</p><p>Mayor Ida Holm <b>objected</b>.&#x1b;[31m</p><table><tr><td>9</td></tr></table></article>
"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="News"><outline type="rss" text="Gazette" xmlUrl="https://gazette.example/rss" category="/a/b"/></outline>
<outline type="rss" title="Post" xmlUrl="http://post.example/atom" htmlUrl="file:///etc/passwd"/></body></opml>
"""
TEXT = "Ferry line to close\n20240311\nhttps://gazette.example/ferry\n\nThe ferry line will close.\n* one\n> said she\n"
DOCUMENTS = [document.encode() for document in (RSS, ATOM, JSON_FEED, PAGE, OPML, TEXT)]

NASTY = (
    "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>|&x;|&#0;|&#xD800;|<![CDATA[|]]>|<!--|-->|<script>|</p>|<div>|"
    "\x1b]0;title\x07|\x1b[2J|\x9b31m|\u202e|\u2066|\u200b|\x00|\ufeff|\ud7ff|javascript:alert(1)|file:///etc/passwd|"
    "http://127.0.0.1/|http://[|99999-99-99|Mon, 99 Foo 99999|{|}|[[[[|\\ud800|\"|'|[1]|[/foo]|xml:base="
).split("|")
NASTY_BYTES = [piece.encode(errors="surrogatepass") for piece in NASTY] + [b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80"]

UNSEEN = {"\x1b", "\x07", "\x9b", "\x00", "\u202e", "\u2066", "\u200b", "\ufeff"}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Give a document with pieces cut out, repeated, moved, overwritten and put in."""
    data = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(0, 6))):
        begin = draw(st.integers(0, len(data)))
        end = min(len(data), begin + draw(st.integers(0, 80)))
        match draw(st.sampled_from(["cut", "repeat", "put in", "overwrite", "end", "other"])):
            case "cut":
                data = data[:begin] + data[end:]
            case "repeat":
                data = data[:end] + data[begin:end] * draw(st.integers(1, 40)) + data[end:]
            case "put in":
                data = data[:begin] + draw(st.sampled_from(NASTY_BYTES)) + data[begin:]
            case "overwrite":
                data = data[:begin] + draw(st.binary(max_size=8)) + data[end:]
            case "end":
                data = data[:end]
            case _:
                data = data[:begin] + draw(st.sampled_from(DOCUMENTS))[:end] + data[begin:]
    return data


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("fuzz") / "library.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def feed_number(store: Store) -> int:
    number = store.feeds.add(Feed(url="https://gazette.example/rss"))
    assert number is not None
    return number


def assert_harmless(article: Article) -> None:
    texts = [article.headline, article.origin, *article.notices, *(p.text for p in article.paragraphs)]
    for text in texts:
        assert text == clean_text(text)
        assert not UNSEEN & set(text)
        assert "\n" not in text
        assert "root:" not in text, "no file is read in"
    assert article.url is None or article.url.startswith(("http://", "https://"))


def assert_kept_and_found(store: Store, article: Article) -> None:
    kept = store.article(article.id)
    assert kept is not None
    assert kept.paragraphs == article.paragraphs
    for word in article.headline.split()[:1]:
        store.search(word, 3)
        store.match_paragraphs([word], [article.id], 3)


@settings(suppress_health_check=list(HealthCheck))
@given(data=damaged(), charset=st.none() | st.sampled_from(["utf-8", "utf-16", "latin-1", "utf-7", "no such thing"]))
def test_any_feed_is_kept_or_refused(store: Store, feed_number: int, data: bytes, charset: str | None) -> None:
    feed = Feed(url="https://gazette.example/rss")
    try:
        document = parse_feed(data, feed.url, charset)
    except NotAFeed:
        return
    for entry in document.entries[:20]:
        article = entry_article(entry, feed)
        store.feeds.keep_entry(feed_number, entry.key, entry.digest, article)
        if article is not None:
            assert_harmless(article)
            assert_kept_and_found(store, article)


@settings(suppress_health_check=list(HealthCheck))
@given(data=damaged(), name=st.sampled_from(["a.html", "a.txt", "a.md", "a\x1b[31m.htm", "a"]))
def test_any_file_is_kept_or_refused(
    store: Store, tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    file = Path(tmp_path_factory.getbasetemp()) / name
    file.write_bytes(data)
    try:
        article = read_article(file)
    except UnreadableArticle as error:
        refused = str(error)
    else:
        assert_harmless(article)
        store.add(article)
        assert_kept_and_found(store, article)
        return
    assert not UNSEEN & set(refused)


@settings(suppress_health_check=list(HealthCheck))
@given(data=damaged())
def test_any_list_of_feeds_gives_addresses_of_the_web_alone(data: bytes) -> None:
    try:
        found = read_opml(data)
    except NotOpml:
        return
    for feed in found.feeds:
        assert feed.url.startswith(("http://", "https://"))
        assert feed.home is None or feed.home.startswith(("http://", "https://"))
        assert not UNSEEN & set("".join([feed.title, *feed.folder, *feed.categories]))
