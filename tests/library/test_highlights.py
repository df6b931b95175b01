"""Highlights: put on, taken off, found again, and taken along to newer versions as far as those say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.search import Filters
from library.store import Store
from models.article import Article, Paragraph
from models.feed import Feed
from models.listing import Scope

FIRST, SECOND, THIRD = "It stops on Friday.", "The board said so.", "A bus will go."


def version(*texts: str) -> Article:
    return Article.build("Ferry", list(texts), origin="-")


ONE, TWO = version(FIRST, SECOND, THIRD), Article.build("Bread", ["No bread."], origin="-")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.feeds.add(Feed(url="https://gazette.example/feed"))
        opened.feeds.keep_entry(1, "key", ONE.id, ONE)
        opened.add(TWO)
        yield opened


def highlighted(store: Store, article: Article) -> list[str]:
    return [paragraph.text for paragraph in store.highlights.of([article.id]).get(article.id, ())]


def changed_to(store: Store, article: Article) -> Article:
    store.feeds.keep_entry(1, "key", article.id, article)
    return article


def test_highlighting_tells_what_it_has_changed(store: Store) -> None:
    assert store.highlights.put_on(ONE.id, [3, 1, 99, 0]) == [3, 1]
    assert store.highlights.put_on(ONE.id, [1, 2]) == [2]
    assert store.highlights.put_on("gone", [1]) == []
    assert store.highlights.take_off(ONE.id, [2, 99]) == [2]
    assert store.highlights.of([ONE.id, TWO.id]) == {
        ONE.id: (Paragraph(number=1, text=FIRST), Paragraph(number=3, text=THIRD))
    }


def test_they_are_there_after_a_restart_and_gone_with_their_article(tmp_path: Path) -> None:
    for _ in range(2):
        with Store.open(tmp_path / "other.db") as store:
            store.add(ONE)
            store.highlights.put_on(ONE.id, [2])
            assert highlighted(store, ONE) == [SECOND]
    with Store.open(tmp_path / "other.db") as store:
        store.remove(ONE.id)
        store.add(ONE)
        assert highlighted(store, ONE) == []


def test_they_are_listed_counted_and_searched(store: Store) -> None:
    store.highlights.put_on(ONE.id, [2, 3])
    assert store.listings.ids(Scope(highlighted=True)) == [ONE.id]
    assert store.listings.overview().highlighted == 1
    [hit] = store.search("", 10, Filters(highlighted=True))
    assert (hit.article.id, hit.paragraph, hit.text) == (ONE.id, 2, SECOND)
    [hit] = store.search("friday", 10, Filters(highlighted=True))
    assert (hit.paragraph, hit.marks) == (1, ((12, 18),)), "the words are what was asked for"
    assert store.search("bread", 10, Filters(highlighted=True)) == []
    assert store.count("", Filters(highlighted=True)) == 1


def test_what_still_stands_in_a_newer_version_stays_highlighted(store: Store) -> None:
    store.highlights.put_on(ONE.id, [2, 3])
    newer = changed_to(store, version("Correction.", SECOND, "It stops on Sunday."))
    assert highlighted(store, newer) == [SECOND]
    assert store.listings.overview().highlighted == 1


def test_what_comes_back_is_highlighted_again_unless_that_was_taken_off(store: Store) -> None:
    store.highlights.put_on(ONE.id, [2, 3])
    second = changed_to(store, version(FIRST, SECOND))
    assert store.highlights.take_off(second.id, [2]) == [2]
    third = changed_to(store, version(FIRST, "More is known.", SECOND, THIRD))
    assert highlighted(store, third) == [THIRD]
    assert highlighted(store, changed_to(store, ONE)) == [THIRD]


def test_what_is_highlighted_does_not_go_with_its_feed(store: Store) -> None:
    store.highlights.put_on(ONE.id, [1])
    assert store.feeds.remove(1, with_articles=True) == 0
    assert highlighted(store, ONE) == [FIRST]


def test_what_is_highlighted_in_a_version_that_was_replaced_while_it_was_open_is_on_the_newest(store: Store) -> None:
    newer = changed_to(store, version("More is known.", FIRST, THIRD))
    newest = changed_to(store, version("More is known.", "And more.", FIRST, THIRD))
    assert store.highlights.put_on(ONE.id, [1, 2]) == [1, 2]
    assert store.highlights.put_on(ONE.id, [1, 2]) == [], "it is there already"
    assert highlighted(store, newest) == [FIRST]
    assert highlighted(store, newer) == [FIRST]
    assert highlighted(store, ONE) == [FIRST, SECOND], "so it stands where the reader has it open"
    assert store.listings.ids(Scope(highlighted=True)) == [newest.id]
    assert highlighted(store, changed_to(store, version(SECOND, FIRST))) == [SECOND, FIRST], "what comes back, too"
    assert store.highlights.take_off(ONE.id, [2, 1]) == [2, 1]
    assert store.listings.ids(Scope(highlighted=True)) == []
    assert highlighted(store, ONE) == []
