"""Feeds that are served wrongly, or made to do harm, through a whole sync: told beside the feed, and nothing else."""

import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from library.feeds.watched import watched_url
from library.store import Store
from models.feed import Feed
from tests.library.feeds.samples import item, rss_of
from tests.library.feeds.test_sync import counts, headlines, subscribe, sync
from tests.web_server import Reply, WebServer

ROOT = Path(__file__).parents[3]
HUNDRED_MB = 100_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.mark.parametrize("announced", [True, False])
def test_a_feed_of_100_mb_is_refused_and_never_held_in_memory(store: Store, server: WebServer, announced: bool) -> None:
    beginning = rss_of(item("Story", "Text.")).partition("</channel>")[0].encode()
    entry = b"<item><title>Story</title><description>" + b"word " * 20_000 + b"</description></item>"

    def huge(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        if announced:
            request.send_header("Content-Length", str(HUNDRED_MB))
        request.end_headers()
        request.wfile.write(beginning)
        for _ in range(HUNDRED_MB // len(entry)):
            request.wfile.write(entry)
        request.close_connection = True

    server.pages |= {"/huge": huge, "/good": Reply(rss_of(item("Good", "Text.")))}
    subscribe(store, server, "/huge", "/good")
    tracemalloc.start()
    outcomes = sync(store)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "larger than 10 MB" in (outcomes["/huge"].error or "")
    assert counts(outcomes["/good"]) == (1, 0, None)
    assert headlines(store) == ["Good"]
    assert peak < 80_000_000


@pytest.mark.parametrize(
    "kind", [None, "text/html", "image/png", "application/octet-stream", "nonsense", "text/xml; charset=nonsense"]
)
def test_a_feed_is_read_whatever_its_server_calls_it(store: Store, server: WebServer, kind: str | None) -> None:
    server.pages["/rss"] = Reply(rss_of(item("Café closes", "Text.")), headers={"Content-Type": kind} if kind else {})
    subscribe(store, server, "/rss")
    assert counts(sync(store)["/rss"]) == (1, 0, None)
    assert headlines(store) == ["Café closes"]


def test_redirects_without_end_are_told_beside_the_feed(store: Store, server: WebServer) -> None:
    for n in range(50):
        server.pages[f"/{n}"] = Reply(status=302, headers={"Location": f"/{n + 1}"})
    server.pages["/round"] = Reply(status=301, headers={"Location": "/round"})
    subscribe(store, server, "/0", "/round")
    for outcome in sync(store).values():
        assert outcome.error == "it is redirected more than 10 times"
    assert {one.feed.url.rpartition("/")[2] for one in store.feeds.feeds()} == {"0", "round"}


def test_no_redirect_makes_a_feed_of_a_folder(store: Store, server: WebServer, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret\n\nHush.\n")
    server.pages["/rss"] = Reply(status=301, headers={"Location": watched_url(tmp_path)})
    subscribe(store, server, "/rss")
    assert sync(store)["/rss"].error is not None
    assert store.feeds.feeds()[0].feed.watched is None
    assert headlines(store) == []


def test_a_folder_whose_sync_is_killed_is_taken_up_by_the_next(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(1500):
        (folder / f"{n}.txt").write_text(f"Story {n}\n\n" + "It is said.\n" * 5)
    store.feeds.add(Feed(url=watched_url(folder), title="Inbox"))
    code = (
        "import asyncio, sys; from pathlib import Path; from library.store import Store\n"
        "from library.feeds.watched import take_in\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    asyncio.run(take_in(store.feeds, 1, Path(sys.argv[2]), lambda _: None))\n"
    )
    started = subprocess.Popen([sys.executable, "-c", code, tmp_path / "library.db", folder], cwd=ROOT)
    while len(store.articles()) < 100:
        assert started.poll() is None
    started.send_signal(signal.SIGKILL)
    started.wait()
    kept = store.articles()
    assert 0 < len(kept) < 1500
    assert {one.paragraphs for one in kept} == {5}
    [outcome] = sync(store).values()
    assert outcome.new == 1500 - len(kept)
    assert set(headlines(store)) == {f"Story {n}" for n in range(1500)}
