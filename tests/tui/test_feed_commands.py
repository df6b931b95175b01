"""``newsreader add``, ``list``, ``sync`` and ``remove``, with a web server on the loopback."""

import json
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from library.database import StoreUnusable
from library.feed_store import FeedStore
from library.feeds import sync as syncing
from library.feeds.articles import entry_article
from library.feeds.document import Entry
from library.fetching import addresses
from library.store import Store
from models.feed import Feed, FeedSummary
from models.settings import Settings
from tests.e2e.terminal import Terminal
from tests.library.feeds.samples import RSS, item, rss_of
from tests.web_server import Reply, WebServer
from tui.cli import newsreader
from tui.errors import BadInput
from tui.feeds import chosen_feeds

ROOT = Path(__file__).parents[2]

PAGE = """<html><head><link rel="alternate" type="application/rss+xml" title="All news" href="/rss"></head>
<body><h1>Ferry line to close</h1><p>The ferry line will close on 1 May.</p></body></html>"""


def run(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(newsreader, [*map(str, args)], **more)


def listed() -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("list", "--json").stdout.splitlines()]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(Settings().library_file) as opened:
        yield opened


def headlines(store: Store) -> set[str]:
    return {one.headline for one in store.articles()}


# --- add ---


def test_a_feed_is_subscribed_to_and_its_articles_are_there(server: WebServer, store: Store) -> None:
    server.pages["/rss"] = Reply(RSS)
    done = run("add", "--private", "--folder", "News / Harbour", f"{server.site}/rss")
    assert (done.exit_code, done.stdout) == (0, "Subscribed to Harbour & Gazette: 3 new articles.\n")
    [feed] = listed()
    assert feed["folder"] == ["News", "Harbour"]
    assert (feed["articles"], feed["unread"], feed["private"], feed["error"]) == (3, 3, True, None)
    assert "Ferry line to close" in headlines(store)


def test_adding_again_changes_what_was_chosen(server: WebServer) -> None:
    server.pages["/rss"] = Reply(RSS)
    for options in (["--private"], ["--full-text", "--title", "Mine"], ["--folder", "News"], ["--no-full-text"]):
        done = run("add", *options, f"{server.site}/rss")
        assert done.exit_code == 0
    assert done.stdout == "Mine is changed: its pages are fetched no more.\n"
    [feed] = listed()
    assert (feed["title"], feed["folder"], feed["full_text"], feed["private"]) == ("Mine", ["News"], False, True)


def test_what_is_changed_in_a_feed_is_said_by_its_new_name(server: WebServer) -> None:
    server.pages["/rss"] = Reply(RSS)
    url = f"{server.site}/rss"
    run("add", "--private", url)
    done = run("add", "--private", "--title", " Bugle\x1b[2J ", "--folder", "News/Local", url)
    assert done.stdout == "Bugle is changed: it was called Harbour & Gazette, it is in the folder News/Local.\n"
    assert run("add", "--title", "Bugle", url).stdout == "Bugle is there already.\n"
    assert run("add", "--folder", "", url).stdout == "Bugle is changed: it is in no folder.\n"
    assert listed()[0]["title"] == "Bugle"


@pytest.mark.parametrize("option", [["--folder", "News"], ["--title", "T"], ["--full-text"], ["--no-full-text"]])
def test_what_only_a_feed_has_is_not_dropped_in_silence(
    server: WebServer, store: Store, tmp_path: Path, option: list[str]
) -> None:
    (tmp_path / "story.txt").write_text("A\n\nOne.")
    done = run("add", *option, tmp_path / "story.txt")
    assert done.exit_code == 2
    assert f"{option[0]} can be chosen only for a feed" in done.stderr
    assert store.articles() == []
    server.pages["/ferry"] = Reply(PAGE)
    assert f"{option[0]} has no effect" in run("add", "--private", *option, f"{server.site}/ferry").stdout


