import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.cleaning import clean_text
from library.feeds.document import Entry, FeedDocument, NotAFeed
from library.feeds.parse import ENTRY_LIMIT, parse_feed
from tests.library.feeds.samples import ATOM, JSON_FEED, RSS, item, rss_of

URL = "https://gazette.example/feeds/all.xml"


def parse(text: str, charset: str | None = None, encoding: str = "utf-8") -> FeedDocument:
    return parse_feed(text.encode(encoding), URL, charset)


def titles(text: str) -> list[str]:
    return [entry.title for entry in parse(text).entries]


def test_rss() -> None:
    feed = parse(RSS)

    assert (feed.title, feed.home) == ("Harbour & Gazette", "https://gazette.example/")
    ferry, bridge, alone = feed.entries
    assert (ferry.key, ferry.title) == ("https://gazette.example/feeds/ferry-1", "Ferry line to close")
    assert ferry.url == "https://gazette.example/ferry?utm_source=rss&id=7"
    assert ferry.published == date(2024, 3, 12)  # in UTC
    assert "Mayor Ida Holm" in ferry.content
    assert ferry.markup
    assert bridge.content == "The bridge opens in June."
    assert (alone.url, alone.published, alone.content) == (None, None, "")


def test_atom() -> None:
    feed = parse(ATOM)

    assert (feed.title, feed.home) == ("Island News", "https://island.example/")
    [school] = feed.entries
    assert (school.key, school.title) == ("urn:1", "1 < 2, says school")
    assert (school.url, school.published) == ("https://gazette.example/school", date(2024, 3, 12))
    assert "<p>One is less.</p>" in school.content


def test_json_feed() -> None:
    feed = parse(JSON_FEED)

    assert (feed.title, feed.home) == ("Causeway", "https://causeway.example")
    tide, note = feed.entries
    assert (tide.key, tide.title, tide.published) == ("1", "Tide", date(2024, 3, 13))
    assert (tide.content, tide.markup) == ("<p>High.</p><p>Low.</p>", True)
    assert (note.url, note.content, note.markup) == ("https://else.example/2", "A note.\nIts second line.", False)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "it is empty"),
        ("<!doctype html><html><body>Hello.", "it is a web page"),
        ("Just text.", "neither RSS, Atom nor JSON Feed"),
        ("<opml><body/></opml>", "neither RSS, Atom nor JSON Feed"),
        ("{", "JSON that is broken"),
        ("{" + '"a":[' * 100_000, "JSON that is broken"),
        ('{"version": 1}', "no JSON Feed"),
        ("%PDF-1.7", "it is a PDF"),
    ],
)
def test_what_is_no_feed_is_told(text: str, what: str) -> None:
    with pytest.raises(NotAFeed, match=what):
        parse(text)


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    assert titles("<rss version='2.0'><channel><item><title>A & B</title></item><item><title>C</title><p>") == [
        "A & B",
        "C",
    ]
    assert titles(rss_of(item("One"), item("Two"))[:-20]) == ["One", "Two"]


def test_entries_with_the_same_identifier_or_link_are_told_apart() -> None:
    same = parse(rss_of(*(item(name, link="https://gazette.example/", guid="1") for name in "AB")))
    assert len({entry.key for entry in same.entries}) == 2
    again = parse(rss_of(*(item(name, link="https://gazette.example/", guid="1") for name in "BA")))
    assert {entry.key for entry in same.entries} == {entry.key for entry in again.entries}


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", "iso-8859-1"),
        ("cp1251", "", "windows-1251"),
        ("cp1251", '<?xml version="1.0" encoding="windows-1251"?>', "utf-8"),
        ("utf-8", '<?xml version="1.0" encoding="us-ascii"?>', None),
        ("utf-16", '<?xml version="1.0" encoding="utf-16"?>', None),
    ],
)
def test_wrong_and_missing_encodings(encoding: str, declared: str, charset: str | None) -> None:
    feed = parse(declared + rss_of(item("Паром уходит")), charset, encoding)
    assert feed.entries[0].title == "Паром уходит"


