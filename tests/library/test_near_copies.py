"""Copies of a story are recognised, and stories that are only alike are not taken for copies."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from library.near_copies import LEAST_WORDS, Story, says_it_all
from library.same_story import Arrival
from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Mark

HEADLINE = "Ferry company closes the Hollin Island line in May"
TEXTS = [
    "The ferry line to Hollin Island will close on 1 May, the Baltic Line company said on Monday, after 40 years.",
    "Mayor Irena Nowak was not told before, she said, and called it a blow to the 900 people who live out there.",
    "The company has lost 2.3 million crowns a year on the line since the causeway was mended, its figures show.",
    "A bus will run over the causeway six times a day; in a storm nothing will, because the road lies too low.",
    "Fishermen have offered their boats for the mail, and the school will open later, its head Pavel Dvorak said.",
    "The harbour board meets the company again next week to talk about a smaller ship for the summer months.",
]
DAY = date(2024, 3, 11)


def edited(number: int, old: str, new: str) -> list[str]:
    assert old in TEXTS[number]
    return [*TEXTS[:number], TEXTS[number].replace(old, new), *TEXTS[number + 1 :]]


def is_copy(texts: list[str], headline: str = HEADLINE) -> bool:
    return says_it_all(Story(HEADLINE, TEXTS), Story(headline, texts))


@pytest.mark.parametrize(
    "texts",
    [
        TEXTS,
        TEXTS[:4],
        [*TEXTS[:2], *TEXTS[3:]],
        ["By our own correspondent", *TEXTS],
        edited(3, "will run over", "is to run over"),
        [text.replace("the company", "the firm") for text in TEXTS],
    ],
)
def test_what_says_nothing_new_is_a_copy(texts: list[str]) -> None:
    assert is_copy(texts)
    assert is_copy(texts, "Hollin Island loses its ferry line")


@pytest.mark.parametrize(
    "texts",
    [
        edited(0, "1 May", "8 May"),
        edited(1, "not told", "told"),
        edited(2, "2.3", "2.8"),
        edited(4, "Pavel Dvorak", "Anna Dvorak"),
        edited(3, "nothing will", "it will not"),
        [*TEXTS, "Baltic Line later took back what it had said."],
        [text[::-1] for text in TEXTS],
        TEXTS[:1] + ["It is quite another story that goes on from here, of a fair and of what was sold at it."] * 5,
    ],
)
def test_what_says_something_else_is_none(texts: list[str]) -> None:
    assert not is_copy(texts)


def test_a_page_that_holds_only_a_notice_of_its_site_is_told_by_its_headline() -> None:
    assert not is_copy(TEXTS, "Bakery wins a prize for its rye bread")
    assert not is_copy(TEXTS, HEADLINE.replace("in May", "in 14 days"))


# --- in the library ---


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


def article(texts: list[str], headline: str = HEADLINE, day: date | None = DAY, url: str | None = None) -> Article:
    return Article.build(headline, texts, published=day, url=url, origin="rss")


def feed(store: Store, name: str) -> int:
    number = store.feeds.add(Feed(url=f"https://{name}.example/rss", title=name))
    assert number is not None
    return number


def headlines(store: Store) -> list[str]:
    return sorted(one.headline for one in store.articles())


def test_a_copy_in_another_feed_is_listed_once_and_read_with_the_first(store: Store) -> None:
    gazette, post = feed(store, "gazette"), feed(store, "post")
    first, copy = article(TEXTS), article(TEXTS[:5], "Hollin Island loses its ferry line")
    assert store.feeds.keep_entry(gazette, "1", "d", first) is Arrival.NEW
    assert store.feeds.keep_entry(post, "a", "d", copy) is Arrival.KNOWN
    assert headlines(store) == [HEADLINE]
    assert store.feeds.feeds_of([first.id]) == {first.id: [gazette, post]}
    assert store.article(copy.id) == copy, "it is kept, as an older version is"
    assert {hit.article.id for hit in store.search("causeway", 5)} == {first.id}
    store.states.mark([first.id], Mark.READ)
    assert [summary.unread for summary in store.feeds.feeds()] == [0, 0]
    assert store.feeds.keep_entry(post, "a", "d", copy) is Arrival.KNOWN
    assert headlines(store) == [HEADLINE]


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_is_listed_stays_when_another_feed_brings_the_same_text_beside_a_fuller_one(
    store: Store, *, by_hand: bool
) -> None:
    short, fuller = article(TEXTS[:5]), article(TEXTS, "Hollin Island loses its ferry line")
    if by_hand:
        store.add(short, by_hand=True)
    else:
        store.feeds.keep_entry(feed(store, "courier"), "1", "d", short)
    store.feeds.keep_entry(feed(store, "gazette"), "1", "d", fuller)
    post = feed(store, "post")
    for stamp in ("d", "e"):
        assert store.feeds.keep_entry(post, "a", stamp, short) is Arrival.KNOWN
        assert store.still_there([short.id, fuller.id]) == {short.id, fuller.id}
    assert post in store.feeds.feeds_of([short.id])[short.id]


def test_a_copy_that_says_more_later_is_listed_then(store: Store) -> None:
    gazette, post = feed(store, "gazette"), feed(store, "post")
    store.feeds.keep_entry(gazette, "1", "d", article(TEXTS))
    store.feeds.keep_entry(post, "a", "d", article(TEXTS[:5], "Hollin Island loses its ferry line"))
    more = article([*TEXTS, "Baltic Line later took back what it had said."], "Ferry line stays, after all")
    assert store.feeds.keep_entry(post, "a", "e", more) is Arrival.NEW
    assert headlines(store) == [HEADLINE, "Ferry line stays, after all"]
    assert store.feeds.feeds_of([more.id]) == {more.id: [post]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (article(TEXTS), article(TEXTS[:5], day=date(2024, 4, 11))),
        (article(TEXTS), article(TEXTS[:5], day=None)),
        (article(TEXTS[:2]), article(TEXTS[:2], "Hollin Island loses its ferry line")),
    ],
)
def test_what_is_of_another_day_or_too_short_to_tell_is_listed_beside(
    store: Store, one: Article, other: Article
) -> None:
    assert len(" ".join(TEXTS[:2]).split()) < LEAST_WORDS < len(" ".join(TEXTS[:5]).split())
    store.feeds.keep_entry(feed(store, "gazette"), "1", "d", one)
    assert store.feeds.keep_entry(feed(store, "post"), "a", "d", other) is Arrival.NEW
    assert len(store.articles()) == 2


def test_a_feed_is_not_compared_with_itself(store: Store) -> None:
    gazette = feed(store, "gazette")
    store.feeds.keep_entry(gazette, "1", "d", article(TEXTS))
    assert store.feeds.keep_entry(gazette, "2", "d", article(TEXTS[:5])) is Arrival.NEW


def test_what_the_user_has_added_is_not_hidden_by_a_copy(store: Store) -> None:
    store.feeds.keep_entry(feed(store, "gazette"), "1", "d", article(TEXTS))
    store.add(article(TEXTS[:5], "Hollin Island loses its ferry line"), by_hand=True)
    assert len(store.articles()) == 2
