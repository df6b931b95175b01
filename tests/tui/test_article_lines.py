"""Breaking an article into rows: no word is lost, places are found again, long ones grow by slices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from models.article import HEADLINE, Article, Heading
from tui.foreign import shown
from tui.widgets.article_lines import ArticleLines, Role, byline
from tui.widgets.marks import find, headings

TEXTS = st.lists(st.text(max_size=200), min_size=1, max_size=5)


def laid_out(texts: list[str], width: int) -> ArticleLines:
    lines = ArticleLines(Article.build("Headline", texts, origin="x"), width)
    lines.extend(len(texts))
    return lines


@given(TEXTS, st.integers(12, 100))
def test_rows_hold_every_word_at_its_offset_and_fit(texts: list[str], width: int) -> None:
    lines = laid_out(texts, width)
    for row in lines.rows:
        assert cell_len(row.text.rstrip()) <= width
        if row.role is Role.TEXT:
            assert row.text == shown(texts[row.paragraph - 1])[row.start : row.end]
    for number, text in enumerate(texts, start=1):
        rows = [row.text for row in lines.rows if row.role is Role.TEXT and row.paragraph == number]
        assert "".join("".join(rows).split()) == "".join(shown(text).split())


@given(TEXTS, st.data())
def test_a_place_is_in_the_row_that_is_given_for_it(texts: list[str], data: st.DataObject) -> None:
    lines = laid_out(texts, 20)
    number = data.draw(st.integers(1, len(texts)))
    offset = data.draw(st.integers(0, len(texts[number - 1])))
    row = lines.rows[lines.row_of(number, offset)]
    assert row.paragraph == number
    assert row.start <= offset
    assert lines.paragraph_at(lines.row_of(number, offset)) == number


def test_only_as_much_is_laid_out_as_is_asked_for() -> None:
    article = Article.build("Headline", [f"Paragraph {n}." for n in range(1, 1001)], origin="x")
    lines = ArticleLines(article, 40)
    assert not [row for row in lines.rows if row.role is Role.TEXT]
    lines.extend(10)
    assert (lines.complete, max(row.paragraph for row in lines.rows)) == (False, 10)
    assert lines.rows[lines.row_of(500)].text == "Paragraph 500."
    assert max(row.paragraph for row in lines.rows) == 500
    lines.extend(1000)
    assert lines.complete
    assert lines.row_of(HEADLINE) == 0


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (76, "7 March 2024 · https://www.gazette.example/news/ferry"),
        (30, "7 March 2024 · gazette.example"),
    ],
)
def test_the_byline_shortens_the_address_to_its_site(width: int, line: str) -> None:
    url = "https://www.gazette.example/news/ferry"
    assert byline(Article.build("H", ["x"], published=date(2024, 3, 7), url=url, origin="f"), width) == line


def test_who_wrote_it_stands_between_date_and_source() -> None:
    article = Article.build("H", ["x"], published=date(2024, 3, 7), origin="f.txt", byline="By Ada Krol")
    assert byline(article, 76) == "7 March 2024 · By Ada Krol · f.txt"


def test_headings_stand_between_the_paragraphs_and_count_as_none() -> None:
    headings = (Heading(before=2, text="What next"), Heading(before=3, text="Notes"))
    lines = ArticleLines(Article.build("H", ["One.", "Two."], origin="x", headings=headings), 40)
    lines.extend(2)
    shown_rows = [(row.role, row.text) for row in lines.rows if row.role in (Role.TEXT, Role.HEADING)]
    assert shown_rows == [
        (Role.TEXT, "One."),
        (Role.HEADING, "What next"),
        (Role.TEXT, "Two."),
        (Role.HEADING, "Notes"),
    ]
    assert [lines.rows[lines.row_of(number, 3)].text for number in (1, 2)] == ["One.", "Two."]


def test_a_place_in_a_heading_is_in_its_row() -> None:
    long = "What comes next for the ferry"
    heads = (Heading(before=2, text=long), Heading(before=2, text="Bread"), Heading(before=3, text="Notes"))
    article = Article.build("H", ["One.", "Two."], origin="x", headings=heads)
    lines = ArticleLines(article, 20)
    rows = [lines.rows[lines.row_of(place.paragraph, place.start)].text for _, place in headings(article)]
    assert rows == ["What comes next for", "Bread", "Notes"]
    [ferry] = find(article, "ferry").places
    assert lines.rows[lines.row_of(ferry.paragraph, ferry.start)].text == "the ferry"
    assert [lines.rows[lines.row_of(number, 4)].text for number in (1, 2)] == ["One.", "Two."]
    assert lines.paragraph_at(lines.row_of(ferry.paragraph, ferry.start)) == 1


def test_a_heading_is_selected_as_a_line_of_its_own() -> None:
    heads = (Heading(before=1, text="What next"), Heading(before=1, text="Bread"))
    lines = ArticleLines(Article.build("H", ["One."], origin="x.txt", headings=heads), 40)
    lines.extend(1)
    assert lines.selected(lambda _: (0, -1)) == "H\nx.txt\nWhat next\nBread\nOne."


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, "7 March 2024 · Harbour Gazette · https://www.gazette.example/news/ferry"),
        (40, "7 March 2024 · Harbour Gazette"),
    ],
)
def test_the_byline_names_the_feed_in_the_place_of_the_site(width: int, line: str) -> None:
    url = "https://www.gazette.example/news/ferry"
    article = Article.build("H", ["x"], published=date(2024, 3, 7), url=url, origin="f")
    assert byline(article, width, "Harbour Gazette") == line


def test_without_date_and_address_the_file_is_the_source() -> None:
    assert byline(Article.build("H", ["x"], origin="notes.txt"), 76) == "notes.txt"


def test_an_article_in_another_language_is_said_to_be() -> None:
    german = "Die Fähre zur Insel wird am Freitag nicht mehr fahren, und das ist für die Leute auf der Insel schlecht. "
    notices = [row.text for row in laid_out([german * 3], 76).rows if row.role is Role.NOTICE]
    assert " ".join(notices).startswith("Note: This article seems to be in German: names are found less well")
    assert not [
        row for row in laid_out(["The ferry to the island is not there. " * 9], 76).rows if row.role is Role.NOTICE
    ]
