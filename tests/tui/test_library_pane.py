"""The library in the app: the tree of feeds with what is unread, the list beside the article, opening from it."""

from typing import Any

import pytest
from textual.pilot import Pilot

from library.store import Store
from models.article import Article
from models.listing import Scope
from models.settings import Settings
from tests.tui.conftest import OpenApp, reading, ready, seen, wait_until
from tests.tui.library_samples import BREAD, BRIDGE, FEEDS, FERRY, NOTES, fill
from tui.screens.reader import ReaderScreen
from tui.shelf import Shelf, ShelfUnusable

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.fixture(autouse=True)
def library(settings: Settings) -> None:
    fill(settings)


async def opened(pilot: Pilot[Any]) -> ReaderScreen:
    """Wait until the library is listed."""
    screen = await reading(pilot)
    await wait_until(pilot, lambda: screen.library.headlines.line(FERRY.id), "the list")
    return screen


async def in_tree(pilot: Pilot[Any], label: str) -> ReaderScreen:
    """Go to a line of the tree, and wait until its articles are listed."""
    screen = await opened(pilot)
    if not screen.library.feeds.has_focus:
        await pilot.press("left")
    await choose(pilot, screen, label)
    return screen


async def choose(pilot: Pilot[Any], screen: ReaderScreen, label: str) -> None:
    """Choose a line of the tree that is there, and wait until its articles are listed."""
    labels = [branch.label for branch in screen.library.feeds.branches]
    screen.library.feeds.cursor = labels.index(label)
    await wait_until(pilot, lambda: screen.library.branch and screen.library.branch.label == label, label)
    await pilot.pause(0.1)


def listed(screen: ReaderScreen) -> list[str]:
    return list(screen.library.headlines.ids)


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_on_what_is_unread(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(script={}).run_test(size=size) as pilot:
        screen = await opened(pilot)
        assert listed(screen) == [BREAD.id, FERRY.id, NOTES.id]
        assert screen.library.headlines.has_focus
        shown = seen(pilot)
        assert "● " in shown
        assert "[i]Bakers[/] strike" in shown
        assert "9 Mar 2024" in shown


async def test_the_tree_tells_folders_feeds_what_is_unread_and_what_has_failed(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        rows = [row[:35].split() for row in seen(pilot).splitlines()[2:]]
    assert rows[:8] == [
        ["Unread", "3"],
        ["All", "articles", "4"],
        ["Files", "and", "pages", "1"],
        ["▾", "News", "2"],
        ["▾", "Local", "1"],
        ["Harbour", "Gazette", "1"],
        ["[b]Island", "Bulletin[/]", "1"],
        ["Ferry", "Times", "✗"],
    ]


async def test_a_feed_lists_its_articles_and_says_what_is_the_matter_with_it(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "Harbour Gazette")
        assert listed(screen) == [BRIDGE.id, FERRY.id]
        screen = await in_tree(pilot, "Ferry Times")
        assert listed(screen) == []
        assert "✗ the server [404]" in seen(pilot)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((80, 24), "Harbour Gazette +2"),
        ((120, 40), "7 Mar 2024 · Harbour Gaz"),
        ((200, 60), "7 Mar 2024 · Harbour Gazette +2"),
    ],
)
async def test_a_story_that_other_feeds_have_too_says_so(
    open_app: OpenApp, settings: Settings, size: tuple[int, int], said: str
) -> None:
    with Store.open(settings.library_file) as store:
        for number in (2, 3):
            store.feeds.keep_entry(number, FERRY.headline, "digest", FERRY)
    async with open_app(script={}).run_test(size=size) as pilot:
        await opened(pilot)
        line = next(line for line in seen(pilot).splitlines() if said in line)
        assert "+2" in line, "there is no room for their names"


async def test_an_article_that_is_opened_names_its_feed(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await in_tree(pilot, "Harbour Gazette")
        await pilot.press("right", "enter")
        await ready(pilot)
        assert "8 March 2024 · Harbour Gazette" in seen(pilot)


async def test_folders_fold(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "News")
        assert listed(screen) == [BREAD.id, BRIDGE.id, FERRY.id]
        await pilot.press("space")
        assert "▸ News" in seen(pilot)
        assert "Harbour Gazette" not in [branch.label for branch in screen.library.feeds.branches]
        await pilot.press("space")
        assert "Harbour Gazette" in [branch.label for branch in screen.library.feeds.branches]


async def test_an_opened_article_is_read_and_stays_in_the_list_until_that_is_left(
    open_app: OpenApp, settings: Settings
) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "enter")
        await ready(pilot)
        assert "said Mayor" in seen(pilot)
        assert screen.article.has_focus
        assert "2 of 3" in seen(pilot)
        line = screen.library.headlines.line
        await wait_until(pilot, lambda: (found := line(FERRY.id)) and found.read, "the mark")
        assert listed(screen) == [BREAD.id, FERRY.id, NOTES.id]
        await in_tree(pilot, "All articles")
        screen = await in_tree(pilot, "Unread")
        assert listed(screen) == [BREAD.id, NOTES.id]
    with Store.open(settings.library_file) as store:
        assert store.listings.ids(Scope(unread=True)) == [BREAD.id, NOTES.id]


