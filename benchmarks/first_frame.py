"""The time until an article can be read in a terminal, and until an app that does nothing shows anything."""

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.article import Article
from tests.e2e.terminal import Terminal

EMPTY_APP: Final = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("nothing to read")

    def key_q(self):
        self.exit()

Empty().run()
"""

PATIENCE_S: Final = 60.0

WORDS: Final = 4
"""Words of the article that must be seen: few enough to stand on one line."""


def empty_app_s() -> float:
    """Give the seconds until an empty Textual app is drawn."""
    return _seconds_until("nothing to read", [sys.executable, "-c", EMPTY_APP])


def first_frame_s(file: Path, article: Article, library: Path) -> float:
    """Give the seconds until the beginning of an article is on the screen; ``library`` is an empty folder."""
    beginning = re.escape(" ".join(article.text(1).split()[:WORDS]))
    program = [sys.executable, "-m", "tui.cli", str(file)]
    return _seconds_until(beginning, program, {"NEWSREADER_LIBRARY_DIR": str(library)})


def _seconds_until(seen: str, command: Sequence[str], env: dict[str, str] | None = None) -> float:
    began = time.perf_counter()
    with Terminal(command, env) as terminal:
        terminal.wait_for(seen, within_s=PATIENCE_S)
        taken = time.perf_counter() - began
        terminal.send("q")
        terminal.end()
    return taken
