"""What the reader has done with articles: marks that are told of as they change, and how far they got."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.search import Filters
from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Mark, Scope

ONE, TWO = (Article.build(name, [f"{name}."], origin="a.txt") for name in ("One", "Two"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(ONE)
        opened.add(TWO)
        yield opened


def test_marking_tells_what_it_has_changed(store: Store) -> None:
    assert store.states.mark([ONE.id], Mark.READ, on=False) == []
    assert store.states.mark([ONE.id], Mark.READ) == [ONE.id]
    assert store.states.mark([ONE.id, TWO.id, "gone"], Mark.READ) == [TWO.id]
    assert store.states.mark([ONE.id, TWO.id], Mark.READ, on=False) == [ONE.id, TWO.id]


@pytest.mark.parametrize("mark", [Mark.STARRED, Mark.LATER])
def test_what_is_marked_is_listed_and_counted_and_has_no_other_mark(store: Store, mark: Mark) -> None:
    assert store.states.mark([ONE.id, "gone"], mark) == [ONE.id]
    assert store.states.mark([ONE.id], mark) == []
    assert store.listings.ids(Scope.model_validate({mark.value: True})) == [ONE.id]
    assert ONE.id in store.listings.ids(Scope(unread=True))
    counted = store.listings.overview()
    assert {Mark.STARRED: counted.starred, Mark.LATER: counted.later} == {Mark.STARRED: 0, Mark.LATER: 0, mark: 1}
    [line] = store.listings.headlines([ONE.id])
    marked = {Mark.READ: line.read, Mark.STARRED: line.starred, Mark.LATER: line.later}
    assert marked == dict.fromkeys(Mark, False) | {mark: True}
    found = store.search("", 10, Filters(starred=mark is Mark.STARRED, later=mark is Mark.LATER))
    assert [hit.article.id for hit in found] == [ONE.id]
    assert store.states.mark([ONE.id], mark, on=False) == [ONE.id]
    assert store.listings.ids(Scope.model_validate({mark.value: True})) == []


def test_what_is_starred_does_not_go_with_its_feed(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    stories = [Article.build(name, ["Text."], origin="-") for name in ("Plain", "Starred")]
    for story in stories:
        store.feeds.keep_entry(1, story.headline, "a", story)
    store.states.mark([stories[1].id], Mark.STARRED)
    assert store.feeds.remove(1, with_articles=True) == 1
    assert store.listings.ids(Scope(starred=True)) == [stories[1].id]


def test_a_newer_version_is_marked_if_the_older_was(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    store.feeds.keep_entry(1, "key", "digest", ONE)
    for mark in (Mark.STARRED, Mark.LATER):
        store.states.mark([ONE.id], mark)
    newer = Article.build("One, again", ["More."], origin="a.txt", url="https://gazette.example/one")
    store.feeds.keep_entry(1, "key", "other", newer)
    assert store.listings.ids(Scope(later=True, starred=True)) == [newer.id]


@pytest.mark.parametrize("mark", [*Mark])
def test_a_version_that_was_replaced_while_it_was_open_marks_the_newest(store: Store, mark: Mark) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    versions = [Article.build("Ferry", [text], origin="-") for text in ("It stops.", "It sails.", "It may sail.")]
    for version in versions:
        store.feeds.keep_entry(1, "key", version.id, version)
    oldest, newest = versions[0].id, versions[-1].id
    assert store.states.mark([oldest, newest, TWO.id], mark) == [newest, TWO.id]
    assert store.states.mark([oldest], mark) == [], "it has the mark"
    for article_id in (oldest, newest):  # the one that is open, and the one that is listed
        [line] = store.listings.headlines([article_id])
        marked = {Mark.READ: line.read, Mark.STARRED: line.starred, Mark.LATER: line.later}
        assert marked == dict.fromkeys(Mark, False) | {mark: True}
    assert store.states.mark([oldest], mark, on=False) == [newest]


def test_how_far_the_reader_got_is_remembered(store: Store) -> None:
    assert store.states.paragraph(ONE.id) == 0
    store.states.reached(ONE.id, 7)
    store.states.reached("gone", 7)
    store.states.mark([ONE.id], Mark.READ)
    assert (store.states.paragraph(ONE.id), store.states.paragraph("gone")) == (7, 0)


def test_articles_are_read_and_unread_again_and_what_is_gone_is_passed_over(tmp_path: Path) -> None:
    story = Article.build("Ferry", ["The ferry stops."], origin="a.txt")
    with Store.open(tmp_path / "library.db") as store:
        number = store.feeds.add(Feed(url="https://gazette.example/rss"))
        assert number is not None
        store.feeds.keep_entry(number, "1", "d", story)
        assert store.feeds.articles(number)[0][1] is False
        for read in (True, False, True):
            store.states.mark(["unknown", story.id], Mark.READ, on=read)
            assert store.feeds.articles(number)[0][1] is read
        store.remove(story.id)
        store.feeds.keep_entry(number, "1", "d", story)
        assert store.feeds.articles(number)[0][1] is False
