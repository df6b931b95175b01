from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.plain_text import as_date, is_url, parse_plain_text
from models.article import Heading

ARTICLE = "Bridge closed\n20260914\nhttps://example.org/bridge\nThe bridge is closed.\n“Why?” he said.\n"


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        ARTICLE.rstrip("\n"),
        ARTICLE.replace("\n", "\n\n"),
        "\n \n" + ARTICLE,
        ARTICLE.replace("\n", "  \n"),
        ARTICLE.replace("20260914", "2026-09-14"),
    ],
)
def test_the_article_format_is_read(text: str) -> None:
    parsed = parse_plain_text(text)

    assert parsed.headline == "Bridge closed"
    assert parsed.published == date(2026, 9, 14)
    assert parsed.url == "https://example.org/bridge"
    assert parsed.paragraphs == ["The bridge is closed.", "“Why?” he said."]
    assert not parsed.notices


@pytest.mark.parametrize("line", ["20221340", "20260230", "12/03/2022", "2026091", "Monday", "14 September 2026"])
def test_a_bad_date_is_reported_and_nothing_else_lost(line: str) -> None:
    parsed = parse_plain_text(ARTICLE.replace("20260914", line))

    assert parsed.published is None
    assert parsed.paragraphs == ["The bridge is closed.", "“Why?” he said."]
    assert parsed.notices[0].startswith("Line 2 should be the date as YYYYMMDD")
    assert f"“{line}”" in parsed.notices[0]


def test_date_and_url_may_be_missing() -> None:
    without_date = parse_plain_text("Headline\nhttps://example.org/\nOne.\nTwo.")
    without_url = parse_plain_text("Headline\n20260914\nOne.\nTwo.")

    assert (without_date.url, without_date.published, without_date.notices) == ("https://example.org/", None, ())
    assert (without_url.url, without_url.published) == (None, date(2026, 9, 14))
    assert without_date.paragraphs == without_url.paragraphs == ["One.", "Two."]


def test_ordinary_text_with_a_paragraph_a_line() -> None:
    lines = [
        "A headline",
        "The first paragraph of it is long enough to be one.",
        "A short one.",
        "The last one of all.",
    ]

    assert parse_plain_text("\n".join(lines)).paragraphs == lines[1:]
    assert parse_plain_text("\n\n".join(lines)).paragraphs == lines[1:]
    assert parse_plain_text("\n\n".join(lines)).headline == "A headline"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_hard_wrapped_text_is_joined(gap: str) -> None:
    text = (
        f"A headline above{gap}"
        "This paragraph was filled to some seventy columns by an editor, as it\n"
        "happens with mail and with old files of text. Its lines should be\n"
        "joined to one paragraph, whatever number of them there is in the file.\n"
        "\n"
        "The second one is shorter, but it was wrapped by the same editor, at\n"
        "the same width.\n"
        "- a point of a list\n"
        "- another one\n"
    )

    parsed = parse_plain_text(text)

    assert parsed.headline == "A headline above"
    assert [paragraph[:12] for paragraph in parsed.paragraphs] == [
        "This paragra",
        "The second o",
        "- a point of",
        "- another on",
    ]
    assert parsed.paragraphs[1].endswith("at the same width.")


LONG = "The second paragraph of this text is as long as the paragraphs of an article mostly are, or longer."


@pytest.mark.parametrize("heading", ["What happens next", "2. The costs", "## What happens next ##", "Costs (euros)"])
def test_headings_have_no_number(heading: str) -> None:
    parsed = parse_plain_text(f"Bridge closed\n\nOne.\n\n{heading}\n-----\n\n{LONG}\n")

    assert parsed.paragraphs == ["One.", LONG]
    assert parsed.headings == (Heading(before=2, text=heading.strip("# ")),)


@pytest.mark.parametrize("line", ["“No lorries”", "It was shut.", "Why?", "He said:", "- a point", "it goes on"])
def test_short_lines_that_are_no_headings(line: str) -> None:
    assert parse_plain_text(f"Bridge closed\n\nOne.\n\n{line}\n\n{LONG}\n").paragraphs == ["One.", line, LONG]


def test_lines_of_a_list_are_no_headings() -> None:
    assert parse_plain_text(f"Fares\n\nOne.\n\nAdults\nChildren\nDogs\n{LONG}").paragraphs[1:3] == [
        "Adults",
        "Children",
    ]


@pytest.mark.parametrize("line", ["Turnout: 61 percent", "No", "The tide came in", "What happens next"])
def test_a_line_without_blank_ones_around_it_keeps_its_number(line: str) -> None:
    assert parse_plain_text(f"Bridge closed\nIt was shut.\n{line}\n{LONG}\n").paragraphs == ["It was shut.", line, LONG]


def test_a_line_with_a_figure_is_no_heading() -> None:
    line = "Turnout: 61 percent"
    assert parse_plain_text(f"Vote\n\nIt was close.\n\n{line}\n\n{LONG}\n").paragraphs == ["It was close.", line, LONG]


def test_a_date_below_what_sums_the_story_up_is_no_heading() -> None:
    parsed = parse_plain_text(f"Bridge closed\n\nIt was shut.\n\n20 November 2026\n\n{LONG}\n")

    assert (parsed.published, parsed.paragraphs) == (date(2026, 11, 20), ["It was shut.", LONG])
    assert parsed.headings == ()


def test_a_text_of_one_line_is_paragraph_and_headline() -> None:
    short, long = parse_plain_text("One line."), parse_plain_text("word " * 100)

    assert (short.headline, short.paragraphs) == ("One line.", ["One line."])
    assert long.headline.endswith("word…")
    assert len(long.headline) <= 200
    assert long.paragraphs == [("word " * 100).strip()]


def test_a_headline_alone_has_no_paragraphs() -> None:
    assert parse_plain_text("Headline\n20260914\nhttps://example.org/\n\n").paragraphs == []
    assert parse_plain_text(" \n\n").headline == ""


@given(st.lists(st.sampled_from(["word", "Word.", "a", "-", "1.", "lengthier", "\n", "\n", "\n\n"])).map(" ".join))
def test_no_word_of_an_ordinary_text_is_lost(text: str) -> None:
    parsed = parse_plain_text(text)

    words = " ".join(parsed.paragraphs).split()
    assert text.split() in (words, [*parsed.headline.split(), *words])


@given(st.dates())
def test_dates_are_read_as_written(day: date) -> None:
    assert as_date(f"{day:%Y}".zfill(4) + f"{day:%m%d}") == day
    assert as_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["http://", "https://[x", "ftp://example.org", "see https://example.org", "example.org"]
)
def test_what_is_no_web_address(text: str) -> None:
    assert not is_url(text)
