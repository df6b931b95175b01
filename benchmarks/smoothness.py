"""How smoothly the app runs: the longest time in which its event loop did nothing else, and so took no key."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

from textual import events
from textual.pilot import Pilot

from benchmarks.made_up import made_up
from models.article import Article
from models.settings import Settings
from tui.app import NewsreaderApp
from tui.screens.reader import ReaderScreen

SIZE: Final = (130, 42)
"""Columns and rows of the terminal."""

PROBE_S: Final = 0.002
"""How often the loop is asked to do something that takes no time."""

PATIENCE_S: Final = 300.0

PAGES: Final = 20
"""Pages that are scrolled in a long article."""

SHORT: Final = 3
"""Paragraphs of the article that another is opened from."""


@dataclass
class Freezes:
    """The longest time for which the event loop stood still, by what went on meanwhile."""

    longest_s: dict[str, float] = field(default_factory=dict)
    during: str = ""

    async def watch(self) -> None:
        """Look on until cancelled."""
        before = time.perf_counter()
        while True:
            await asyncio.sleep(PROBE_S)
            now = time.perf_counter()
            late = now - before - PROBE_S
            self.longest_s[self.during] = max(self.longest_s.get(self.during, 0.0), late)
            before = now

    @contextmanager
    def while_(self, doing: str) -> Iterator[None]:
        """Say what is going on for as long as the block lasts."""
        self.during = doing
        try:
            yield
        finally:
            self.during = ""


@dataclass(frozen=True)
class Opening:
    """How long an article took to open, and to be scrolled. Seconds."""

    paragraphs: int
    opened_s: float
    laid_out_s: float
    """Until its last paragraph was in its place, too."""
    freeze_opening_s: float
    freeze_scrolling_s: float


async def freezes(settings: Settings, articles: Sequence[Article], question: str) -> dict[str, float]:
    """Use the real app as a reader does; give the longest freeze by what the worker did."""
    watched = Freezes()
    async with app(settings, articles, watched) as (pilot, screen):
        with watched.while_("the worker starts, loads and warms"):
            await until(lambda: screen.status.state == "ready")
        with watched.while_("a question is typed"):
            await pilot.press("a", *(key_of(letter) for letter in question))
            await pilot.pause(1.0)
        with watched.while_("the answer is written"):
            await pilot.press("enter")
            await until(lambda: screen.panel.latest is not None and not screen.panel.asking)
        with watched.while_("another article is opened"):
            await pilot.press("escape", "escape", "right_square_bracket")
            await until(lambda: screen.status.state == "ready")
        with watched.while_("the library is indexed"):
            await pilot.press("L", *"oil", "enter")
            await until(lambda: screen.panel.latest is not None and not screen.panel.asking)
    watched.longest_s.pop("", None)
    return watched.longest_s


async def opening(settings: Settings, paragraphs: int) -> Opening:
    """Open a made-up article beside another, and scroll through it."""
    watched = Freezes()
    short, article = made_up(SHORT, "Hollin"), made_up(paragraphs, "Marrow")
    async with app(settings, [short, article], watched) as (pilot, screen):
        await pilot.pause(0.2)
        with watched.while_("opening"):
            began = time.perf_counter()
            pilot.app.post_message(events.Key("right_square_bracket", None))
            await until(lambda: screen.status.place == "2 of 2")
            painted = asyncio.Event()
            screen.call_after_refresh(painted.set)
            await painted.wait()
            opened = time.perf_counter() - began
            await until(lambda: screen.article.laid_out)
            laid_out = time.perf_counter() - began
        with watched.while_("scrolling"):
            for key in ["pagedown"] * PAGES + ["end", "home"]:
                await pilot.press(key)
                await pilot.pause(0.02)
    return Opening(
        paragraphs, opened, laid_out, watched.longest_s.get("opening", 0.0), watched.longest_s.get("scrolling", 0.0)
    )


@asynccontextmanager
async def app(
    settings: Settings, articles: Sequence[Article], watched: Freezes
) -> AsyncIterator[tuple[Pilot[None], ReaderScreen]]:
    """Run the app without a terminal, with a probe in its event loop."""
    gc.disable()  # as ``newsreader`` does until the app is there
    running = NewsreaderApp(list(articles), settings)
    async with running.run_test(size=SIZE) as pilot:
        probe = asyncio.create_task(watched.watch())
        with watched.while_("the app opens"):
            await until(lambda: isinstance(running.screen, ReaderScreen) and running.screen.is_mounted)
        screen = running.screen
        assert isinstance(screen, ReaderScreen)  # noqa: S101 -- waited for above
        try:
            yield pilot, screen
        finally:
            probe.cancel()


async def until(holds: Callable[[], bool]) -> None:
    """Let the app run until something holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the app did not come to what was waited for")
        await asyncio.sleep(PROBE_S)


def key_of(letter: str) -> str:
    """Name the key of a letter as Textual does."""
    return {" ": "space", "?": "question_mark", ",": "comma", ".": "full_stop", "'": "apostrophe"}.get(letter, letter)
