"""The time until an article can be read in a terminal, and until an app that does nothing shows anything."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pexpect

from models.article import Article
from tests.e2e.terminal import COLUMNS, ROWS

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

WORDS: Final = 3
"""Words of the article that must have been written to the terminal: few enough to stand on one line."""


def empty_app_s() -> float:
    """Give the seconds until an empty Textual app is drawn."""
    return _seconds_until("nothing to read", [sys.executable, "-c", EMPTY_APP])


def first_frame_s(file: Path, article: Article, library: Path) -> float:
    """Give the seconds until the beginning of an article is on the screen; ``library`` is an empty folder."""
    beginning = " ".join(article.text(1).split()[:WORDS])
    program = [sys.executable, "-m", "tui.cli", str(file)]
    return _seconds_until(beginning, program, {"NEWSREADER_LIBRARY_DIR": str(library)})


def _seconds_until(seen: str, command: Sequence[str], env: dict[str, str] | None = None) -> float:
    """Run a program in a terminal until it has written some words, and end it.

    The words are looked for in what it writes: what a terminal needs to draw them is not the program's time.
    """
    began = time.perf_counter()
    terminal = pexpect.spawn(
        command[0],
        list(command[1:]),
        env=os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"} | (env or {}),
        dimensions=(ROWS, COLUMNS),
        timeout=PATIENCE_S,
        encoding="utf-8",
    )
    try:
        terminal.expect_exact(seen)
        taken = time.perf_counter() - began
        terminal.send("q")
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close(force=True)
    return taken
