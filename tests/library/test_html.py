from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.html import parse_html
from models.article import Heading

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bridge closed for a year | Harbour News</title>
<meta property="article:published_time" content="2026-09-14T08:00:00Z">
<link rel="canonical" href="https://example.org/bridge"><style>p {color: red}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Bridge closed for a year</h1>
<p>The harbour bridge will be closed for a year from June, the port authority said on Tuesday, after engineers
had found cracks in <b>two</b> of its piers &amp; a bearing.</p>
<script>track("evil")</script><!-- a comment -->
<h2>A long search</h2>
<p>“We have no choice,” said Mayor Ann Lee.<br>She spoke on Monday.</p>
<ul><li>Buses will run every ten minutes.</li><li>Ferries are free.</li></ul>
<table><tr><th>Year</th><th>Cracks</th></tr><tr><td>2020</td><td>4</td></tr></table>
<p>[bold]No markup[/bold] &lt;b&gt;here&lt;/b&gt;, and text enough to be an article: the quay stays open, and so does
the market hall behind it, where fish is sold every morning from six o'clock on.</p>
</article>HIDDEN<footer><p>Copyright 2026. All rights reserved.</p></footer></body></html>"""


def test_a_page_is_read_without_its_furniture() -> None:
    parsed = parse_html(PAGE.replace("HIDDEN", ""))

    assert parsed.headline == "Bridge closed for a year"
    assert parsed.published == date(2026, 9, 14)
    assert parsed.url == "https://example.org/bridge"
    assert parsed.paragraphs == [
        "The harbour bridge will be closed for a year from June, the port authority said on Tuesday, after engineers "
        "had found cracks in two of its piers & a bearing.",
        "“We have no choice,” said Mayor Ann Lee. She spoke on Monday.",
        "Buses will run every ten minutes.",
        "Ferries are free.",
        "Year | Cracks",
        "2020 | 4",
        "[bold]No markup[/bold] <b>here</b>, and text enough to be an article: the quay stays open, and so does "
        "the market hall behind it, where fish is sold every morning from six o'clock on.",
    ]
    assert parsed.headings == (Heading(before=2, text="A long search"),)


def test_author_and_date_are_no_paragraphs() -> None:
    head = '<meta name="author" content="Ada Krol"></head>'
    page = PAGE.replace("HIDDEN", "").replace("</head>", head)
    written = "<p>By Ada Krol in Bergen</p><p>14 September 2026 08:00 CEST</p>"

    known, shown = parse_html(page), parse_html(page.replace("</h1>", f"</h1>{written}"))

    assert (known.byline, shown.byline) == ("Ada Krol", "By Ada Krol in Bergen")
    assert known.paragraphs == shown.paragraphs
    assert shown.published == date(2026, 9, 14)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>SECRET</p>",
        "<p style='display: none'>SECRET</p>",
        "<div style='color:red; VISIBILITY : hidden'><p>SECRET</p></div>",
        "<p style='font-size:0px'>SECRET</p>",
        "<p style='opacity: 0.0'>SECRET</p>",
        "<template><p>SECRET</p></template>",
        "<noscript>SECRET</noscript>",
        "<style>SECRET</style>",
        "<script>SECRET</script>",
        "<svg><text>SECRET</text></svg>",
        "<textarea>SECRET</textarea>",
        "<!-- SECRET -->",
    ],
)
@pytest.mark.parametrize("page", [PAGE.replace("</article>HIDDEN", "HIDDEN</article>"), "<h1>A</h1><p>B</p>HIDDEN"])
def test_what_a_browser_hides_is_not_shown(page: str, hidden: str) -> None:
    parsed = parse_html(page.replace("HIDDEN", hidden * 3 + "<p>The last words, which all can see.</p>"))

    assert "SECRET" not in str(parsed)
    assert parsed.paragraphs[-1] == "The last words, which all can see."


def test_what_is_only_faint_or_small_is_shown() -> None:
    assert parse_html("<p style='font-size:0.8em'>One.</p><p style='opacity:0.5'>Two.</p>").paragraphs == ["Two."]


def test_a_small_page_is_taken_whole() -> None:
    parsed = parse_html("<html><body><h1>Short</h1><p>One paragraph.</p><p>Two <i>paragraphs</i>.</p></body></html>")

    assert (parsed.headline, parsed.paragraphs) == ("Short", ["One paragraph.", "Two paragraphs."])


def test_a_page_without_a_heading_is_called_by_its_title() -> None:
    parsed = parse_html("<html><head><title>The title</title></head><body><p>One.</p><p>Two.</p></body></html>")

    assert (parsed.headline, parsed.paragraphs) == ("The title", ["One.", "Two."])


def test_character_references_bring_no_control_characters() -> None:
    parsed = parse_html("<h1>A&#27;[31m</h1><p>B &#x202e;c &#7;d &#x9b;e&nbsp;f</p>")

    assert not [character for character in parsed.headline + parsed.paragraphs[0] if ord(character) in (27, 7, 0x9B)]
    assert "\u202e" not in parsed.paragraphs[0]
    assert parsed.paragraphs[0].endswith("e f")


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<html><head><title>T</title></head><script>x()</script></html>"]
)
def test_a_page_that_shows_nothing_has_no_paragraphs(page: str) -> None:
    assert parse_html(page).paragraphs == []


def test_two_line_breaks_end_a_paragraph() -> None:
    assert parse_html("<h1>A</h1>One<br>and<br/><br/>two.").paragraphs == ["One and", "two."]


def test_a_very_long_page_is_read_at_once() -> None:
    page = "<html><body><h1>A</h1>" + "<p>One <b>more</b> paragraph.</p>" * 30_000 + "</body></html>"

    assert len(parse_html(page).paragraphs) == 30_000


def test_deep_nesting_is_survived() -> None:
    assert isinstance(parse_html("<div>" * 5_000 + "deep" + "</div>" * 5_000).paragraphs, list)


TAGS = (
    "<p> </p> <br> <div> <div hidden> </div> <table> <tr> <td> <ul> <li> <h1> </h1> <title> <body> <article> <script> "
    "</script> <!-- --> <a href=x> </a> <blockquote> &#27; &#8238; &lt;"
).split()
SENTENCES = "Words enough to be taken for an article, in a sentence that ends here. " * 5
PIECES = st.sampled_from([*TAGS, SENTENCES])


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_any_page_is_read(page: str) -> None:
    parsed = parse_html(page)

    assert "\x1b" not in "".join([parsed.headline, *parsed.paragraphs])
    assert all(paragraph == " ".join(paragraph.split()) != "" for paragraph in parsed.paragraphs)
