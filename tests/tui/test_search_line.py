"""The line in which the library is searched: words, and filters besides them."""

from datetime import date, timedelta

import pytest

from models.feed import Feed, FeedSummary
from models.filters import Filters
from models.question import Question
from tui.errors import BadInput
from tui.search_line import SearchLine, chosen_filters, read_search_line

FEEDS = [
    FeedSummary(number=number, feed=Feed(url=f"https://{title}.example", title=title), articles=0, unread=0)
    for number, title in enumerate(("Gazette", "Island Bulletin"), start=1)
]
TODAY = date(2024, 3, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('harbour "old bridge" -ferry', SearchLine('harbour "old bridge" -ferry', Filters())),
        ('name:"Hollin Island" talks NAME:Nowak', SearchLine("talks", Filters(names=("Hollin Island", "Nowak")))),
        ('feed:gazette feed:"island bulletin"', SearchLine("", Filters(feeds=(1, 2)))),
        ("from:2024-03-01 to:2024-03-05 x", SearchLine("x", Filters(date(2024, 3, 1), date(2024, 3, 5)))),
        ("last:7", SearchLine("", Filters(since=date(2024, 3, 4)))),
        ("last:1 from:2024-01-01", SearchLine("", Filters(since=TODAY))),
        ("is:unread is:LATER", SearchLine("", Filters(unread=True, later=True))),
        ("is:highlighted x IS:starred", SearchLine("x", Filters(starred=True, highlighted=True))),
        ("headline:ferry text:mayor", SearchLine("headline:ferry text:mayor", Filters())),
        ("http://from:8080 a:b surname:x", SearchLine("http://from:8080 a:b surname:x", Filters())),
        ("name: is:", SearchLine("name: is:", Filters())),
        ("", SearchLine("", Filters())),
    ],
)
def test_a_line_is_read(text: str, expected: SearchLine) -> None:
    assert read_search_line(text, FEEDS, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is:green", "There is no is:green. There are is:unread, is:starred, is:later, is:highlighted."),
        ("is:UNREED", "There is no is:UNREED. Did you mean is:unread?"),
        ("from:yesterday", "yesterday is no day. Write it like this: from:2024-03-01 to:2024-03-07"),
        ("last:week", "last:week can't be read: it takes a number of days."),
        ("last:0", "last:0 can't be read: it takes a number of days."),
        ("last:99999999999999999999", "last:99999999999999999999 can't be read: it takes a number of days."),
        ("feed:Herald", "There is no feed Herald. See `newsreader list`."),
    ],
)
def test_what_can_not_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(BadInput) as error:
        read_search_line(text, FEEDS, TODAY)
    assert error.value.format_message() == told


def test_a_question_takes_the_filters_of_a_search() -> None:
    text = "What was promised? feed:gazette tag:harbour last:7 is:unread"
    since = date.today() - timedelta(6)
    assert chosen_filters(text, FEEDS) == Filters(since, feeds=(1,), tags=("harbour",), unread=True)
    assert Question(text=text).words == "What was promised?"
    for wrong in ("is:unread last:7", "What? is:green"):
        with pytest.raises(BadInput):
            chosen_filters(wrong, FEEDS)
