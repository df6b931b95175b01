"""Tags: put on, taken off, found again in every spelling, and taken along to newer versions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.search import Filters
from library.store import Store
from library.tags import LONGEST_TAG, NotATag
from models.article import Article
from models.feed import Feed
from models.listing import Mark, Scope, TagSummary

ONE, TWO, THREE = (Article.build(name, [f"{name} of the harbour."], origin="a.txt") for name in ("One", "Two", "Three"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        for article in (ONE, TWO, THREE):
            opened.add(article)
        yield opened


def test_an_article_has_the_tags_that_it_is_to_have(store: Store) -> None:
    store.tags.put_on([ONE.id, TWO.id], "ferries")
    store.tags.have(ONE.id, ["Ships", "FERRIES"])
    assert store.tags.of([ONE.id, TWO.id]) == {ONE.id: ("ferries", "Ships"), TWO.id: ("ferries",)}
    with pytest.raises(NotATag):
        store.tags.have(ONE.id, ["new", "n" * (LONGEST_TAG + 1)])
    assert store.tags.of([ONE.id]) == {ONE.id: ("ferries", "Ships")}, "nothing is changed then"
    store.tags.have(ONE.id, [])
    assert store.tags.of([ONE.id]) == {}


def test_tagging_tells_what_it_has_changed(store: Store) -> None:
    assert store.tags.put_on([ONE.id, TWO.id, "gone"], "ferries") == [ONE.id, TWO.id]
    assert store.tags.put_on([TWO.id, THREE.id], "ferries") == [THREE.id]
    assert store.tags.take_off([TWO.id, "gone"], "ferries") == [TWO.id]
    assert store.tags.take_off([TWO.id], "ferries") == []
    assert store.tags.of([ONE.id, TWO.id, THREE.id]) == {ONE.id: ("ferries",), THREE.id: ("ferries",)}


def test_a_version_that_was_replaced_while_it_was_open_has_the_tags_of_the_newest(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    older, newer = (Article.build("Ferry", [text], origin="-") for text in ("It stops.", "It sails."))
    for version in (older, newer):
        store.feeds.keep_entry(1, "key", version.id, version)
    assert store.tags.put_on([older.id, newer.id], "ferries") == [newer.id]
    store.tags.have(older.id, ["Ships", "ferries"])
    assert store.tags.of([older.id, newer.id]) == dict.fromkeys((older.id, newer.id), ("ferries", "Ships"))
    assert store.listings.ids(Scope(tag="ships")) == [newer.id]
    assert store.tags.take_off([older.id], "ships") == [newer.id]
    [line] = store.listings.headlines([older.id])
    assert (line.tags, line.source) == (("ferries",), "gazette.example")


def test_a_tag_is_the_same_in_every_spelling_and_stands_as_it_was_first_written(store: Store) -> None:
    store.tags.put_on([ONE.id], " Île  de\tRé\x1b[2J ")
    assert store.tags.put_on([ONE.id], "ile de re") == []
    store.tags.put_on([TWO.id], "ILE DE RE")
    assert store.tags.of([TWO.id]) == {TWO.id: ("Île de Ré",)}
    assert store.listings.ids(Scope(tag="île DE ré")) == store.listings.ids(Scope(tag="ile de re")) != []
    assert store.tags.forget("ile de ré")
    assert not store.tags.forget("ile de ré")
    assert store.tags.all() == []


@pytest.mark.parametrize("text", ["", "  ", "\x1b[2J\u200b", "a, b", "x" * (LONGEST_TAG + 1), "\u0301"])
def test_what_can_be_no_tag_is_refused(store: Store, text: str) -> None:
    with pytest.raises(NotATag):
        store.tags.put_on([ONE.id], text)
    assert store.tags.all() == []


def test_tags_are_listed_with_what_is_unread(store: Store) -> None:
    store.tags.put_on([ONE.id, TWO.id], "ferries")
    store.tags.put_on([ONE.id], "Bread")
    store.states.mark([ONE.id], Mark.READ)
    tags = [TagSummary(name="Bread", articles=1, unread=0), TagSummary(name="ferries", articles=2, unread=1)]
    assert store.tags.all() == tags
    assert store.listings.overview().tags == tuple(tags)
    [line] = store.listings.headlines([ONE.id])
    assert line.tags == ("Bread", "ferries")
    assert store.listings.ids(Scope(tag="ferries", unread=True)) == [TWO.id]


def test_a_search_passes_what_has_all_of_some_tags(store: Store) -> None:
    store.tags.put_on([ONE.id, TWO.id], "ferries")
    store.tags.put_on([TWO.id], "bread")

    def found(query: str, *tags: str) -> set[str]:
        return {hit.article.id for hit in store.search(query, 10, Filters(tags=tags))}

    assert found("harbour", "Ferries") == found("", "ferries") == {ONE.id, TWO.id}
    assert found("harbour", "ferries", "bread") == {TWO.id}
    assert found("one", "bread") == found("harbour", "other") == found("harbour", "%") == set()
    assert store.passing(Filters(tags=("bread",))) == [TWO.id]


def test_a_newer_version_has_the_tags_of_the_older_one(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    older, newer = (Article.build("Ferry", [text], origin="-") for text in ("It stops.", "It stops on Friday."))
    store.feeds.keep_entry(1, "key", "a", older)
    store.tags.put_on([older.id], "ferries")
    store.feeds.keep_entry(1, "key", "b", newer)
    assert store.tags.of([newer.id]) == {newer.id: ("ferries",)}
    assert [tag.articles for tag in store.tags.all()] == [1]
    store.tags.take_off([newer.id], "ferries")
    store.feeds.keep_entry(1, "key", "a", older)
    assert store.tags.of([older.id, newer.id]) == {}


def test_what_is_tagged_does_not_go_with_its_feed(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    plain, tagged = (Article.build(name, ["Text."], origin="-") for name in ("Plain", "Tagged"))
    for article in (plain, tagged):
        store.feeds.keep_entry(1, article.headline, "a", article)
    store.tags.put_on([tagged.id], "ferries")
    assert store.feeds.remove(1, with_articles=True) == 1
    assert store.article(plain.id) is None
    assert store.tags.of([tagged.id]) == {tagged.id: ("ferries",)}
    store.remove(tagged.id)
    assert store.tags.all() == []
