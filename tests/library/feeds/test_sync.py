"""Syncs with a web server on the loopback: feeds and pages that behave, and those that don't."""

import asyncio
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from library.feeds import sync as syncing
from library.feeds.articles import entry_article
from library.feeds.document import LONGEST_KEY, Entry
from library.feeds.sync import Outcome, Progress, Sync
from library.fetching import fetcher
from library.fetching.failures import FetchFailed
from library.fetching.fetcher import Fetcher
from library.store import Store
from models.feed import Feed
from tests.library.feeds.samples import item, rss_of
from tests.web_server import Reply, WebServer

SUMMARY = "A summary."
LONG = "The ferry line will close on the first of May, the company said on Monday, and nobody was surprised by it. " * 3


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


def subscribe(store: Store, server: WebServer, *paths: str, **more: Any) -> None:
    for path in paths:
        store.feeds.add(Feed(url=server.site + path, private=True, **more))


def sync(store: Store, told: list[Progress] | None = None, *, by_itself: bool = False) -> dict[str, Outcome]:
    async def run() -> list[Outcome]:
        async with Fetcher() as fetcher:
            syncing = Sync(store.feeds, fetcher, (told if told is not None else []).append)
            return await syncing.run(store.feeds.feeds(), by_itself=by_itself)

    return {"/" + outcome.feed.url.split("/", 3)[-1]: outcome for outcome in asyncio.run(run())}


def counts(outcome: Outcome) -> tuple[int, int, str | None]:
    return outcome.new, outcome.updated, outcome.error


def headlines(store: Store) -> list[str]:
    return [one.headline for one in store.articles()]


def page(text: str) -> Reply:
    return Reply(f"<html><body><article><h1>Headline</h1><p>{text}</p></article></body></html>")


def test_what_is_new_is_kept_and_what_is_known_is_not_fetched_again(store: Store, server: WebServer) -> None:
    items = (item("New", "B", guid="2", day=12), item("Old", "A", guid="1", day=11))
    server.pages["/rss"] = Reply(rss_of(*items), headers={"ETag": "1"})
    subscribe(store, server, "/rss")
    told: list[Progress] = []

    assert counts(sync(store, told)["/rss"]) == (2, 0, None)
    assert headlines(store) == ["New", "Old"]
    assert told[-1] == Progress(1, 1, 2)
    [listed] = store.feeds.feeds()
    assert (listed.feed.title, listed.feed.etag, listed.unread) == ("Gazette", "1", 2)

    assert counts(sync(store)["/rss"]) == (0, 0, None)
    assert server.requests[-1][1]["If-None-Match"] == "1"


def test_updates_are_recognised(store: Store, server: WebServer) -> None:
    server.pages["/rss"] = Reply(rss_of(item("Ferry", "It stops.", guid="1")))
    subscribe(store, server, "/rss")
    sync(store)
    server.pages["/rss"] = Reply(rss_of(item("Bridge", "It opens.", guid="2"), item("Ferry", "It sails.", guid="1")))
    assert counts(sync(store)["/rss"]) == (1, 1, None)
    assert counts(sync(store)["/rss"]) == (0, 0, None)
    assert len(store.articles()) == 2


def failures(store: Store) -> list[int]:
    return [one.feed.failures for one in sorted(store.feeds.feeds(), key=lambda one: one.number)]


def test_failures_in_a_row_are_counted_and_a_sync_by_hand_tries_and_counts_none(
    store: Store, server: WebServer
) -> None:
    server.pages |= {"/good": Reply(rss_of()), "/page": page("No feed."), "/broken": Reply(status=500)}
    subscribe(store, server, "/good", "/page", "/broken", "/missing")
    for times in (1, 2, 3):
        sync(store, by_itself=True)
        assert failures(store) == [0, times, times, times]
        assert server.paths.count("/missing") == times
    server.pages["/page"] = Reply(rss_of(item("There again")))
    for _ in range(5):
        sync(store)
        assert failures(store) == [0, 0, 3, 3]
    assert server.paths.count("/missing") == 8


