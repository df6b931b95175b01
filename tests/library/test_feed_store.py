"""Feeds as they are kept, counted and removed, each article in a transaction of its own."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from library.feed_store import UnknownFeed
from library.same_story import Arrival
from library.store import Store
from models.answer import Answer, Timings
from models.feed import Feed
from models.listing import Mark
from models.question import Question
from tests.library.feed_samples import FERRY, GAZETTE, POST, found, story, subscribe

ANSWER = Answer(text="", sentences=(), citations=(), abstained=True, model="scripted", timings=Timings(total_s=0.5))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


def test_a_feed_is_kept_as_it_was_added(store: Store) -> None:
    number = subscribe(store)
    [listed] = store.feeds.feeds()
    assert (listed.number, listed.feed, listed.articles, listed.unread) == (number, GAZETTE, 0, 0)
    assert store.feeds.add(GAZETTE.model_copy(update={"title": "Again"})) is None
    assert len(store.feeds.feeds()) == 1


def test_feeds_are_listed_by_folder_and_name(store: Store) -> None:
    for folder, title in ((("Z",), "a"), ((), "b"), (("A", "B"), "c"), (("A",), "D"), (("A",), "e")):
        subscribe(store, Feed(url=f"https://{title}.example", title=title, folder=folder))
    assert [one.feed.name for one in store.feeds.feeds()] == ["b", "D", "e", "c", "a"]


def test_the_number_of_a_feed_never_becomes_another_s(store: Store) -> None:
    first = subscribe(store)
    store.feeds.remove(first)
    assert subscribe(store) > first


def test_what_a_feed_says_of_itself_is_kept_and_the_user_s_title_stays(store: Store) -> None:
    mine, unnamed = subscribe(store), subscribe(store, POST)
    for number, url in ((mine, GAZETTE.url), (unnamed, "https://post.example/new")):
        store.feeds.failed(number, "it was away", datetime(2030, 1, 1, tzinfo=UTC))
        store.feeds.fetched(number, url=url, title="Its own", home="https://x.example", etag="1", last_modified="then")

    feeds = {one.number: one.feed for one in store.feeds.feeds()}
    assert (feeds[mine].title, feeds[unnamed].title) == ("Gazette", "Its own")
    assert feeds[unnamed].url == "https://post.example/new"
    assert (feeds[mine].etag, feeds[mine].last_modified, feeds[mine].home) == ("1", "then", "https://x.example")
    assert (feeds[mine].error, feeds[mine].retry_at) == (None, None)
    assert feeds[mine].fetched_at is not None


def test_a_feed_does_not_move_to_the_address_of_another(store: Store) -> None:
    subscribe(store)
    number = subscribe(store, POST)
    store.feeds.fetched(number, url=GAZETTE.url, title="", home=None, etag=None, last_modified=None)
    assert {one.feed.url for one in store.feeds.feeds()} == {GAZETTE.url, POST.url}


def test_consent_does_not_go_along_to_another_host(store: Store) -> None:
    number = subscribe(store, Feed(url="http://nas/old", private=True))
    for url, private in (("https://nas/new", True), ("https://gazette.example/rss", False), ("http://nas/old", False)):
        store.feeds.fetched(number, url=url, title="", home=None, etag=None, last_modified=None)
        [listed] = store.feeds.feeds()
        assert (listed.feed.url, listed.feed.private) == (url, private)


def test_a_failure_is_kept_until_the_next_success(store: Store) -> None:
    number = subscribe(store)
    until = datetime(2030, 1, 1, tzinfo=UTC)
    store.feeds.failed(number, "it was away", until)
    [listed] = store.feeds.feeds()
    assert (listed.feed.error, listed.feed.retry_at) == ("it was away", until)
    store.feeds.unchanged(number)
    [listed] = store.feeds.feeds()
    assert (listed.feed.error, listed.feed.retry_at) == (None, None)


def test_a_changed_choice_makes_a_feed_be_looked_at_anew(store: Store) -> None:
    number = subscribe(store)
    store.feeds.fetched(number, url=GAZETTE.url, title="", home=None, etag='"1"', last_modified="then")
    store.feeds.change(number, full_text=True)
    [listed] = store.feeds.feeds()
    assert (listed.feed.full_text, listed.feed.private) == (True, False)
    assert (listed.feed.title, listed.feed.folder) == (GAZETTE.title, GAZETTE.folder)
    store.feeds.change(number, title="Mine", folder=("A",))
    [listed] = store.feeds.feeds()
    assert (listed.feed.title, listed.feed.folder, listed.feed.full_text) == ("Mine", ("A",), True)
    assert (listed.feed.etag, listed.feed.last_modified) == (None, None)


def test_unread_articles_are_counted(store: Store) -> None:
    number = subscribe(store)
    first, second = story(), story("The bridge opens.", None, "Bridge")
    assert store.feeds.keep_entry(number, "1", "d", first) is Arrival.NEW
    assert store.feeds.keep_entry(number, "2", "d", second) is Arrival.NEW
    assert store.feeds.keep_entry(number, "3", "d", second) is Arrival.KNOWN  # the same under another key
    store.states.mark([first.id], Mark.READ)

    [listed] = store.feeds.feeds()
    assert (listed.articles, listed.unread) == (2, 1)
    assert {one.id: read for one, read in store.feeds.articles(number)} == {first.id: True, second.id: False}
    assert store.feeds.digests(number) == {"1": "d", "2": "d", "3": "d"}


# --- removing ---


def test_articles_outlive_their_feed_unless_they_are_to_go(store: Store) -> None:
    number, other = subscribe(store), subscribe(store, POST)
    shared, plain = (story(f"Text {n}.", None, f"Story {n}") for n in range(2))
    for article in (shared, plain):
        store.feeds.keep_entry(number, article.headline, "d", article)
    store.feeds.keep_entry(other, "x", "d", shared)

    assert store.feeds.remove(number, with_articles=True) == 1

    assert {one.id for one in store.articles()} == {shared.id}
    assert found(store, "text") == {shared.id}
    assert store.feeds.remove(other) == 0
    assert len(store.articles()) == 1
    assert store.feeds.feeds() == []


@pytest.mark.parametrize("updated", [False, True])
def test_what_was_added_by_hand_or_asked_about_does_not_go_with_a_feed(store: Store, updated: bool) -> None:
    number = subscribe(store)
    before, after, asked, plain = (story(f"Text {n}.", f"{FERRY}/{n}", f"Story {n}") for n in range(4))
    store.add(before)
    for article in (before, after, asked, plain):
        store.feeds.keep_entry(number, article.headline, "d", article)
    store.add(after, by_hand=True)
    store.add(plain)  # it was opened
    store.keep_answer(Question(text="Why?", article_id=asked.id), ANSWER)
    if updated:
        for article in (before, after, asked, plain):
            store.feeds.keep_entry(number, article.headline, "e", story("New text.", FERRY, article.headline))

    assert store.feeds.remove(number, with_articles=True) == 1

    assert {one.headline for one in store.articles()} == {before.headline, after.headline, asked.headline}
    assert store.article(before.id) == before
    assert len(store.answers(asked.id)) == 1


def test_an_entry_of_a_feed_that_is_gone_is_not_kept(store: Store) -> None:
    with pytest.raises(UnknownFeed):
        store.feeds.keep_entry(7, "1", "d", story())
    assert store.articles() == []
    assert found(store, "ferry") == set()


KEEPER = """
import sys
from pathlib import Path
from library.store import Store
from models.article import Article
with Store.open(Path(sys.argv[1])) as store:
    for version in range(1000):
        for n in range(20):
            texts = [f"Paragraph {p} of version {version}." for p in range(20)]
            article = Article.build(f"Story {n}", texts, origin="-")
            store.feeds.keep_entry(1, str(n), str(version), article)
            print(n, version, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 7, 25, 61])
