"""The same story again: updated, from another feed, or one that only says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.same_story import Arrival
from library.store import Store
from models.article import Article, Heading
from models.feed import Feed
from models.listing import Mark
from tests.library.feed_samples import FERRY, GAZETTE, POST, found, read_ones, sound, story, subscribe


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


def test_an_update_replaces_a_story_and_its_older_version_is_kept(store: Store) -> None:
    number = subscribe(store)
    old, new = story("The ferry stops on Friday."), story("The ferry stops on Sunday.")
    store.feeds.keep_entry(number, "1", "a", old)
    store.states.mark([old.id], Mark.READ)

    assert store.feeds.keep_entry(number, "1", "b", new) is Arrival.UPDATED

    assert [one.id for one in store.articles()] == [new.id]
    assert [one.id for one, _ in store.feeds.articles(number)] == [new.id]
    assert store.article(old.id) == old
    assert found(store, "ferry") == {new.id}
    assert found(store, "friday") == set()
    assert read_ones(store) == {new.id}


def test_an_update_can_be_taken_back(store: Store) -> None:
    number = subscribe(store)
    versions = [story(f"The ferry stops on {day}.") for day in ("Friday", "Sunday", "Monday")]
    for version in (*versions, versions[0]):
        store.feeds.keep_entry(number, "1", version.id, version)

    assert [one.id for one in store.articles()] == [versions[0].id]
    assert found(store, "ferry") == {versions[0].id}
    assert sound(store)

    store.remove(versions[0].id)
    assert [store.article(version.id) for version in versions] == [None] * 3
    assert found(store, "ferry") == set()
    store.add(versions[1])
    assert found(store, "ferry") == {versions[1].id}


@pytest.mark.parametrize("read", [0, 1])
def test_of_two_stories_that_become_one_that_is_read_if_one_was(store: Store, read: int) -> None:
    number = subscribe(store)
    stories = [story("The ferry stops on Friday."), story("The ferry stops on Sunday.", None)]
    for key, one in zip("ab", stories, strict=True):
        store.feeds.keep_entry(number, key, "d", one)
        store.states.mark([one.id], Mark.READ, on=one is stories[read])
    store.feeds.keep_entry(number, "a", "e", stories[1])
    assert read_ones(store) == {stories[1].id}


def test_what_was_marked_unread_again_is_so_as_an_older_version_that_comes_back(store: Store) -> None:
    number = subscribe(store)
    old, new = story("The ferry stops on Friday."), story("The ferry stops on Sunday.")
    store.feeds.keep_entry(number, "1", "a", old)
    store.states.mark([old.id], Mark.READ)
    store.feeds.keep_entry(number, "1", "b", new)
    store.states.mark([new.id], Mark.READ, on=False)
    store.feeds.keep_entry(number, "1", "a", old)
    assert read_ones(store) == set()


def test_an_older_version_that_is_added_is_listed_and_found_again(store: Store) -> None:
    number = subscribe(store)
    old, new = story("The ferry stops on Friday."), story("The ferry stops on Sunday.")
    for version in (old, new):
        store.feeds.keep_entry(number, "1", version.id, version)

    store.add(old)

    assert {one.id for one in store.articles()} == {old.id, new.id}
    assert found(store, "friday") == {old.id}
    assert sound(store)
    assert [one.id for one, _ in store.feeds.articles(number)] == [new.id]


def test_the_same_story_from_two_feeds_is_one_article_the_fuller_one(store: Store) -> None:
    first, second = subscribe(store, POST), subscribe(store, GAZETTE)
    short, full = story("The ferry stops."), story("The ferry stops on Friday, the company said.")
    store.feeds.keep_entry(first, "1", "a", short)
    assert store.feeds.keep_entry(second, "x", "a", full) is Arrival.UPDATED
    assert [one.id for one in store.articles()] == [full.id]
    assert {one.id for number in (first, second) for one, _ in store.feeds.articles(number)} == {full.id}

    third = subscribe(store, Feed(url="https://third.example"))
    assert store.feeds.keep_entry(third, "y", "a", story("Stops.")) is Arrival.KNOWN
    assert [one.id for one, _ in store.feeds.articles(third)] == [full.id]
    assert len(store.articles()) == 1

    # The fuller one stays when what is shorter changes; when it changes itself, they all go with it.
    assert store.feeds.keep_entry(third, "y", "b", story("It stops.")) is Arrival.KNOWN
    newer = story("The ferry stops on Sunday.")
    assert store.feeds.keep_entry(second, "x", "b", newer) is Arrival.UPDATED
    assert {one.id for one in store.articles()} == {newer.id}
    assert {one.id for number in (first, second, third) for one, _ in store.feeds.articles(number)} == {newer.id}


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_feed_does_not_replace_what_others_have_by_naming_its_address(store: Store, by_hand: bool) -> None:
    true, false = story("The ferry stops."), story("The ferry sinks, and so does the island.")
    if by_hand:
        store.add(true)
    else:
        store.feeds.keep_entry(subscribe(store), "1", "a", true)
    other = subscribe(store, POST)
    for entries in (("x", false), ("y", story("No.")), ("y", story("The ferry burns, and so does the sea."))):
        store.feeds.keep_entry(other, entries[0], entries[1].id, entries[1])
    assert true.id in {one.id for one in store.articles()}
    assert found(store, "stops") == {true.id}

    page = story("The ferry stops on Friday, the company said.")
    assert store.feeds.keep_entry(subscribe(store, Feed(url="https://a.example")), "z", "a", page) is Arrival.NEW


def test_a_feed_does_not_hide_what_a_site_says_by_being_earlier(store: Store) -> None:
    false, true = story("The ferry sinks, and so does the island."), story("The ferry stops.")
    store.feeds.keep_entry(subscribe(store, POST), "1", "a", false)
    assert store.feeds.keep_entry(subscribe(store), "1", "a", true) is Arrival.NEW
    assert {one.id for one in store.articles()} == {false.id, true.id}


def test_a_page_that_was_found_at_the_address_of_an_article_replaces_it(store: Store) -> None:
    store.add(story("The ferry stops."))
    page = story("The ferry stops on Friday, the company said.")
    assert store.feeds.keep_entry(subscribe(store, POST), "1", "a", page, from_page=True) is Arrival.UPDATED
    assert [one.id for one in store.articles()] == [page.id]


def test_of_two_entries_with_the_same_text_one_can_change_alone(store: Store) -> None:
    number = subscribe(store)
    old, new = story("A place is free.", None), story("Two places are free.", None)
    for key in "ab":
        store.feeds.keep_entry(number, key, "d", old)
    store.states.mark([old.id], Mark.READ)
    assert store.feeds.keep_entry(number, "a", "e", new) is Arrival.UPDATED
    assert {one.id: read for one, read in store.feeds.articles(number)} == {old.id: True, new.id: True}
    assert store.feeds.keep_entry(number, "b", "e", new) is Arrival.UPDATED
    assert [one.id for one in store.articles()] == [new.id]
    assert sound(store)


def test_a_feed_does_not_take_over_what_the_user_added_by_saying_the_same_first(store: Store) -> None:
    mine, number = story(), subscribe(store, POST)
    store.add(mine)
    store.feeds.keep_entry(number, "1", "a", mine)
    store.feeds.keep_entry(number, "1", "b", story("The ferry sinks."))
    assert found(store, "stops") == {mine.id}


def test_stories_that_all_have_the_address_of_the_front_page_stay_apart(store: Store) -> None:
    first, second = subscribe(store), subscribe(store, POST)
    for key in "abc":
        assert store.feeds.keep_entry(first, key, "d", story(f"Story {key}.", FERRY, key)) is Arrival.NEW
    assert store.feeds.keep_entry(second, "d", "d", story("Story d, a longer one.", FERRY, "d")) is Arrival.NEW
    assert len(store.articles()) == 4


def test_a_file_is_the_one_that_was_read_when_its_byline_was_a_paragraph(store: Store) -> None:
    texts = ["By Ada Krol", "The bridge is shut.", "What next", "Nobody knows."]
    earlier = Article.build("Bridge shut", texts, origin="bridge.md")
    others = [
        Article.build("Bridge shut", ["By Ada Krol", "It is open again."], origin="bridge.md"),
        Article.build("Bridge shut", texts[:3], origin="elsewhere/bridge.md"),
    ]
    for article in (earlier, *others):
        store.add(article)
    store.states.mark([earlier.id], Mark.STARRED)
    heading = Heading(before=2, text="What next")
    now = Article.build("Bridge shut", texts[1::2], origin="bridge.md", byline="By Ada Krol", headings=(heading,))

    store.add(now, by_hand=True)
    store.add(now, by_hand=True)

    assert {one.id for one in store.articles()} == {now.id, *(other.id for other in others)}
    assert store.states.mark([now.id], Mark.STARRED) == [], "it is starred already"
    assert sound(store)
