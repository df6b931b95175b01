"""Lists of the library: which articles, in which order, and what is unread where."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Headline, Mark, Order, Scope


def make(headline: str, day: int | None, *, url: str | None = None, origin: str = "a.txt") -> Article:
    published = date(2024, 3, day) if day else None
    return Article.build(headline, [f"{headline}."], published=published, url=url, origin=origin)


FERRY = make("Ferry", 7, url="https://gazette.example/ferry")
BREAD = make("Bread", 9, url="https://bulletin.example/bread")
BRIDGE = make("Bridge", 8, url="https://gazette.example/bridge")
NOTES = make("Notes", None, origin="notes.txt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A feed in a folder of a folder, one in the outer folder that has a story of the first, and a file."""
    with Store.open(tmp_path / "library.db") as opened:
        gazette = opened.feeds.add(Feed(url="https://gazette.example/feed", title="gazette", folder=("News", "Local")))
        bulletin = opened.feeds.add(Feed(url="https://bulletin.example/feed", title="Bulletin", folder=("News",)))
        assert (gazette, bulletin) == (1, 2)
        for number, article in ((1, FERRY), (1, BRIDGE), (2, BREAD), (2, FERRY)):
            opened.feeds.keep_entry(number, article.headline, "digest", article)
        opened.add(NOTES, by_hand=True)
        yield opened


def ids(*articles: Article) -> list[str]:
    return [article.id for article in articles]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, ids(BREAD, BRIDGE, FERRY, NOTES)),
        (Order.OLDEST, ids(FERRY, BRIDGE, BREAD, NOTES)),
        (Order.FEED, ids(BREAD, BRIDGE, FERRY, NOTES)),
    ],
)
def test_all_are_listed_in_an_order(store: Store, order: Order, expected: list[str]) -> None:
    assert store.listings.ids(Scope(), order) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(feeds=(1,)), ids(BRIDGE, FERRY)),
        (Scope(feeds=(1, 2)), ids(BREAD, BRIDGE, FERRY)),
        (Scope(feeds=()), []),
        (Scope(by_hand=True), ids(NOTES)),
        (Scope(unread=True), ids(BREAD, FERRY, NOTES)),
        (Scope(unread=True, feeds=(1,)), ids(FERRY)),
    ],
)
def test_a_scope_narrows(store: Store, scope: Scope, expected: list[str]) -> None:
    store.states.mark([BRIDGE.id], Mark.READ)
    assert store.listings.ids(scope) == expected


def test_what_a_newer_version_has_replaced_is_not_listed(store: Store) -> None:
    newer = make("Bridge, again", 8, url="https://gazette.example/bridge")
    store.feeds.keep_entry(1, "Bridge", "other digest", newer)
    assert store.listings.ids(Scope(feeds=(1,))) == ids(newer, FERRY)


def test_lines_name_the_feed_or_where_it_was_read(store: Store) -> None:
    page = make("Page", 1, url="https://www.island.example/page")
    store.add(page)
    store.states.mark([BREAD.id], Mark.READ)
    lines = {line.headline: line for line in store.listings.headlines([*ids(BREAD, NOTES, page), "gone"])}
    assert lines["Bread"] == Headline(
        id=BREAD.id, headline="Bread", published=date(2024, 3, 9), source="Bulletin", read=True
    )
    assert {name: line.source for name, line in lines.items()} == {
        "Bread": "Bulletin",
        "Notes": "notes.txt",
        "Page": "island.example",
    }


def test_a_line_names_the_other_feeds_that_have_the_story(store: Store) -> None:
    lines = {line.headline: (line.source, line.also_in) for line in store.listings.headlines(ids(FERRY, BRIDGE, NOTES))}
    assert lines == {
        "Ferry": ("gazette", ("Bulletin",)),
        "Bridge": ("gazette", ()),
        "Notes": ("notes.txt", ()),
    }


def test_what_is_unread_counts_once_however_many_feeds_have_it(store: Store) -> None:
    overview = store.listings.overview()
    assert (overview.articles, overview.unread, overview.by_hand, overview.by_hand_unread) == (4, 4, 1, 1)
    assert {one.feed.title: one.unread for one in overview.feeds} == {"Bulletin": 2, "gazette": 2}
    assert overview.folders == {("News",): 3, ("News", "Local"): 2}
    store.states.mark([FERRY.id, NOTES.id], Mark.READ)
    overview = store.listings.overview()
    assert (overview.unread, overview.by_hand_unread, overview.folders) == (2, 0, {("News",): 2, ("News", "Local"): 1})


def test_an_empty_library_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        assert not store.listings.any()
        store.add(NOTES)
        assert store.listings.any()


def test_words_narrow_a_list_whatever_their_case_and_accents(store: Store) -> None:
    store.add(make("Café opens at the BRIDGE", 1))
    found = {line.headline for line in store.listings.headlines(store.listings.ids(Scope(), words="cafe o"))}
    assert found == {"Café opens at the BRIDGE"}
    assert len(store.listings.ids(Scope(), words="bridge")) == 2
    assert store.listings.ids(Scope(), words="100%_") == []


def test_what_was_just_read_can_stay_among_the_unread(store: Store) -> None:
    store.states.mark([FERRY.id, BREAD.id], Mark.READ)
    assert store.listings.ids(Scope(unread=True), besides=[FERRY.id]) == ids(BRIDGE, FERRY, NOTES)
