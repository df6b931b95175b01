from datetime import date

import pytest

from library.head_lines import take_head
from library.html import parse_html
from library.markdown import parse_markdown
from library.parsed import HEADLINE_LENGTH, Block
from library.plain_text import parse_plain_text

FIRST = "The harbour bridge was shut on Friday after inspectors had found cracks in two of its hangers."
SECOND = "Repairs will take between five and nine months, said Ada Krol, who heads the port authority."
DAY = date(2026, 11, 20)


def heads(*lines: str) -> tuple[str | None, date | None, list[str]]:
    head, rest = take_head([Block(line) for line in (*lines, FIRST, SECOND)])
    return head.byline, head.published, [block.text for block in rest]


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Krol",
        "BY ADA KROL",
        "By Ada Krol and Owen Pell, Political Editor",
        "By Maria van der Berg in Oslo",
        "By Ada Krol for The Harbour News",
        "By our Brussels correspondent",
        "Words by Ada Krol",
        "Ada Krol in London",
        "Ada Krol, Political Editor",
        "LONDON (Reuters) -",
        "LONDON, Nov 20 (Reuters) -",
        "BERGEN, Norway (AP) —",
        "Abu Dhabi, UAE CNN —",
        "Hong Kong/London CNN Business —",
        "CNN —",
    ],
)
def test_who_wrote_it_and_where_is_no_paragraph(line: str) -> None:
    assert heads(line) == (line.rstrip(" -—"), None, [FIRST, SECOND])


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("20 November 2026", None),
        ("2026-11-20T14:05:00Z", None),
        ("Friday, November 20th, 2026", None),
        ("Nov. 20, 2026, 2:05 p.m. ET", None),
        ("Published 20 Nov 2026 14:05 GMT", None),
        ("First published on Fri 20 Nov 2026 14.05 GMT", None),
        ("14:05, 20 November 2026", None),
        ("Galway, 20 November 2026", "Galway"),
        ("By Ada Krol | 20 November 2026", "By Ada Krol"),
        ("Ada Krol · 20 Nov 2026 · 5 min read", "Ada Krol"),
        ("Posted November 20, 2026 by Ada Krol", "by Ada Krol"),
    ],
)
def test_a_line_with_the_date_gives_it(line: str, byline: str | None) -> None:
    assert heads(line) == (byline, DAY, [FIRST, SECOND])


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the water had risen to the quay.",
        "By the end of the year",
        "The bridge closed on 20 November 2026.",
        "On 20 November 2026, the bridge was shut",
        "Elections, 20 November 2026, results",
        "Ada Krol, 34, died",
        "Ada Krol",
        "No Ferries in Galway",
        "LONDON (Reuters) - The bridge is shut.",
        "40 February 2026",
        "By what right?",
        "Live updates —",
    ],
)
def test_what_is_text_stays_a_paragraph(line: str) -> None:
    assert heads(line) == (None, None, [line, FIRST, SECOND])


def test_a_bare_name_is_one_above_a_date() -> None:
    assert heads("Ada Krol", "20 November 2026") == ("Ada Krol", DAY, [FIRST, SECOND])


def test_a_head_may_stand_below_what_sums_the_story_up_but_not_within_the_text() -> None:
    below = "A year without lorries lies ahead"
    assert heads(below, "By Ada Krol") == ("By Ada Krol", None, [below, FIRST, SECOND])

    head, rest = take_head([Block(FIRST), Block(SECOND), Block("By Ada Krol"), Block(FIRST)])
    assert (head.byline, len(rest)) == (None, 4)


def test_the_days_of_a_chronicle_stay_where_they_are() -> None:
    page = f"<h1>The year of the bridge</h1><p>By Ada Krol</p><h2>March 12, 2020</h2><p>{FIRST}</p>"

    parsed = parse_html(f"{page}<h2>March 13, 2020</h2><p>{SECOND}</p>")

    assert (parsed.byline, parsed.published, parsed.paragraphs) == ("By Ada Krol", None, [FIRST, SECOND])
    assert [(heading.before, heading.text) for heading in parsed.headings] == [
        (1, "March 12, 2020"),
        (2, "March 13, 2020"),
    ]


def test_below_the_first_paragraph_a_date_is_text() -> None:
    head, rest = take_head([Block("20 November 2026"), Block(FIRST), Block("21 November 2026"), Block(SECOND)])

    assert (head.published, [block.text for block in rest]) == (DAY, [FIRST, "21 November 2026", SECOND])


def test_what_is_no_paragraph_may_stand_within_a_head() -> None:
    assert heads("By Ada Krol", "Share this", "20 November 2026") == ("By Ada Krol", DAY, ["Share this", FIRST, SECOND])


def test_an_article_is_of_the_day_on_which_it_was_published_and_not_changed() -> None:
    changed = "Last updated 21 November 2026"

    assert heads(changed, "Published 20 November 2026")[1] == DAY
    assert heads("20 November 2026", changed)[1] == DAY
    assert parse_plain_text(f"Bridge shut\n\n{changed}\n\n{FIRST}\n\n{SECOND}").published == date(2026, 11, 21)


def test_a_byline_of_any_length_is_bounded() -> None:
    name = "A" * 1_000_000
    page = f'<html><head><meta name="author" content="{"Ada Krol " * 100_000}"></head><body><p>{FIRST}</p>'

    assert len(parse_html(page).byline or "") <= HEADLINE_LENGTH
    assert (
        len(parse_markdown(f"---\ntitle: Bridge shut\nauthor: {name}\n---\n{FIRST}\n").byline or "") <= HEADLINE_LENGTH
    )
    assert heads(f"{name} Krol", "20 November 2026") == (None, DAY, [f"{name} Krol", FIRST, SECOND])


def test_a_text_of_nothing_else_stays_what_it_is() -> None:
    head, rest = take_head([Block("By Ada Krol"), Block("20 November 2026")])
    assert (head.byline, [block.text for block in rest]) == (None, ["By Ada Krol", "20 November 2026"])


def test_a_plain_text_has_its_head_taken_off_also_where_it_is_wrapped() -> None:
    wrapped = (
        "The harbour bridge was shut on Friday after inspectors had found\n"
        "cracks in two of its hangers. Nobody knows when it can be opened, and\n"
        "a ferry will have to do until then, the authority of the port said\n"
        "late in the evening. Repairs may well take until the next summer, or\n"
        "longer."
    )

    parsed = parse_plain_text(f"Bridge shut\nBy Ada Krol\nGalway, 20 November 2026\nhttps://example.org/b\n{wrapped}\n")

    assert (parsed.headline, parsed.byline, parsed.published) == ("Bridge shut", "By Ada Krol · Galway", DAY)
    assert parsed.url == "https://example.org/b"
    assert parsed.paragraphs == [wrapped.replace("\n", " ")]


def test_in_the_article_format_every_line_below_the_address_is_a_paragraph() -> None:
    lines = ["By Ada Krol", "20 November 2026", "What happens next", FIRST]

    parsed = parse_plain_text("\n".join(["Bridge shut", "20261120", "https://example.org/b", *lines]))

    assert parsed.paragraphs == lines
    assert (parsed.byline, parsed.headings) == (None, ())
