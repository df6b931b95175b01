"""Places to walk: found words, their order, going round the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.article import Article, Heading
from tui.widgets.marks import MOST, NOWHERE, Place, Trail, find

ARTICLE = Article.build("The Ferry", ["A ferry, two ferries.", "No ship.", "İSTANBUL ferry"], origin="x")


def test_words_are_found_in_headline_and_text_whatever_their_case() -> None:
    assert find(ARTICLE, "FERR").places == (Place(0, 4, 8), Place(1, 2, 6), Place(1, 13, 17), Place(3, 9, 13))


def test_words_are_found_in_headings_in_the_order_of_the_text() -> None:
    above = (Heading(before=1, text="Boats"), Heading(before=2, text="A boat?"), Heading(before=2, text="No boat"))
    below = Heading(before=3, text="Boat notes")
    article = Article.build("H", ["One boat.", "Two."], origin="x", headings=(*above, below))
    trail = find(article, "boat")
    assert trail.places == (Place(1, -6, -2), Place(1, 4, 8), Place(2, -14, -10), Place(2, -5, -1), Place(2, 5, 9))
    assert trail.from_paragraph(2).current == Place(2, -14, -10)


@pytest.mark.parametrize("words", ["", "  ", "zeppelin", "["])
def test_nothing_is_found_without_a_fuss(words: str) -> None:
    assert not find(ARTICLE, words).places


def test_a_letter_in_a_long_text_is_found_often_enough() -> None:
    trail = find(Article.build("", ["eeeee"] * MOST, origin="x"), "e")
    assert str(trail) == "1 of the first 10,000"


@given(st.text(max_size=60), st.text(min_size=1, max_size=3))
def test_what_is_found_is_as_long_as_what_was_sought(text: str, words: str) -> None:
    article = Article.build("", [text], origin="x")
    for place in find(article, words).places:
        assert len(article.text(place.paragraph)[place.start : place.end]) == len(words)


def test_a_trail_starts_where_the_reader_is_and_goes_round() -> None:
    trail = Trail.of("x", [Place(9, 0, 1), Place(2, 5, 6), Place(2, 1, 2)])
    assert trail.current == Place(2, 1, 2)
    assert trail.from_paragraph(3).current == Place(9, 0, 1)
    assert trail.from_paragraph(10).current == Place(2, 1, 2)
    assert trail.stepped(-1).current == Place(9, 0, 1)
    assert str(trail.stepped(4)) == "2 of 3"
    assert trail.at(Place(9, 0, 1)).position == 2
    assert NOWHERE.current is None