def test_a_page_is_kept_and_the_feeds_of_its_site_are_told(server: WebServer, store: Store) -> None:
    server.pages["/ferry?utm_source=x"] = Reply(PAGE)
    done = run("add", "--private", f"{server.site}/ferry?utm_source=x")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Kept: Ferry line to close",
        "Its site offers feeds:",
        f"  newsreader add {server.site}/rss  All news",
    ]
    [one] = store.articles()
    assert one.origin == f"{server.site}/ferry"
    assert listed() == []


def test_a_page_that_its_site_does_not_want_fetched_is_not_kept(server: WebServer, store: Store) -> None:
    server.pages |= {"/ferry": Reply(PAGE), "/robots.txt": Reply("User-agent: *\nDisallow: /")}
    done = run("add", "--private", f"{server.site}/ferry")
    assert done.exit_code == 1
    assert "robots.txt" in done.stderr
    assert store.articles() == []


def test_files_and_folders_are_kept(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "folder"
    (folder / "inner" / ".git").mkdir(parents=True)
    for name, text in (("a.txt", "A\n\nOne."), ("inner/b.md", "# B\n\nTwo."), ("inner/.git/c.txt", "C\n\nThree.")):
        (folder / name).write_text(text)
    (folder / "picture.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "d.txt").write_text("D\n\nFour.")
    done = run("add", folder, tmp_path / "d.txt", "-", input="E\n\nFive.")
    assert done.exit_code == 0
    assert headlines(store) == {"A", "B", "D", "E"}
    assert "Left out: " in done.stderr
    assert "picture.png" in done.stderr
    assert "Kept: 2 articles of " in done.stdout


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("nowhere.txt", "There is no file"),
        ("nowhere", "There is no file"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://a.example/feed", "only http and https"),
        ("http://", "no address"),
        ("feeds.opml", "is a list of feeds: newsreader import feeds.opml\n"),
        ("https://a.example/feeds.opml", "download it, then newsreader import feeds.opml\n"),
        ("x" * 5000, "can't be read"),
    ],
)
def test_what_can_not_be_added_is_bad_input(source: str, reason: str) -> None:
    done = run("add", source)
    assert done.exit_code == 2
    assert reason in done.stderr


def test_one_address_that_fails_stops_no_other(server: WebServer) -> None:
    server.pages["/rss"] = Reply(RSS)
    done = run("add", "--private", f"{server.site}/missing", f"{server.site}/rss")
    assert done.exit_code == 1
    assert "nothing at this address" in done.stderr
    assert "Subscribed" in done.stdout


def test_this_machine_is_fetched_from_only_by_consent(server: WebServer) -> None:
    server.pages["/rss"] = Reply(RSS)
    done = run("add", f"{server.site}/rss")
    assert done.exit_code == 1
    assert "--private" in done.stderr
    assert server.requests == []


def test_there_is_no_consent_about_what_is_on_the_internet(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def public(_: str) -> None:
        """The host is on the internet."""

    server.pages["/rss"] = Reply(RSS)
    monkeypatch.setattr(addresses, "check_public", public)
    for _ in range(2):
        assert run("add", "--private", f"{server.site}/rss").exit_code == 0
        assert not listed()[0]["private"]


# --- sync and list ---


@pytest.fixture
def feeds(server: WebServer) -> None:
    """Two feeds that work and one that fails from now on."""
    for name in ("gazette", "post", "island"):
        server.pages[f"/{name}"] = Reply(rss_of(item(f"{name} 1", "Text."), title=f"The {name.title()}"))
        assert run("add", "--private", "--folder", "News", f"{server.site}/{name}").exit_code == 0
    server.pages["/gazette"] = Reply(rss_of(item("gazette 1", "Text."), item("gazette 2", "Text."), title="x"))
    server.pages["/post"] = Reply(status=500)


def test_a_sync_tells_what_is_new_and_what_has_failed(feeds: None, server: WebServer) -> None:
    done = run("sync")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "The Gazette: 1 new",
        "1 new article from 3 feeds; 1 could not be fetched.",
    ]
    assert done.stderr == "The Post: its server has an error (status 500)\n"
    assert [(feed["title"], feed["unread"], feed["error"]) for feed in listed()] == [
        ("The Gazette", 2, None),
        ("The Island", 1, None),
        ("The Post", 1, "its server has an error (status 500)"),
    ]
    table = run("list").stdout
    assert "The Gazette" in table
    assert "failed: its server" in table
    assert "tried again" not in table, "nothing is fetched by itself"


def test_a_line_of_the_list_is_whole_and_says_when_a_feed_is_tried_again(
    feeds: None, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/long"] = Reply(rss_of(title="A long title, and so on. " * 5))
    run("add", "--private", f"{server.site}/long")
    run("sync")
    monkeypatch.setenv("NEWSREADER_LIBRARY__SYNC_MINUTES", "60")
    lines = run("list").stdout.splitlines()
    assert len(lines) == 1 + 4
    [line] = [line for line in lines if "Post" in line]
    assert "failed: its server has an error (status 500); it is tried again at " in line
    assert any("A long title, and so on. " * 4 in line for line in lines)


def test_a_quiet_sync_says_only_what_failed(feeds: None, server: WebServer) -> None:
    done = run("sync", "--quiet")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "The Post: its server has an error (status 500)\n"
    server.pages["/post"] = Reply(rss_of(item("post 2", "Text.")))
    done = run("sync", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    for name in ("1", "2", "3"):
        run("remove", name)
    assert run("sync", "--quiet").output == ""


@pytest.mark.parametrize("wanted", ["1", "The Gazette", "the gazette", "gaz"])
def test_some_feeds_are_synced_by_what_they_are_called(feeds: None, server: WebServer, wanted: str) -> None:
    asked = len(server.requests)
    done = run("sync", wanted)
    assert done.exit_code == 0
    assert server.paths[asked:] == ["/gazette"]


def test_a_folder_stands_for_its_feeds_and_an_address_for_one(feeds: None, server: WebServer) -> None:
    asked = len(server.requests)
    assert run("sync", "news").exit_code == 1
    assert run("sync", f"{server.site}/island").exit_code == 0
    assert sorted(server.paths[asked:]) == ["/gazette", "/island", "/island", "/post"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("AC/DC", ["one", "two"]), ("ac / dc/Live", ["two"]), ("AC", ["one", "three", "two"]), ("A", []), ("DC", [])],
)
def test_a_folder_is_found_by_how_it_is_shown(store: Store, wanted: str, found: list[str]) -> None:
    for title, folder in (("one", ("AC/DC",)), ("two", ("AC/DC ", "Live")), ("three", ("AC",)), ("four", ("ACDC",))):
        store.feeds.add(Feed(url=f"https://{title}.example/", title=title, folder=folder))
    assert sorted(one.feed.name for one in feeds_called(store, wanted)) == found


def feeds_called(store: Store, wanted: str) -> list[FeedSummary]:
    try:
        return chosen_feeds(store.feeds.feeds(), [wanted])
    except BadInput:
        return []


def test_a_feed_that_is_not_there_or_not_clear_is_bad_input(feeds: None) -> None:
    done = run("sync", "Nope", "The")
    assert done.exit_code == 2
    assert "There is no feed Nope" in done.stderr
    assert "Several feeds" in done.stderr
    assert run("remove", "Nope").exit_code == 2


def test_a_waiting_feed_is_no_failure(server: WebServer) -> None:
    server.pages["/busy"] = Reply(RSS)
    run("add", "--private", f"{server.site}/busy")
    server.pages["/busy"] = Reply(status=429, headers={"Retry-After": "3600"})
    assert run("sync").exit_code == 1
    done = run("sync")
    assert (done.exit_code, "left alone until" in done.stderr) == (0, True)


def test_an_interrupted_sync_says_that_it_goes_on(feeds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(entry: Entry, feed: Feed) -> Any:
        signal.raise_signal(signal.SIGINT)
        return entry_article(entry, feed)

    monkeypatch.setattr(syncing, "entry_article", interrupted)
    done = run("sync")
    assert done.exit_code != 0
    assert "goes on from there" in done.stderr


def test_a_library_that_fails_ends_the_sync_and_says_why(feeds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreUnusable("The library can't grow, for its disk is full.")

    monkeypatch.setattr(FeedStore, "keep_entry", full)
    done = run("sync")
    assert (done.exit_code, done.stderr) == (1, "Error: The library can't grow, for its disk is full.\n")


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "tui.cli", *args]


def test_a_sync_that_is_killed_leaves_nothing_half_done_and_the_next_takes_it_up(
    server: WebServer, store: Store
) -> None:
    texts = [f"Paragraph {n} of it. " * 5 for n in range(5)]
    items = [item(f"Story {n}", "&lt;p&gt;".join(texts), guid=str(n)) for n in range(1500)]
    server.pages["/rss"] = Reply(rss_of(item("First", "Text.")))
    run("add", "--private", f"{server.site}/rss")
    server.pages["/rss"] = Reply(rss_of(*items), headers={"ETag": "1"})

    started = subprocess.Popen(command("sync"), cwd=ROOT, stdout=subprocess.DEVNULL)
    while len(store.articles()) < 100:
        assert started.poll() is None
    started.kill()
    started.wait()

    kept = [one for one in store.articles() if one.headline != "First"]
    assert 0 < len(kept) < 1500
    assert {one.paragraphs for one in kept} == {5}
    assert run("sync").stdout.endswith(f"{1500 - len(kept)} new articles from 1 feed.\n")
    assert {one.headline for one in store.articles()} == {"First", *(f"Story {n}" for n in range(1500))}
    assert listed()[0]["unread"] == 1501


def test_on_a_terminal_a_bar_is_shown_and_gone_at_the_end(feeds: None, server: WebServer) -> None:
    answer, held = server.pages["/island"], threading.Event()

    def waiting(request: BaseHTTPRequestHandler) -> None:
        held.wait(20)
        answer(request)

    server.pages["/island"] = waiting
    line = shlex.join(command("sync"))
    with Terminal(["sh", "-c", line], env={"PYTHONPATH": str(ROOT)}) as terminal:
        terminal.wait_for(r"feeds .* 1/3 1 new articles", within_s=20)
        held.set()
        terminal.wait_for("1 new article from 3 feeds", within_s=20)
        assert "1/3" not in terminal.text
        assert terminal.end() == 1


def test_without_feeds_it_is_said_how_to_get_one() -> None:
    for command in ("list", "sync"):
        done = run(command)
        assert (done.exit_code, "newsreader add URL" in done.stdout) == (0, True)
    assert run("list", "--json").stdout == ""


def test_titles_neither_steer_the_terminal_nor_are_read_as_markup(server: WebServer) -> None:
    server.pages["/rss"] = Reply(rss_of(item("A", "B"), title="[red]A&#27;[2J&#x202e;[/foo]"))
    run("add", "--private", f"{server.site}/rss")
    server.pages["/rss"] = Reply(status=404)
    for args in (["list"], ["sync"], ["list", "--json"]):
        done = run(*args)
        assert not {"\x1b", "\u202e"} & set(done.output)
    assert "[red]A[/foo]" in run("list").stdout


# --- remove ---


def test_a_feed_is_removed_and_its_articles_stay(feeds: None, store: Store) -> None:
    done = run("remove", "The Post")
    assert (done.exit_code, done.stdout) == (0, "The Post is removed.\n")
    assert [feed["title"] for feed in listed()] == ["The Gazette", "The Island"]
    assert "post 1" in headlines(store)


def test_articles_go_only_when_asked_and_confirmed(feeds: None, store: Store) -> None:
    assert run("remove", "The Post", "--articles", input="n\n").exit_code == 1
    assert run("remove", "News", input="n\n").exit_code == 1
    assert len(listed()) == 3
    done = run("remove", "The Post", "--articles", "--yes")
    assert (done.exit_code, done.stdout) == (0, "The Post is removed, and 1 of its articles.\n")
    assert headlines(store) == {"gazette 1", "island 1"}