def test_what_would_steer_a_terminal_or_turn_a_text_around_is_taken_out() -> None:
    hostile = "A\x1b[2J&#27;[31m\u202eB&amp;#x202e;C\x9b"
    feed = parse(rss_of(item(hostile, hostile), title=hostile))
    for text in (feed.title, feed.entries[0].title, feed.entries[0].content):
        assert not {"\x1b", "\u202e", "\x9b"} & set(clean_text(text))
        assert "B" in text
    assert feed.entries[0].title == clean_text(feed.entries[0].title)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "boom">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
BIG_ENTITY = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e11 "{"boom" * 25_000}">]>'


@pytest.mark.parametrize("bomb", [BOMB, BIG_ENTITY], ids=["nested", "large"])
def test_entities_do_not_explode(bomb: str) -> None:
    started = time.process_time()
    text = bomb + rss_of(item("&e11;" * 20_000, "&e11;" * 20_000))
    size = sum(len(entry.title) + len(entry.content) for entry in parse(text).entries)
    assert size <= len(text)
    assert time.process_time() - started < 20


@pytest.mark.parametrize("broken", ["", "<b"])
def test_a_long_author_does_not_keep_the_parser_busy(broken: str) -> None:
    author = f"<author>{'a.' * 100_000}</author>"
    started = time.process_time()
    feed = parse(rss_of(f"<item><title>Ferry</title>{author}</item>", author) + broken)
    assert [entry.title for entry in feed.entries] == ["Ferry"]
    assert time.process_time() - started < 10


def test_external_entities_are_not_read(tmp_path: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush")
    for declared in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;'):
        feed = parse(f'<?xml version="1.0"?><!DOCTYPE r [{declared}]>' + rss_of(item("A &x;", "B &x;")))
        assert "hush" not in repr(feed)


def test_ten_thousand_entries_are_taken_and_no_more() -> None:
    feed = parse(rss_of(*(item(f"Story {n}", f"Text {n}.", guid=str(n)) for n in range(ENTRY_LIMIT + 5))))
    assert [entry.title for entry in feed.entries] == [f"Story {n}" for n in range(ENTRY_LIMIT)]


PIECES = st.lists(
    st.sampled_from(
        "<rss> <feed> <channel> <item> <entry> </item> <title> </title> <link href='x' <content:encoded> <div <b> "
        "<![CDATA[ ]]> <!-- --> &amp; &#0; &#xD800; &x; <?xml encoding='utf-7'?> <!DOCTYPE r [<!ENTITY x 'y'>]> "
        "<guid> <pubDate> Mon 99 Sep 99999 xmlns='http://www.w3.org/2005/Atom' base64 http://[ \x00 \x1b".split(" ")
    )
    | st.text(max_size=8),
    max_size=40,
)


def assert_sound(data: bytes, charset: str | None = None) -> None:
    try:
        feed = parse_feed(data, URL, charset)
    except NotAFeed:
        return
    for entry in feed.entries:
        assert isinstance(entry, Entry)
        assert entry.key
        assert entry.title == clean_text(entry.title)
        assert entry.url is None or entry.url.startswith(("http://", "https://"))


@settings(deadline=None, max_examples=150)
@given(PIECES)
def test_no_markup_breaks_the_parser(pieces: list[str]) -> None:
    assert_sound(("<rss version='2.0'>" + "".join(pieces)).encode(errors="replace"))


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200), st.none() | st.text(max_size=12))
def test_no_bytes_break_the_parser(data: bytes, charset: str | None) -> None:
    assert_sound(data, charset)
    assert_sound(b"<rss version='2.0'><channel><item><title>" + data, charset)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["id", "url", "title", "content_html", "content_text", "date_published", "summary"])


@settings(deadline=None, max_examples=100)
@given(st.fixed_dictionaries({}, optional={"title": JSON_VALUES, "home_page_url": JSON_VALUES}), st.data())
def test_no_json_breaks_the_parser(feed: dict[str, Any], data: st.DataObject) -> None:
    items = data.draw(st.lists(st.dictionaries(FIELDS, JSON_VALUES), max_size=3) | JSON_VALUES)
    assert_sound(json.dumps({**feed, "version": "https://jsonfeed.org/version/1", "items": items}).encode())