def test_a_kill_at_any_moment_loses_nothing_that_was_confirmed_and_leaves_nothing_half_done(
    tmp_path: Path, lines: int
) -> None:
    path = tmp_path / "library.db"
    with Store.open(path) as store:
        subscribe(store)
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER, str(path)], stdout=subprocess.PIPE, text=True)
    assert keeper.stdout is not None
    confirmed: dict[str, int] = {}
    for _ in range(lines):
        n, version = keeper.stdout.readline().split()
        confirmed[n] = int(version)
    keeper.send_signal(signal.SIGKILL)
    keeper.communicate()

    with Store.open(path) as store:
        digests = store.feeds.digests(1)
        assert all(int(digests[n]) >= version for n, version in confirmed.items())
        listed = store.feeds.articles(1)
        assert len(listed) == len(digests)
        for one, _ in listed:
            article = store.article(one.id)
            assert article is not None
            assert len(article.paragraphs) == 20
            version = digests[article.headline.removeprefix("Story ")]
            assert article.paragraphs[0].text == f"Paragraph 0 of version {version}."
        assert {match.article_id for match in store.match_paragraphs(["paragraph"], None, 9999)} == {
            one.id for one, _ in listed
        }


def test_all_is_on_disk_at_once_again_when_the_last_of_several_feeds_is_kept(store: Store) -> None:
    def waiting() -> bool:
        return bool(store._database._connection.pragma("synchronous") == 2)  # FULL

    first, second = store.feeds.keeping_many(), store.feeds.keeping_many()
    assert waiting()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not waiting()
    second.__exit__(None, None, None)
    assert waiting()
