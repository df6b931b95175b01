"""Filters in the text of a question: read, written, and taken for what they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.filters import NOTHING_WANTED, NoDay, Wanted, read_filters
from models.question import Question, Turn
from tests.rag.test_worker import ANSWER


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Who objected?", "Who objected?", NOTHING_WANTED),
        ("Who objected? feed:Gazette", "Who objected?", Wanted(feeds=("Gazette",))),
        ('name:"Irena Nowak" Who  objected?', "Who objected?", Wanted(names=("Irena Nowak",))),
        (
            "Who from:2024-03-01 objected? TO:2024-03-07",
            "Who objected?",
            Wanted(since=date(2024, 3, 1), until=date(2024, 3, 7)),
        ),
        ("from:2024-03-01 from:2024-03-02 a", "a", Wanted(since=date(2024, 3, 2))),
        ('Why? tag:harbour TAG:"To read"', "Why?", Wanted(tags=("harbour", "To read"))),
        ('Why? last:7 IS:unread is:"starred"', "Why?", Wanted(last=("7",), states=("unread", "starred"))),
        ("feed:A feed:B a", "a", Wanted(feeds=("A", "B"))),
        ("What is in the newsfeed:A?", "What is in the newsfeed:A?", NOTHING_WANTED),
        ("The name: what is it?", "The name: what is it?", NOTHING_WANTED),
        ('feed:"" a', "a", NOTHING_WANTED),
        ('feed:"A B a', 'feed:"A B a', NOTHING_WANTED),
    ],
)
def test_filters_are_taken_out_of_a_question(text: str, words: str, wanted: Wanted) -> None:
    assert read_filters(text) == (words, wanted)


@pytest.mark.parametrize("day", ["2024-13-01", "yesterday", "1.3.2024"])
def test_what_is_no_day_is_said_with_how_to_write_one(day: str) -> None:
    with pytest.raises(NoDay, match=r"is no day\. Write it like this: from:2024-03-01"):
        read_filters(f"Who? from:{day}")


WORDS = st.text("ab é", min_size=1).map(str.strip).map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.none() | st.dates()


@given(st.builds(Wanted, DAYS, DAYS, *[st.lists(WORDS).map(tuple)] * 5))
def test_what_is_written_is_read_again(wanted: Wanted) -> None:
    assert read_filters(f"Who objected? {wanted}") == ("Who objected?", wanted)


def test_a_question_to_the_library_is_asked_without_its_filters() -> None:
    assert Question(text="Who objected? feed:Gazette").words == "Who objected?"
    assert Question(text="Who objected? feed:Gazette", article_id="a").words == "Who objected? feed:Gazette"
    assert Question(text="Who? from:never").words == "Who? from:never"
    assert Turn.of("Who objected? feed:Gazette", ANSWER).question == "Who objected?"


@pytest.mark.parametrize("name", ['The "Local" News', '"', 'a" feed:b', "plain", ""])
def test_what_is_written_into_a_line_is_read_out_of_it_again(name: str) -> None:
    line = f"Why? {Wanted(feeds=(name,), names=(name,))}"
    assert read_filters(line) == ("Why?", Wanted(feeds=(name,) if name else (), names=(name,) if name else ()))
