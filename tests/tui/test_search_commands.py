"""``newsreader search``, ``newsreader open``, and the articles of a feed in ``newsreader list``."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from library.listings import Listings
from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Headline, Mark
from models.settings import Settings
from tests.e2e.terminal import Terminal
from tests.tui.command_line import MAIN, ROOT, SCRIPT
from tui.cli import newsreader

LONG = "Nothing of note. " * 30


def article(headline: str, text: str, day: int) -> Article:
    return Article.build(headline, [text], published=date(2024, 3, day), origin="a.txt")


FERRY = article("Ferry\x9b stops [bold]", "The ferry [red]line[/foo] \u202ecloses on Friday.", 11)
BRIDGE = article("Bridge opens", f"{LONG}Cars crossed the bridge. {LONG}", 12)


def run(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(newsreader, [*map(str, args)], **more)


def records(*args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*args, "--json").stdout.splitlines()]


@pytest.fixture(autouse=True)
def store() -> Iterator[Store]:
    """A feed with two articles."""
    with Store.open(Settings().library_file) as opened:
        number = opened.feeds.add(Feed(url="https://gazette.example/rss", title="Gazette"))
        assert number is not None
        for one in (FERRY, BRIDGE):
            opened.feeds.keep_entry(number, one.id, "d", one)
        yield opened


# --- search ---


def test_what_is_found_is_listed_with_its_place() -> None:
    done = run("search", "ferry", "line")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "  1  2024-03-11  Ferry\N{REPLACEMENT CHARACTER} stops [bold]",
        "     [1] The ferry [red]line[/foo] \N{REPLACEMENT CHARACTER}closes on Friday.",
    ]


def test_matches_are_set_off_on_a_terminal() -> None:
    assert "The \x1b[1m\x1b[4mferry\x1b[0m [red]" in run("search", "ferry", color=True).stdout


def test_a_long_paragraph_is_cut_around_the_match() -> None:
    excerpt = run("search", "cars").stdout.splitlines()[1]
    assert "Cars crossed the bridge." in excerpt
    assert excerpt.count("…") == 2
    assert len(excerpt) < 200


def test_results_as_json() -> None:
    [record] = records("search", '"ferry"')
    start, end = record["marks"][0]
    assert record["text"][start:end] == "ferry"
    assert (record["number"], record["id"], record["paragraph"]) == (1, FERRY.id, 1)
    assert record["published"] == "2024-03-11"


def test_filters() -> None:
    def found(*args: str) -> list[str]:
        return [record["id"] for record in records("search", *args)]

    assert found("--from", "2024-03-12") == [BRIDGE.id]
    assert found("--to", "20240311") == [FERRY.id]
    assert found("--feed", "gazette") == [BRIDGE.id, FERRY.id]
    assert found("--feed", "gazette", "--limit", "1") == [BRIDGE.id]
    assert found("--name", "Friday", "ferry") == [FERRY.id]
    assert found("--name", "Nowak", "ferry") == []
    assert found("friday OR ferr*") == []
    assert found("ferr* -closes") == []
    assert found("ferr* -opens") == [FERRY.id]


@pytest.mark.parametrize(
    "args",
    [(), ("  ",), ("a", "--from", "soon"), ("--from", "2024-03-12", "--to", "2024-03-11"), ("a", "--feed", "Nope")],
)
def test_a_search_for_nothing_or_in_nothing_is_bad_input(args: tuple[str, ...]) -> None:
    assert run("search", *args).exit_code == 2


def test_nothing_found_is_said() -> None:
    done = run("search", "zebra")
    assert (done.exit_code, done.stdout) == (0, "Nothing found.\n")
    assert run("search", "zebra", "--json").stdout == ""
    assert run("search", "\udcff\x1b[2J").exit_code == 0


def test_a_search_is_kept_and_run_by_its_name() -> None:
    assert run("search").exit_code == 2
    kept = run("search", "--save", "Crossings", "bridge", "--from", "2024-03-12", "--feed", "Gazette")
    assert kept.stderr == "Saved. Search again: newsreader search --saved Crossings\n"
    assert "Bridge opens" in kept.stdout
    assert run("search", "--saved").stdout == "Crossings: bridge from:2024-03-12 feed:Gazette\n"
    assert "Bridge opens" in run("search", "--saved", "crossings").stdout
    assert run("search", "--saved", "Crossings", "ferry").stdout == "Nothing found.\n"
    assert run("search", "--forget", "Crossings").exit_code == 0
    gone = run("search", "--saved", "Crossings")
    assert gone.exit_code == 2
    assert "There is no saved search Crossings." in gone.stderr


def test_filters_can_be_typed_among_the_words() -> None:
    assert [record["headline"] for record in records("search", "from:2024-03-12", "is:unread")] == ["Bridge opens"]
    assert records("search", "is:later") == []
    wrong = run("search", "last:week")
    assert wrong.exit_code == 2
    assert "last:week can't be read: it takes a number of days." in wrong.stderr


# --- list FEED and open ---


def test_the_articles_of_a_feed_are_listed(store: Store) -> None:
    store.states.mark([BRIDGE.id], Mark.READ)
    assert run("list", "gazette").stdout.splitlines() == [
        "  1  2024-03-12  Bridge opens",
        "  2  2024-03-11  Ferry\N{REPLACEMENT CHARACTER} stops [bold]  (unread)",
    ]
    [record] = records("list", "gazette", "--unread")
    assert (record["number"], record["id"], record["read"]) == (1, FERRY.id, False)
    store.states.mark([FERRY.id], Mark.READ)
    assert records("list", "--unread") == []
    assert run("list", "Nope").exit_code == 2


@pytest.mark.parametrize("args", [("search", "ferry"), ("list", "gazette")])
def test_what_another_newsreader_removes_meanwhile_is_passed_over(
    store: Store, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    headlines = Listings.headlines

    def after_removal(self: Listings, article_ids: list[str]) -> list[Headline]:
        store.remove(FERRY.id)
        return headlines(self, article_ids)

    monkeypatch.setattr(Listings, "headlines", after_removal)
    done = run(*args)
    assert (done.exit_code, "Ferry" in done.stdout) == (0, False)
    assert ("Nothing found." in done.stdout) == (args[0] == "search")
    assert records("search", "bridge")[0]["number"] == 1


def read_ones(store: Store) -> set[str]:
    return {one.id for feed in store.feeds.feeds() for one, read in store.feeds.articles(feed.number) if read}


def opened(*args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", MAIN, "open", *args],
        cwd=ROOT,
        env=os.environ | {"SCRIPT": json.dumps(SCRIPT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_article_is_opened_by_its_number_and_is_read_then(store: Store) -> None:
    run("search", "ferry")
    done = opened("1", "-q", "When does it close?")
    assert done.returncode == 0
    assert "closes on Friday." in done.stdout
    assert "It closes on 1 May." in done.stdout
    assert read_ones(store) == {FERRY.id}


def test_an_article_is_opened_by_its_id() -> None:
    done = opened(BRIDGE.id[:10])
    assert done.returncode == 0
    assert done.stdout.startswith("Bridge opens\n")


def test_an_article_is_opened_in_the_app_where_there_is_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPT", json.dumps(SCRIPT))
    main = tmp_path / "main.py"
    main.write_text(MAIN)
    with Terminal([sys.executable, str(main), "open", BRIDGE.id[:10]], env={"PYTHONPATH": str(ROOT)}) as terminal:
        terminal.wait_for("Cars crossed the bridge", within_s=20)
        terminal.send("q")
        assert terminal.end() == 0


def test_what_is_not_there_is_bad_input(store: Store) -> None:
    run("search", "ferry")
    done = run("open", "1", "2", "zzzz")
    assert done.exit_code == 2
    assert "There is no article 2." in done.stderr
    assert "There is no article zzzz." in done.stderr
    assert read_ones(store) == set()
