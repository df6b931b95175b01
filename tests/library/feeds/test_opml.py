import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.cleaning import one_line
from library.feeds import opml as lists
from library.feeds.opml import CATEGORIES_LIMIT, NotOpml, read_opml, write_opml
from models.feed import Feed

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Subscriptions of somebody</title></head><body>
<outline text="News" title="News">
  <outline text="Harbour &amp; Sea" title="Harbour &amp; Sea">
    <outline type="rss" text="Gazette" title="Gazette &lt;b&gt;daily&lt;/b&gt; &amp;amp; more"
      xmlUrl="https://gazette.example/rss?a=1&amp;b=2" htmlUrl="https://gazette.example/"/>
  </outline>
  <outline type="rss" text="Post" xmlUrl="http://post.example/atom.xml" category="/World/Isles,ferries"/>
</outline>
<outline type="rss" text="Causeway" title="Causeway" xmlUrl="https://causeway.example/feed.json"/>
<outline text="Favourites">
  <outline type="rss" text="Causeway again" xmlurl="https://causeway.example/feed.json"/>
</outline>
</body></opml>"""

FEEDS = (
    Feed(
        url="https://gazette.example/rss?a=1&b=2",
        title="Gazette <b>daily</b> &amp; more",
        home="https://gazette.example/",
        folder=("News", "Harbour & Sea"),
    ),
    Feed(url="http://post.example/atom.xml", title="Post", folder=("News",), categories=("/World/Isles", "ferries")),
    Feed(url="https://causeway.example/feed.json", title="Causeway", categories=("Favourites",)),
)


NEWSBOAT = """<?xml version="1.0"?>
<opml version="1.0">
  <head>
    <title>newsboat - Exported Feeds</title>
  </head>
  <body>
    <outline type="rss" xmlUrl="https://gazette.example/rss" htmlUrl="https://gazette.example/" title="Gazette &lt;i&gt;live&lt;/i&gt;"/>
    <outline type="rss" xmlUrl="https://quiet.example/atom" htmlUrl="" title=""/>
    <outline type="rss" xmlUrl="exec:~/bin/make-feed" title="Made here"/>
    <outline type="rss" xmlUrl="filter:~/bin/shorten:https://long.example/rss" title="Shortened"/>
  </body>
</opml>"""  # noqa: E501 -- as it is exported

FEEDLY = """<?xml version="1.0" encoding="UTF-8"?>

<opml version="1.0">
    <head>
        <title>Somebody subscriptions in feedly Cloud</title>
    </head>
    <body>
        <outline text="News &amp; Weather" title="News &amp; Weather">
            <outline type="rss" text="Gazette &quot;live&quot;" title="Gazette &quot;live&quot;" xmlUrl="https://gazette.example/rss" htmlUrl="https://gazette.example"/>
            <outline type="rss" text="Causeway" title="Causeway" xmlUrl="http://causeway.example/rss" htmlUrl="http://causeway.example"/>
        </outline>
        <outline text="Isles" title="Isles">
            <outline type="rss" text="Gazette &quot;live&quot;" title="Gazette &quot;live&quot;" xmlUrl="https://gazette.example/rss" htmlUrl="https://gazette.example"/>
        </outline>
    </body>
