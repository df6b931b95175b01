"""What the reader has done with articles: marks that are told of as they change, and how far they got."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Scope

ONE, TWO = (Article.build(name, [f"{name}."], origin="a.txt") for name in ("One", "Two"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(ONE)
        opened.add(TWO)
        yield opened


def test_marking_tells_what_it_has_changed(store: Store) -> None:
    assert store.states.mark([ONE.id], read=False) == []
    assert store.states.mark([ONE.id], read=True) == [ONE.id]
    assert store.states.mark([ONE.id, TWO.id, "gone"], read=True) == [TWO.id]
    assert store.states.mark([ONE.id, TWO.id], read=False) == [ONE.id, TWO.id]


def test_what_is_put_by_is_listed_and_stays_unread(store: Store) -> None:
    assert store.states.toggle_later(ONE.id)
    assert store.listings.ids(Scope(later=True)) == [ONE.id]
    assert ONE.id in store.listings.ids(Scope(unread=True))
    assert store.listings.overview().later == 1
    [line] = store.listings.headlines([ONE.id])
    assert line.later
    assert not line.read
    assert store.states.toggle_later(ONE.id) is False
    assert store.states.toggle_later("gone") is None
    assert store.listings.ids(Scope(later=True)) == []


def test_a_newer_version_is_put_by_if_the_older_was(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    store.feeds.keep_entry(1, "key", "digest", ONE)
    store.states.put_by([ONE.id], later=True)
    newer = Article.build("One, again", ["More."], origin="a.txt", url="https://gazette.example/one")
    store.feeds.keep_entry(1, "key", "other", newer)
    assert newer.id in store.listings.ids(Scope(later=True))


def test_how_far_the_reader_got_is_remembered(store: Store) -> None:
    assert store.states.paragraph(ONE.id) == 0
    store.states.reached(ONE.id, 7)
    store.states.reached("gone", 7)
    store.states.mark([ONE.id], read=True)
    assert (store.states.paragraph(ONE.id), store.states.paragraph("gone")) == (7, 0)


def test_articles_are_read_and_unread_again_and_what_is_gone_is_passed_over(tmp_path: Path) -> None:
    story = Article.build("Ferry", ["The ferry stops."], origin="a.txt")
    with Store.open(tmp_path / "library.db") as store:
        number = store.feeds.add(Feed(url="https://gazette.example/rss"))
        assert number is not None
        store.feeds.keep_entry(number, "1", "d", story)
        assert store.feeds.articles(number)[0][1] is False
        for read in (True, False, True):
            store.states.mark(["unknown", story.id], read=read)
            assert store.feeds.articles(number)[0][1] is read
        store.remove(story.id)
        store.feeds.keep_entry(number, "1", "d", story)
        assert store.feeds.articles(number)[0][1] is False