def test_who_is_cut_off_counts_nothing_against_feeds(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(address: str) -> None:
        raise FetchFailed("there is no host, or no connection to the internet", unreached=True)

    monkeypatch.setattr(fetcher, "check_public", nobody)
    store.feeds.add(Feed(url="https://gazette.example/rss"))
    sync(store, by_itself=True)
    assert failures(store) == [0], "the only feed"
    store.feeds.add(Feed(url="https://gazette.example/sport"))
    sync(store, by_itself=True)
    assert failures(store) == [0, 0], "all of one host"
    store.feeds.add(Feed(url="https://post.example/rss"))
    store.feeds.count_failures([1, 2, 3])
    sync(store, by_itself=True)
    assert failures(store) == [1, 1, 1], "all have failed before"
    server.pages["/near"] = Reply(rss_of())
    subscribe(store, server, "/near")
    assert sync(store, by_itself=True)["/near"].error is None
    assert failures(store) == [1, 1, 1, 0], "what is on this machine answers without a network"


def test_a_feed_that_nobody_answers_for_counts_where_others_are_answered_for(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def known(address: str) -> None:
        if "gone.example" in address:
            raise FetchFailed("there is no host", unreached=True)

    monkeypatch.setattr(fetcher, "check_public", known)
    monkeypatch.setattr(fetcher, "is_public", lambda _: True)
    store.feeds.add(Feed(url=f"{server.site}/rss"))
    server.pages["/rss"] = Reply(rss_of())
    store.feeds.add(Feed(url="https://gone.example/rss"))
    sync(store, by_itself=True)
    assert failures(store) == [0, 1]


def test_a_server_that_says_when_it_will_be_back_is_left_alone_until_then(store: Store, server: WebServer) -> None:
    server.pages["/rss"] = Reply(status=502, headers={"Retry-After": "3600"})
    subscribe(store, server, "/rss")
    assert "(status 502)" in (sync(store)["/rss"].error or "")
    assert sync(store)["/rss"].waiting
    assert server.paths == ["/rss"]


def test_one_bad_feed_stops_no_other_and_its_error_is_kept(store: Store, server: WebServer) -> None:
    server.pages |= {
        "/good": Reply(rss_of(item("Good", "Text."))),
        "/page": page("No feed."),
        "/bomb": Reply("<!DOCTYPE r [<!ENTITY a 'a'>]>" + rss_of(item("&a;" * 10))),
        "/away": Reply(status=302, headers={"Location": "file:///etc/passwd"}),
        "/png": Reply(b"\x89PNG\r\n", headers={"Content-Type": "application/rss+xml"}),
    }
    subscribe(store, server, "/good", "/page", "/missing", "/bomb", "/away", "/png")
    store.feeds.add(Feed(url=f"{server.site}/refused"))  # nobody consented

    outcomes = sync(store)

    reasons = {
        "/page": "a web page",
        "/missing": "nothing at this address",
        "/away": "only http and https",
        "/png": "a picture",
        "/refused": "--private",
    }
    for path, reason in reasons.items():
        assert reason in (outcomes[path].error or "")
    assert {path for path, outcome in outcomes.items() if outcome.error is None} == {"/good", "/bomb"}
    assert "Good" in headlines(store)
    kept = {one.feed.url: one.feed.error for one in store.feeds.feeds()}
    assert kept == {server.site + path: outcome.error for path, outcome in outcomes.items()}


def test_a_feed_that_breaks_what_reads_it_stops_no_other(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(entry: Entry, feed: Feed) -> Any:
        if entry.title == "Bad":
            raise ValueError("odd \x1b[2J text")
        return entry_article(entry, feed)

    monkeypatch.setattr(syncing, "entry_article", broken)
    server.pages |= {"/bad": Reply(rss_of(item("Bad"))), "/good": Reply(rss_of(item("Good")))}
    subscribe(store, server, "/bad", "/good")
    outcomes = sync(store)
    assert outcomes["/bad"].error == "it can't be read: odd text"
    assert counts(outcomes["/good"]) == (1, 0, None)


def test_a_server_that_wants_to_be_left_alone_is_until_then(store: Store, server: WebServer) -> None:
    server.pages["/busy"] = Reply(status=429, headers={"Retry-After": "1000"})
    subscribe(store, server, "/busy")
    assert not sync(store)["/busy"].waiting
    outcome = sync(store)["/busy"]
    assert outcome.waiting
    assert "left alone" in (outcome.error or "")
    assert server.paths == ["/busy"]


def test_a_feed_that_has_moved_for_good_is_asked_there(store: Store, server: WebServer) -> None:
    server.pages |= {"/old": Reply(status=301, headers={"Location": "/new"}), "/new": Reply(rss_of(item("A", "B")))}
    subscribe(store, server, "/old")
    sync(store)
    assert [one.feed.url for one in store.feeds.feeds()] == [f"{server.site}/new"]


def test_identifiers_of_any_kind_are_kept(store: Store, server: WebServer) -> None:
    odd = ["\ud800", "\0", "x" * 100_000, "\x1b[2J"]
    items = [{"id": key, "title": f"Story {n}\udfff", "content_text": "Text.\0\ud800"} for n, key in enumerate(odd)]
    server.pages["/json"] = Reply(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}))
    subscribe(store, server, "/json")
    assert counts(sync(store)["/json"]) == (4, 0, None)
    assert counts(sync(store)["/json"]) == (0, 0, None)
    assert max(map(len, store.feeds.digests(1))) <= LONGEST_KEY


def test_ten_thousand_entries_are_kept(store: Store, server: WebServer) -> None:
    server.pages["/rss"] = Reply(rss_of(*(item(f"Story {n}", f"Text {n}.", guid=str(n)) for n in range(10_000))))
    subscribe(store, server, "/rss")
    assert counts(sync(store)["/rss"]) == (10_000, 0, None)
    assert counts(sync(store)["/rss"]) == (0, 0, None)
    assert len(store.articles()) == 10_000


# --- full text ---


def test_the_pages_of_a_feed_are_fetched_where_that_was_chosen(store: Store, server: WebServer) -> None:
    server.pages |= {
        "/rss": Reply(rss_of(item("Ferry", SUMMARY, "/ferry"), item("Nowhere", SUMMARY, "/nowhere"))),
        "/ferry": page(LONG),
    }
    subscribe(store, server, "/rss", full_text=True)
    assert counts(sync(store)["/rss"]) == (2, 0, None)

    articles = {one.headline: store.article(one.id) for one in store.articles()}
    assert articles["Ferry"] is not None
    assert "nobody was surprised" in articles["Ferry"].paragraphs[-1].text
    assert articles["Nowhere"] is not None
    assert articles["Nowhere"].paragraphs[0].text == SUMMARY
    assert "nothing at this address" in articles["Nowhere"].notices[0]

    asked = len(server.requests)
    sync(store)
    assert server.paths[asked:] == ["/rss"]


def test_robots_txt_is_respected_for_pages_and_not_for_feeds(store: Store, server: WebServer) -> None:
    server.pages |= {
        "/robots.txt": Reply("User-agent: *\nDisallow: /"),
        "/rss": Reply(rss_of(item("Ferry", SUMMARY, "/ferry"))),
        "/ferry": page(LONG),
    }
    subscribe(store, server, "/rss", full_text=True)
    assert counts(sync(store)["/rss"]) == (1, 0, None)
    assert server.paths == ["/rss", "/robots.txt"]


def test_consent_to_a_feed_is_none_to_what_its_entries_link_to(store: Store, server: WebServer) -> None:
    with WebServer() as router:
        router.pages["/reboot"] = page(LONG)
        server.pages["/rss"] = Reply(rss_of(item("Ferry", SUMMARY, f"{router.site}/reboot")))
        subscribe(store, server, "/rss", full_text=True)
        assert counts(sync(store)["/rss"]) == (1, 0, None)
        assert router.requests == []


def test_a_page_that_says_less_than_the_feed_does_not_replace_it(store: Store, server: WebServer) -> None:
    server.pages |= {"/rss": Reply(rss_of(item("Ferry", LONG, "/ferry"))), "/ferry": page("Accept our cookies.")}
    subscribe(store, server, "/rss", full_text=True)
    sync(store)
    [one] = store.articles()
    article = store.article(one.id)
    assert article is not None
    assert "nobody was surprised" in article.paragraphs[0].text


def test_a_page_that_could_not_be_had_is_tried_again(store: Store, server: WebServer) -> None:
    server.pages |= {
        "/rss": Reply(rss_of(item("Ferry", SUMMARY, "/ferry")), headers={"ETag": "1"}),
        "/ferry": Reply(status=500),
    }
    subscribe(store, server, "/rss", full_text=True)
    assert counts(sync(store)["/rss"]) == (1, 0, None)
    server.pages["/ferry"] = page(LONG)
    assert counts(sync(store)["/rss"]) == (0, 1, None)
    assert store.feeds.feeds()[0].feed.etag == "1"


def test_full_text_that_is_chosen_later_is_fetched_for_what_is_there(store: Store, server: WebServer) -> None:
    feed = rss_of(item("Ferry", SUMMARY, "/ferry"))
    server.pages |= {"/rss": Reply(feed, headers={"ETag": "1"}), "/ferry": page(LONG)}
    subscribe(store, server, "/rss")
    sync(store)
    store.feeds.change(store.feeds.feeds()[0].number, full_text=True)
    assert counts(sync(store)["/rss"]) == (0, 1, None)


def test_many_pages_are_fetched_in_several_syncs_the_newest_first(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "PAGES_A_SYNC", 2)
    items = [item(f"Story {n}", SUMMARY, f"/{n}", day=9 - n) for n in range(3)]
    server.pages |= {"/rss": Reply(rss_of(*items), headers={"ETag": "1"})} | {f"/{n}": page(LONG) for n in range(3)}
    subscribe(store, server, "/rss", full_text=True)
    assert counts(sync(store)["/rss"]) == (3, 0, None)  # all are there at once, the last as the feed has it
    assert [path for path in server.paths if path[1:].isdecimal()] == ["/1", "/0"]
    assert store.feeds.feeds()[0].feed.etag is None
    assert counts(sync(store)["/rss"]) == (0, 1, None)
    assert server.paths[-1] == "/2"
    assert store.feeds.feeds()[0].feed.etag == "1"
    assert len(store.articles()) == 3


def test_pages_that_fail_do_not_keep_others_from_being_fetched(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "PAGES_A_SYNC", 1)
    server.pages |= {f"/{n}": Reply(status=500) for n in range(2)} | {"/2": page(LONG)}
    server.pages["/rss"] = Reply(rss_of(*(item(f"Story {n}", SUMMARY, f"/{n}", day=9 - n) for n in range(3))))
    subscribe(store, server, "/rss", full_text=True)
    for _ in range(5):
        sync(store)
    asked = [path for path in server.paths if path[1:].isdecimal()]
    assert asked == ["/0", "/1", "/2", "/0", "/1"]
    kept = {one.headline: store.article(one.id) for one in store.articles()}
    for headline in ("Story 0", "Story 1"):
        article = kept[headline]
        assert article is not None
        assert "status 500" in article.notices[0]


def test_entries_without_anything_to_read_take_no_place(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "PAGES_A_SYNC", 1)
    server.pages |= {"/0": Reply("<html></html>"), "/1": page(LONG)}
    server.pages["/rss"] = Reply(rss_of(item("", "", "/0", "0"), item("Ferry", SUMMARY, "/1")), headers={"ETag": "1"})
    subscribe(store, server, "/rss", full_text=True)
    assert counts(sync(store)["/rss"]) == (1, 0, None)
    assert counts(sync(store)["/rss"]) == (0, 1, None)
    assert store.feeds.feeds()[0].feed.etag == "1"
    assert store.feeds.remove(1, with_articles=True) == 1


# --- interrupted ---


def test_an_interrupted_sync_is_taken_up_by_the_next(
    store: Store, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/rss"] = Reply(
        rss_of(*(item(f"Story {n}", f"Text {n}.", guid=str(n)) for n in range(10))), headers={"ETag": "1"}
    )
    subscribe(store, server, "/rss")

    def interrupted(entry: Entry, feed: Feed) -> Any:
        if entry.title == "Story 4":
            signal.raise_signal(signal.SIGINT)
        return entry_article(entry, feed)

    monkeypatch.setattr(syncing, "entry_article", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sync(store)
    monkeypatch.setattr(syncing, "entry_article", entry_article)
    assert len(store.articles()) == 6

    assert counts(sync(store)["/rss"]) == (4, 0, None)
