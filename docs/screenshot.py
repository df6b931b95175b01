"""Draws the README's picture: the real app with the real models answers a question about the sample article.

Run from the root of the repository: ``python docs/screenshot.py FILE.svg [QUESTION]``.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from models.settings import Settings
from tui.app import NewsreaderApp
from tui.articles import sample_article, temporary_library
from tui.screens.reader import ReaderScreen
from tui.widgets.answer_view import State

SIZE: Final = (128, 38)
"""Columns and rows: wide enough for the sidebar, small enough to be read on a web page."""

PATIENCE_S: Final = 300.0
"""The model may have to read the article first, on any machine."""

QUESTION: Final = "Why was the bridge closed?"


async def wait_until(pilot: Pilot[Any], holds: Callable[[], bool], what: str) -> None:
    """Let the app run until something holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await pilot.pause(0.1)
    print(what)  # noqa: T201 -- progress of a script that takes a minute


async def draw(settings: Settings, question: str) -> str:
    """Ask, jump to the first citation, and give the picture."""
    app = NewsreaderApp([sample_article()], settings, question=question)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ReaderScreen), "The app is there.")
        screen = app.screen
        assert isinstance(screen, ReaderScreen)  # noqa: S101 -- waited for
        await wait_until(pilot, lambda: screen.status.state == "ready", "The article is ready.")
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.panel.latest is not None and not screen.panel.asking, "Answered.")
        answer = screen.panel.latest
        if answer is None or answer.state is not State.ANSWERED:
            raise SystemExit(f"There is no answer to show: {answer and answer.render().plain}")
        await pilot.press("enter")
        await pilot.pause(0.5)
        return app.export_screenshot(title="newsreader", simplify=True)


def main() -> None:
    """Draw into the file that is named."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    question = sys.argv[2] if len(sys.argv) > 2 else QUESTION
    with temporary_library(Settings()) as settings:
        Path(sys.argv[1]).write_text(asyncio.run(draw(settings, question)))


if __name__ == "__main__":
    main()