async def test_the_next_article_is_the_next_of_the_list(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)

        async def opened_by(key: str) -> str:
            before = screen.library.headlines.opened
            await pilot.press(key)
            await wait_until(pilot, lambda: screen.library.headlines.opened != before, key)
            return screen.library.headlines.opened

        following = [await opened_by(key) for key in ("enter", *["right_square_bracket"] * 3)]
        assert following == [BREAD.id, FERRY.id, NOTES.id, BREAD.id], "after the last comes the first"
        assert await opened_by("left_square_bracket") == NOTES.id
        assert "The harbour is deep." in seen(pilot)


async def test_the_place_in_the_list_follows_its_order(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "All articles")
        await pilot.press("right", "enter")
        await ready(pilot)
        assert screen.status.place == "1 of 4"
        await pilot.press("S")
        await wait_until(pilot, lambda: screen.status.place == "3 of 4", "the oldest first; what has no date is last")
        assert listed(screen) == [FERRY.id, BRIDGE.id, BREAD.id, NOTES.id]
        await in_tree(pilot, "Ferry Times")
        assert not screen.status.place


async def test_hiding_what_is_read_keeps_the_cursor_where_it_was(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await in_tree(pilot, "All articles")
        await pilot.press("right", "j")
        assert screen.library.headlines.at_cursor == BRIDGE.id
        await pilot.press("h")
        await wait_until(pilot, lambda: listed(screen) == [BREAD.id, FERRY.id, NOTES.id], "the unread ones")
        assert screen.library.headlines.at_cursor == FERRY.id, "which followed"


async def test_a_narrow_terminal_shows_one_pane_at_a_time(open_app: OpenApp) -> None:
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert not screen.library.feeds.display
        await pilot.press("escape")
        assert screen.library.feeds.has_focus
        assert "Harbour Gazette" in seen(pilot)
        assert "Bakers" not in seen(pilot)
        await pilot.press("enter")
        assert screen.library.headlines.has_focus
        await pilot.press("enter")
        await ready(pilot)
        assert not screen.library.display
        assert "More will be known on Monday." in seen(pilot)
        await pilot.press("escape")
        assert screen.library.headlines.has_focus
        assert "Ferry to Hollin Island stops" in seen(pilot)


async def test_before_anything_is_open_the_library_is_asked(open_app: OpenApp) -> None:
    async with open_app(script={"answers": {"Who?": [{"kind": "token", "text": "Nowak."}]}}).run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press("a")
        assert screen.panel.of_library
        await pilot.press(*"Who?", "enter")
        await wait_until(pilot, lambda: screen.panel.latest, "the question")
        await pilot.press("escape")
        await wait_until(pilot, lambda: not screen.panel.asking, "the end of it")
        await pilot.press("escape", "enter")
        await ready(pilot)
        assert not screen.panel.of_library


async def test_with_files_the_library_is_a_key_away(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        assert not screen.library.display
        await pilot.press("l", "left")
        await wait_until(pilot, lambda: len(screen.library.feeds.branches) > 1, "the library")
        assert screen.library.feeds.branches[0].label == "Open here"
        assert listed(screen) == [article.id]
        await in_tree(pilot, "Harbour Gazette") if FERRY.id in listed(screen) else await pilot.press("j")
        await wait_until(pilot, lambda: FERRY.id in listed(screen), "what is unread")


async def test_a_long_list_opens_and_is_walked(open_app: OpenApp, settings: Settings) -> None:
    with Store.open(settings.library_file) as store, store.feeds.keeping_many():
        for number in range(3000):
            text = f"Sailing {number}"
            store.feeds.keep_entry(3, text, "digest", Article.build(text, ["On time."], origin=FEEDS[2].url))
    async with open_app(script={}).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert len(listed(screen)) == 3003
        await pilot.press("G")
        last = listed(screen)[-1]
        await wait_until(pilot, lambda: screen.library.headlines.line(last), "its lines")
        assert screen.library.headlines.line(listed(screen)[1000]) is None
        await pilot.press("g", *["pagedown"] * 20)
        at = screen.library.headlines.at_cursor
        await wait_until(pilot, lambda: at and screen.library.headlines.line(at), "its lines")


async def test_a_library_that_cannot_be_read_is_told(open_app: OpenApp, settings: Settings) -> None:
    settings.library_file.unlink()
    settings.library_file.write_text("no database at all" * 100)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "✗ The library" in seen(pilot), "the trouble")
        screen = await reading(pilot)
        said = " ".join(str(screen.library.state.content).split())
        assert "is damaged. `newsreader doctor --repair` saves what can be read of it" in said
        assert not listed(screen)


async def test_a_library_that_fails_is_told_for_what_it_is(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    error: Exception = ShelfUnusable("The library is busy.")

    async def failing(*_: object, **__: object) -> None:
        raise error

    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        for method in ("article", "listed"):
            monkeypatch.setattr(Shelf, method, failing)
        for key in ("enter", "u"):
            await pilot.press(key)
            await wait_until(pilot, lambda: "✗ The library is busy." in seen(pilot), "the trouble")
        error = ValueError("no number")
        await pilot.press("enter")
        await wait_until(
            pilot, lambda: "went wrong inside newsreader" in str(screen.library.state.content), "the error"
        )
        assert not pilot.app._notifications
