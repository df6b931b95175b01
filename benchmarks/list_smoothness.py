"""How smoothly the app lists 20,000 articles: the longest time in which it took no key, by what was done."""

from functools import partial
from typing import Final

from textual.pilot import Pilot

from benchmarks import synthetic
from benchmarks.smoothness import PAGES, Freezes, app, until
from library.store import Store
from models.feed import Feed
from models.settings import Settings
from tui.screens.reader import ReaderScreen
from tui.widgets.headlines import Headlines

ARTICLES: Final = 20_000
PARAGRAPHS: Final = 2
"""Of each article: the list shows none of them."""

FEEDS: Final = 40
LETTERS: Final = 3
"""That are typed to narrow the list."""


def fill(settings: Settings, count: int = ARTICLES) -> None:
    """Keep articles as if they had come from feeds."""
    with Store.open(settings.library_file) as store, store.feeds.keeping_many():
        for number in range(FEEDS):
            store.feeds.add(Feed(url=f"https://gazette.example/{number}.xml", title=f"Gazette {number}"))
        feeds = [summary.number for summary in store.feeds.feeds()]
        for number in range(count):
            article = synthetic.article(number, PARAGRAPHS)
            store.feeds.keep_entry(feeds[number % FEEDS], str(number), str(number), article)


async def list_freezes(settings: Settings, count: int = ARTICLES) -> dict[str, float]:
    """Look through a library that was filled before; give the longest freeze by what was done, in seconds."""
    watched = Freezes()
    async with app(settings, [], watched) as (pilot, screen):
        listed = screen.library.headlines
        with watched.while_(f"{count:,} articles are listed"):
            await until(lambda: listed.count == count and listed.line(listed.ids[0]) is not None)
        with watched.while_("their list is walked"):
            await _walk(pilot)
        with watched.while_("their list is sorted"):
            for _ in range(3):
                before = listed.ids[0]
                await pilot.press("S")
                await until(partial(_begins_otherwise, listed, before))
        with watched.while_("their list is narrowed"):
            await _narrow(pilot, screen, count)
    watched.longest_s.pop("", None)
    return watched.longest_s


async def _walk(pilot: Pilot[None]) -> None:
    for key in ["down"] * PAGES + ["pagedown"] * PAGES + ["end", "home"]:
        await pilot.press(key)
        await pilot.pause(0.02)


def _begins_otherwise(listed: Headlines, before: str) -> bool:
    return listed.ids[0] != before


async def _narrow(pilot: Pilot[None], screen: ReaderScreen, count: int) -> None:
    listed = screen.library.headlines
    await pilot.press("slash", *synthetic.vocabulary()[0][:LETTERS])
    await until(lambda: 0 < listed.count < count)
    await pilot.press("escape")
    await until(lambda: listed.count == count)
