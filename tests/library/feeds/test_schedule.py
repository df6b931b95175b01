"""Which feeds are due by themselves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from library.feeds.schedule import due, next_try
from library.store import Store
from models.feed import Feed, FeedSummary

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def feed(
    number: int,
    minutes: int | None,
    *,
    url: str = "https://a.example/",
    wait: int | None = None,
    failures: int = 0,
) -> FeedSummary:
    tried = None if minutes is None else NOW - timedelta(minutes=minutes)
    retry = None if wait is None else NOW + timedelta(minutes=wait)
    asked = Feed(url=url, tried_at=tried, retry_at=retry, failures=failures)
    return FeedSummary(number=number, feed=asked, articles=0, unread=0)


def numbers(*feeds: FeedSummary) -> list[int]:
    return [one.number for one in due(feeds, HOUR, NOW)]


def test_a_feed_is_due_when_it_was_not_asked_for_so_long() -> None:
    assert numbers(feed(1, 59)) == []
    assert numbers(feed(1, 60)) == numbers(feed(1, None)) == [1]


def test_feeds_that_are_nearly_due_come_along_and_none_is_asked_before() -> None:
    assert numbers(feed(1, 61), feed(2, 55), feed(3, 30)) == [1, 2]
    assert numbers(feed(2, 55), feed(3, 30)) == []


def test_one_that_is_to_be_left_alone_or_is_a_folder_is_never_due() -> None:
    assert numbers(feed(1, 500, wait=1), feed(2, None, url="file:///home/me/in"), feed(3, 500, wait=-1)) == [3]


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 60), (1, 120), (2, 240), (3, 480), (5, 24 * 60), (6, 24 * 60), (10**6, 24 * 60)]
)
def test_one_that_fails_again_and_again_waits_longer_and_longer_up_to_a_day(failures: int, minutes: int) -> None:
    assert numbers(feed(1, minutes - 1, failures=failures)) == []
    assert numbers(feed(1, minutes, failures=failures)) == [1]
    assert next_try(feed(1, 10, failures=failures).feed, HOUR) == NOW + timedelta(minutes=minutes - 10)


def test_none_waits_less_than_the_user_has_set() -> None:
    assert due([feed(1, 3 * 24 * 60, failures=4)], timedelta(days=7), NOW) == []


def test_when_one_is_asked_next_is_known_once_it_was_asked() -> None:
    assert next_try(feed(1, None).feed, HOUR) is None
    assert next_try(feed(1, 10, url="file:///home/me/in").feed, HOUR) is None
    assert next_try(feed(1, 10, wait=500).feed, HOUR) == NOW + timedelta(minutes=500)


def test_a_clock_that_was_put_back_does_not_stop_it() -> None:
    assert numbers(feed(1, -500)) == [1]


def test_every_way_in_which_a_feed_was_asked_counts(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        for n in range(4):
            store.feeds.add(Feed(url=f"https://{n}.example/"))
        store.feeds.failed(1, "it was away")
        store.feeds.unchanged(2)
        store.feeds.fetched(3, url="https://2.example/", title="", home=None, etag=None, last_modified=None)
        assert [one.number for one in due(store.feeds.feeds(), HOUR, datetime.now(UTC))] == [4]
