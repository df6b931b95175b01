"""A library that can only be read, on the command line and in the app."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from library.feeds.watched import watched_url
from library.store import Store
from models.feed import Feed
from models.settings import LibrarySettings, Settings
from tests.read_only_folder import read_only
from tests.tui.command_line import STORY, Run
from tests.tui.conftest import OpenApp, ask, make_article, seen, the_script, wait_until
from tests.tui.test_marking import said
from tui.cli import newsreader
from tui.screens import syncing
from tui.widgets.sync_line import SyncLine

ARTICLE = make_article()


def keep(settings: Settings) -> None:
    with Store.open(settings.library_file) as store:
        store.feeds.add(Feed(url="https://gazette.example/rss", title="Gazette"))
        store.feeds.keep_entry(1, "1", "d", ARTICLE)


def command(settings: Settings, *args: str) -> Result:
    return CliRunner().invoke(newsreader, [*args, "--data-dir", str(settings.data_dir)])


@pytest.mark.parametrize(
    ("args", "status", "told"),
    [
        (("search", "ferry"), 0, "Ferry to Hollin Island"),
        (("list", "Gazette"), 0, "Ferry to Hollin Island"),
        (("list",), 0, "Gazette"),
        (("export", "--article", ARTICLE.id), 0, "a blow to everybody"),
        (("tag", "ferries", ARTICLE.id), 1, "can only be read"),
        (("mark", "read", ARTICLE.id), 1, "can only be read"),
        (("remove", "Gazette"), 1, "can only be read"),
        (("search", "ferry", "--save", "Ferries"), 1, "can only be read"),
    ],
)
def test_a_command_reads_it_and_says_what_is_not_kept(
    settings: Settings, args: tuple[str, ...], status: int, told: str
) -> None:
    keep(settings)
    with read_only(settings.data_dir):
        done = command(settings, *args)
    assert (done.exit_code, told in done.output) == (status, True)
    assert done.stderr.count("Answers, marks and the numbers of what is found are not kept.") == 1
    with Store.open(settings.library_file) as store:
        assert (store.tags.all(), store.searches.all(), len(store.feeds.feeds())) == ([], [], 1)


def test_it_is_asked_about_and_the_answer_is_not_kept(run: Run, story: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    run("ask", "--article", story, "When does it close?", NEWSREADER_LIBRARY_DIR=str(library))
    with read_only(library):
        done = run("ask", "--article", story, "When does it close?", NEWSREADER_LIBRARY_DIR=str(library))
        assert (done.returncode, done.stdout.startswith("It closes on 1 May.")) == (0, True)
        assert "are not kept" in done.stderr
        printed = run(story, NEWSREADER_LIBRARY_DIR=str(library))
        assert (printed.returncode, printed.stderr.count("are not kept")) == (0, 1)
        other = story.with_name("other.txt")
        other.write_text(STORY + "More of it.\n")
        refused = run(other, NEWSREADER_LIBRARY_DIR=str(library))
        assert refused.returncode == 1
        assert "--data-dir FOLDER" in refused.stderr
    with Store.open(library / "library.db") as store:
        assert [len(store.answers(one.id)) for one in store.articles()] == [1]


async def test_the_app_reads_and_asks_and_says_once_that_nothing_is_kept(open_app: OpenApp, settings: Settings) -> None:
    keep(settings)
    with read_only(settings.data_dir):
        app = open_app(script=the_script(ARTICLE))
        async with app.run_test(size=(120, 40)) as pilot:
            await said(pilot, "can only be read")
            await wait_until(pilot, lambda: "Ferry to Hollin" in seen(pilot), "the list")
            await pilot.press("enter", "enter")
            await wait_until(pilot, lambda: "The ferry to Hollin Island will stop" in seen(pilot), "the article")
            screen: Any = pilot.app.screen
            await ask(pilot, screen)
            await wait_until(pilot, lambda: "until a new ship is found." in seen(pilot), "the answer")
            assert len(app._notifications) == 1
            await pilot.press("escape", "U")
            await said(pilot, "can only be read. See the permissions")
    with Store.open(settings.library_file) as store:
        assert store.answers(ARTICLE.id) == []
        assert store.article(ARTICLE.id) == ARTICLE


async def test_nothing_is_fetched_by_itself_into_it(
    open_app: OpenApp, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "LOOK_S", 0.05)
    monkeypatch.setattr(settings, "library", LibrarySettings(sync_minutes=1, watch_seconds=1))
    keep(settings)
    (folder := tmp_path / "in").mkdir()
    with Store.open(settings.library_file) as store:
        store.feeds.add(Feed(url=watched_url(folder), title="Inbox"))
    (folder / "ferry.txt").write_text("New\n\nIt is.\n")
    with read_only(settings.data_dir):
        app = open_app(script={})
        async with app.run_test(size=(120, 40)) as pilot:
            await said(pilot, "can only be read")
            await pilot.pause(1.5)
            assert len(app._notifications) == 1
            assert not pilot.app.screen.query_one(SyncLine).display


def test_the_doctor_notes_it_and_is_content(settings: Settings) -> None:
    keep(settings)
    with read_only(settings.data_dir):
        done = command(settings, "doctor", "--json")
        findings = [json.loads(line) for line in done.stdout.splitlines()]
        [library] = [one for one in findings if "it can only be read" in one["text"]]
        assert (library["area"], library["level"]) == ("library", "note")
        backup = settings.data_dir.with_name("backup.db")
        assert command(settings, "doctor", "--backup", str(backup)).exit_code == 0
        inside = command(settings, "doctor", "--backup", str(settings.data_dir / "backup.db"))
        assert (inside.exit_code, "can't be written" in inside.stderr) == (1, True)
        mending = command(settings, "doctor", "--repair")
        assert (mending.exit_code, "can't be written" in mending.stderr) == (1, True)
