from dataclasses import replace
from datetime import date

import pytest

from library.feeds.articles import entry_article, page_article, plain_address, summary_article
from library.feeds.document import Entry
from library.feeds.parse import parse_feed
from library.reader import PARAGRAPH_LIMIT
from models.article import Heading
from models.feed import Feed
from tests.library.feeds.samples import ATOM, JSON_FEED, RSS

FEED = Feed(url="https://gazette.example/rss")

PAGE = """<html><head><title>The Gazette: Ferry</title></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Ferry line to close</h1><p>The ferry line will close on 1 May, the company said on Monday.</p>
<p>Mayor Ida Holm called the decision a blow to the island, and promised a bus over the causeway by the summer.</p>
<p>The company blamed the price of fuel, which has doubled since the line was opened forty years ago.</p></article>
<footer>All rights reserved by nobody in particular.</footer></body></html>"""


def entry(title: str = "", content: str = "", *, markup: bool = True, url: str | None = None) -> Entry:
    return Entry(key="1", title=title, url=url, published=date(2024, 3, 11), content=content, markup=markup)


def test_an_entry_becomes_an_article_of_paragraphs() -> None:
    ferry, _, alone = parse_feed(RSS.encode(), FEED.url).entries

    article = entry_article(ferry, FEED)

    assert article is not None
    assert (article.headline, article.published) == ("Ferry line to close", date(2024, 3, 12))
    assert (article.url, article.origin) == ("https://gazette.example/ferry?id=7", FEED.url)
    assert [p.text for p in article.paragraphs] == ["The ferry line will close on 1 May.", "Mayor Ida Holm objected."]
    bare = entry_article(alone, FEED)
    assert bare is not None
    assert [p.text for p in bare.paragraphs] == ["A headline alone"]


def test_atom_and_json_feed_become_articles() -> None:
    [school] = parse_feed(ATOM.encode(), FEED.url).entries
    _, note = parse_feed(JSON_FEED.encode(), FEED.url).entries
    for one, headline, texts in (
        (school, "1 < 2, says school", ["One is less.", "Two is more."]),
        (note, "A note.", ["Its second line."]),
    ):
        article = entry_article(one, FEED)
        assert article is not None
        assert article.headline == headline
        assert [p.text for p in article.paragraphs] == texts


def test_who_wrote_an_entry_and_its_headings_are_no_paragraphs() -> None:
    content = "<p>By Ada Krol in Bergen</p><p>It sinks.</p><h3>What next</h3><p>It is raised.</p>"

    article = entry_article(entry("Ferry sinks", content), FEED)

    assert article is not None
    assert article.byline == "By Ada Krol in Bergen"
    assert [p.text for p in article.paragraphs] == ["It sinks.", "It is raised."]
    assert article.headings == (Heading(before=2, text="What next"),)


def test_headings_go_with_the_paragraphs_that_are_left_out() -> None:
    sections = "".join(f"<h3>Part {n}</h3><p>Text {n}.</p>" for n in range(1, PARAGRAPH_LIMIT + 4))
    article = entry_article(entry("Log", f"<p>It begins.</p>{sections}"), FEED)
    assert article is not None
    assert len(article.paragraphs) == PARAGRAPH_LIMIT
    assert article.headings[-1] == Heading(before=PARAGRAPH_LIMIT, text=f"Part {PARAGRAPH_LIMIT - 1}")


def test_an_entry_without_anything_to_read_is_no_article() -> None:
    assert entry_article(entry(), FEED) is None
    assert entry_article(entry(content="<img src=x>"), FEED) is None
    assert summary_article(entry(), FEED, "No.") is None


def test_plain_text_is_not_read_as_markup() -> None:
    article = entry_article(entry("T", "a <b> c\n\nd \x1b[2Je", markup=False), FEED)
    assert article is not None
    assert [p.text for p in article.paragraphs] == ["a <b> c", "d e"]


def test_a_page_is_read_without_its_furniture_under_the_headline_of_the_feed() -> None:
    article = page_article(entry("Ferry closes", url="https://gazette.example/ferry"), FEED, PAGE)
    assert article is not None
    assert article.headline == "Ferry closes"
    assert len([p for p in article.paragraphs if "ferry line" in p.text or "Mayor" in p.text]) >= 2
    assert not any("rights reserved" in p.text for p in article.paragraphs)
    assert page_article(entry("Ferry"), FEED, "<html></html>") is None


def test_what_the_feed_does_not_tell_is_taken_from_the_page() -> None:
    page = PAGE.replace("</head>", '<meta property="article:published_time" content="2024-03-10T09:00:00Z"></head>')
    article = page_article(replace(entry(), published=None), FEED, page)
    assert article is not None
    assert (article.headline, article.published) == ("Ferry line to close", date(2024, 3, 10))


def test_the_reason_why_there_is_no_more_is_told() -> None:
    article = summary_article(entry("T", "S"), FEED, "The page was not there.")
    assert article is not None
    assert article.notices == ("The page was not there.",)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/x?utm_source=rss&id=7&fbclid=z", "https://a.example/x?id=7"),
        ("https://a.example/x?utm_medium=feed#part", "https://a.example/x#part"),
        ("https://a.example/x?a=b%2Cc+d%20e;f&flag&utm_x=1&b=(1)", "https://a.example/x?a=b%2Cc+d%20e;f&flag&b=(1)"),
        ("https://a.example/x?%75tm_x=1&a=1", "https://a.example/x?a=1"),
        ("https://a.example/x?b=1&a=%20", "https://a.example/x?b=1&a=%20"),
    ],
)
def test_what_tracks_the_reader_is_left_out_of_addresses(url: str, plain: str) -> None:
    assert plain_address(url) == plain
