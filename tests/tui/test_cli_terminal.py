"""The command line where there is a terminal: when the app opens, and when it does not."""

import json
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.tui.command_line import MAIN, ROOT, SCRIPT, STORY


@pytest.fixture
def newsreader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the command as a shell takes it."""
    monkeypatch.setenv("SCRIPT", json.dumps(SCRIPT))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    Path("main.py").write_text(MAIN)
    Path("ferry.txt").write_text(STORY)
    return f"{sys.executable} main.py"


def test_an_article_from_a_pipe_opens_in_the_app_and_the_keyboard_still_works(newsreader: str) -> None:
    with Terminal(["sh", "-c", f"cat ferry.txt | {newsreader} -"]) as terminal:
        terminal.wait_for("Ferry line", within_s=20)
        terminal.wait_for("Ida Holm +1", within_s=20)
        terminal.send("q")
        assert terminal.end() == 0


def test_a_terminal_that_only_prints_lines_gets_plain_text(newsreader: str) -> None:
    with Terminal(["sh", "-c", f"{newsreader} ferry.txt"], env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("People: Ida Holm, Mayor", within_s=20)
        assert terminal.end() == 0


def test_an_error_is_told_on_the_terminal_and_not_in_the_app(newsreader: str) -> None:
    with Terminal(["sh", "-c", f"{newsreader} nowhere.txt"]) as terminal:
        terminal.wait_for("Error: There is no file nowhere.txt", within_s=20)
        assert terminal.end() == 2