</opml>"""  # noqa: E501 -- as it is exported


def opml(*outlines: str) -> bytes:
    return f"<opml><body>{''.join(outlines)}</body></opml>".encode()


def test_what_other_readers_export_is_read() -> None:
    assert read_opml(NESTED.encode()) == (FEEDS, ())


def test_what_newsboat_exports_goes_round() -> None:
    found = read_opml(NEWSBOAT.encode())
    named, unnamed = found.feeds
    assert (named.title, named.home) == ("Gazette <i>live</i>", "https://gazette.example/")
    assert (unnamed.url, unnamed.name) == ("https://quiet.example/atom", "https://quiet.example/atom")
    assert [name for name, _ in found.refused] == ["Made here", "Shortened"]
    again = read_opml(write_opml(found.feeds)).feeds
    assert again[0] == named
    assert (again[1].url, again[1].name) == (unnamed.url, unnamed.name)


def test_what_feedly_exports_goes_round_with_the_second_folder_as_a_category() -> None:
    found = read_opml(FEEDLY.encode())
    assert [(feed.title, feed.folder, feed.categories) for feed in found.feeds] == [
        ('Gazette "live"', ("News & Weather",), ("Isles",)),
        ("Causeway", ("News & Weather",), ()),
    ]
    assert read_opml(write_opml(found.feeds)) == found


def test_what_is_written_reads_back_the_same() -> None:
    feeds = (*FEEDS, Feed(url="https://full.example/", title="Full", folder=("News",), full_text=True))
    assert set(read_opml(write_opml(feeds)).feeds) == set(feeds)


def test_what_is_written_is_what_others_read() -> None:
    written = write_opml(FEEDS).decode()
    assert written.startswith("<?xml version='1.0' encoding='utf-8'?>\n<opml")
    assert 'text="Gazette &lt;b&gt;daily&lt;/b&gt; &amp;amp; more"' in written
    assert written.count('<outline text="News"') == 1


TITLES = st.text(max_size=30).map(one_line)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(TITLES, st.lists(TITLES.filter(bool), max_size=3)), max_size=5))
def test_any_title_and_folder_survives(named: list[tuple[str, list[str]]]) -> None:
    feeds = [
        Feed(url=f"https://{n}.example/", title=title or "x", folder=tuple(folder))
        for n, (title, folder) in enumerate(named)
    ]
    readable = {feed.url: feed for feed in read_opml(write_opml(feeds)).feeds}
    assert len(readable) == len(feeds)
    for feed in feeds:
        if "\ufffd" not in readable[feed.url].title + "".join(readable[feed.url].folder):
            assert readable[feed.url] == feed


def test_addresses_with_what_can_not_stand_in_xml_are_written() -> None:
    odd = Feed(url="https://a.example/\uffff", home="https://a.example/\ufffe\ud800", title="A")
    [feed] = read_opml(write_opml([odd])).feeds
    assert (feed.url, feed.home) == ("https://a.example/%EF%BF%BF", "https://a.example/%EF%BF%BE%3F")


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "exec:rm -rf", "filter:cat:https://a.example", "ftp://a.example", "", "javascript:1"),
        *("http://127.0.0.1/rss", "http://localhost:8080/", "https://[::1]/", "http://192.168.1.1/feed", "http://nas/"),
    ],
)
def test_what_is_not_on_the_web_or_near_is_refused(url: str) -> None:
    found = read_opml(opml(f'<outline text="A" xmlUrl="{url}"/>', '<outline xmlUrl="https://b.example/"/>'))
    assert [feed.url for feed in found.feeds] == ["https://b.example/"]
    [(name, reason)] = found.refused
    assert name == "A"
    assert reason


def test_private_addresses_are_taken_by_consent_and_files_never() -> None:
    outlines = [f'<outline xmlUrl="{url}"/>' for url in ("http://10.0.0.1/rss", "https://b.example/", "file:///x")]
    found = read_opml(opml(*outlines), private=True)
    assert [(feed.url, feed.private) for feed in found.feeds] == [
        ("http://10.0.0.1/rss", True),
        ("https://b.example/", False),
    ]
    assert len(found.refused) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<rss><channel/></rss>", b"<opml/>", b"\x89PNG\0", b"<html><body>", b"x" * 10_000_001],
    ids=["empty", "text", "feed", "bodiless", "picture", "page", "large"],
)
def test_what_is_no_list_is_told(data: bytes) -> None:
    with pytest.raises(NotOpml, match="it is"):
        read_opml(data)


@pytest.mark.parametrize("half", ["&#xD800;", "&#xdfff;", "&#55296;", "&#x0000D800;", "&#99999999999;"])
def test_a_reference_to_half_a_character_is_harmless(half: str) -> None:
    outline = f'<outline text="A{half}B" xmlUrl="https://a.example/{half}"/>'
    for text in (opml(outline), f"<opml xmlns:x='{half}'><body>{outline}</body></opml>".encode()):
        [feed] = read_opml(text).feeds
        assert feed.title.startswith("A")


def test_a_feed_that_stands_in_very_many_folders_is_read_at_once() -> None:
    started = time.process_time()
    folders = (f'<outline text="f{n}"><outline xmlUrl="https://a.example/"/></outline>' for n in range(30_000))
    names = ",".join(f"c{n}" for n in range(30_000))
    [feed, many] = read_opml(opml(*folders, f'<outline xmlUrl="https://b.example/" category="{names}"/>')).feeds
    assert feed.categories == tuple(f"f{n}" for n in range(1, CATEGORIES_LIMIT + 1))
    assert len(many.categories) == CATEGORIES_LIMIT
    assert time.process_time() - started < 10


def test_the_rest_of_a_list_without_end_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "FEEDS_LIMIT", 3)
    outlines = [f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(5)]
    found = read_opml(opml('<outline xmlUrl="file:///x"/>', *outlines))
    assert [feed.url[-1] for feed in found.feeds] == ["0", "1"]
    assert [name for name, _ in found.refused] == ["file:///x", "The rest of the list"]
    assert read_opml(opml(*outlines[:3])).refused == ()


def test_a_broken_list_is_read_as_far_as_it_goes() -> None:
    found = read_opml(b'<opml><body><outline text="A & B" xmlUrl="https://a.example/"/><outline text="C"')
    assert [feed.url for feed in found.feeds] == ["https://a.example/"]


def test_entities_neither_explode_nor_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush")
    entities = '<!ENTITY e0 "boom">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE opml [{entities}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    started = time.process_time()
    for text in ("&e11;", "&x;"):
        body = opml(f'<outline text="{text}" xmlUrl="https://a.example/{text}"/>').decode()
        try:
            found = repr(read_opml((doctype + body).encode()))
        except NotOpml:
            continue
        assert "hush" not in found
        assert len(found) < 10_000
    assert time.process_time() - started < 10


def test_nesting_without_end_is_harmless() -> None:
    deep = '<outline text="a">' * 50_000
    try:
        found = read_opml(f"<opml><body>{deep}".encode())
    except NotOpml:
        return
    assert found.feeds == ()


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for whole in (data, b"<opml><body><outline text='" + data):
        try:
            found = read_opml(whole)
        except NotOpml:
            continue
        assert all(feed.url.startswith("http") for feed in found.feeds)
