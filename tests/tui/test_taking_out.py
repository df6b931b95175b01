"""Taking an article out of the app, and going on where one left off."""

import json
import sys
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from library.store import Store
from models.article import Article
from models.settings import Settings
from tests.tui.conftest import OpenApp, ask, make_article, reading, ready, seen, wait_until
from tests.tui.test_marking import said
from tui.cli import newsreader
from tui.screens import taking_out
from tui.screens.name import NameScreen


async def test_the_page_is_opened_in_a_browser(
    open_app: OpenApp,
    article: Article,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(
        f'#!/bin/sh\necho "noise"\necho "noise" >&2\necho "$1" > {opened}.new\nmv {opened}.new {opened}\n'
    )
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{browser} %s &")
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser(str(browser)))
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("o")
        await wait_until(pilot, opened.exists, "the browser")
    assert opened.read_text().strip() == article.url
    assert "noise" not in "".join(capfd.readouterr())


async def test_a_browser_that_does_not_open_has_the_link_copied(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.BackgroundBrowser("browser"))
    monkeypatch.setattr(taking_out, "OPENING", (sys.executable, "-c", "import sys; sys.exit(1)"))
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("o")
        await said(pilot, "the browser did not open")
        assert app.clipboard == article.url


async def test_without_a_browser_the_link_is_copied(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("o")
        assert app.clipboard == article.url
        await said(pilot, "there is no browser here")


async def test_the_link_is_copied(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("O")
        assert app.clipboard == article.url


async def test_an_article_is_saved_with_its_answers(
    open_app: OpenApp, article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    taken = tmp_path / "taken.json"
    taken.write_text("mine")
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking, "the answer")
        await pilot.press("escape", "w")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, NameScreen), "the name")
        assert "ferry-to-hollin-island-stops-on-friday.md" in seen(pilot)
        await pilot.press(*"taken.json", "enter")
        await said(pilot, "There is a file of this name already.")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, NameScreen), "the name again")
        await pilot.press(*"story.json", "enter")
        await said(pilot, "Saved as")
    saved = json.loads((tmp_path / "story.json").read_text())
    assert saved["article"]["headline"] == article.headline
    assert [answer["citations"][0]["paragraph"] for answer in saved["answers"]] == [2]
    assert taken.read_text() == "mine"


@pytest.mark.parametrize(("form", "begins"), [("markdown", "---\n"), ("html", "<!DOCTYPE html>"), ("json", "{")])
def test_the_command_line_saves_the_same(article: Article, tmp_path: Path, form: str, begins: str) -> None:
    with Store.open(Settings().library_file) as store:
        store.add(article)
        store.numbering.keep([article.id])
    written = CliRunner().invoke(newsreader, ["export", "--article", "1", "--format", form])
    assert written.exit_code == 0
    assert written.stdout.startswith(begins)
    assert "a blow to everybody" in written.stdout


def test_a_file_can_be_named_and_what_there_is_not_is_told(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("Ferry stops\n\nIt stops on Friday.\n")
    run = CliRunner().invoke
    assert "It stops on Friday." in run(newsreader, ["export", "--article", str(file)]).stdout
    assert run(newsreader, ["export", "--article", "77"]).exit_code == 2
    for wrong in (["export"], ["export", "--opml", "--article", "1"], ["export", "--opml", "--format", "json"]):
        assert run(newsreader, wrong).exit_code == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_place_is_remembered_across_restarts(
    open_app: OpenApp, article: Article, settings: Settings, size: tuple[int, int]
) -> None:
    async with open_app(article).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press("space", "space")
        reached = screen.article.reached
        assert reached > 3
        with Store.open(settings.library_file) as store:
            await wait_until(pilot, lambda: store.states.paragraph(article.id) == reached, "the place")
    async with open_app(article).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await wait_until(pilot, lambda: screen.article.reached == reached, "the place")
        await pilot.press("G")
        with Store.open(settings.library_file) as store:
            await wait_until(pilot, lambda: store.states.paragraph(article.id) == 0, "the beginning, for it is read")


async def test_the_first_article_of_the_library_opens_at_its_place(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    with Store.open(settings.library_file) as store:
        store.add(article)
        store.states.reached(article.id, 9)
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        screen = await reading(pilot)
        await wait_until(pilot, lambda: screen.library.headlines.at_cursor, "the list")
        await pilot.press("enter")
        await ready(pilot)
        assert screen.article.reached == 9, "it was not laid out when its place was known"


async def test_the_place_is_kept_when_one_quits_at_once(
    open_app: OpenApp, article: Article, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.library.NOTE_S", 60.0)
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("space", "space")
        reached = screen.article.reached
        await pilot.press("q")
    with Store.open(settings.library_file) as store:
        assert store.states.paragraph(article.id) == reached > 3


async def test_another_article_keeps_its_own_place(open_app: OpenApp, article: Article, settings: Settings) -> None:
    other = make_article("Another story")
    async with open_app(article, other).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("space")
        reached = screen.article.reached
        await pilot.press("right_square_bracket")
        await wait_until(pilot, lambda: screen.open_article == other, "the other")
        await ready(pilot)
        assert screen.article.scroll_offset.y == 0
        await pilot.press("left_square_bracket")
        await wait_until(pilot, lambda: screen.article.reached == reached, "the place")
