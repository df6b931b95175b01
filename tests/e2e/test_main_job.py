"""The main job in a real terminal, with the real models: read, see who is in it, ask, jump to what the answer cites."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from library.reader import read_article
from models.article import Article
from models.settings import Settings
from tests.e2e.terminal import Terminal
from tui.themes import DARK

pytestmark = pytest.mark.real

SAMPLE = Path(__file__).parents[2] / "library" / "samples" / "harbour-bridge.txt"
QUESTION = "Why was the bridge closed?"
NEWSREADER = Path(sys.executable).with_name("newsreader")

ANSWER_S = 300.0
"""Seconds until an answer is there at the latest: the model is loaded and reads the article, on a busy machine."""


def without_network() -> list[str]:
    """Give the command that runs another one in a network namespace of its own. Skips where that is not permitted."""
    for flags in ("-rn", "-n"):
        if shutil.which("unshare") and subprocess.run(["unshare", flags, "true"], capture_output=True).returncode == 0:
            return ["unshare", flags]
    pytest.skip("no network namespaces here: unshare -n is not permitted")


@pytest.fixture
def article() -> Article:
    return read_article(SAMPLE)


def cited_paragraphs(screen: str) -> list[int]:
    """Give the numbers of the sources below the answer; they come when it has been checked."""
    panel = screen.partition("─Questions")[2]
    return [int(number) for number in re.findall(r"^ +(\d+) +[“‘]", panel, re.MULTILINE)]


def cited_and_lit(article: Article, prefix: list[str]) -> tuple[list[int], str]:
    """Do the main job; give the paragraphs that the answer cites, and the words that the first citation leads to."""
    with Terminal([*prefix, str(NEWSREADER), str(SAMPLE), "--question", QUESTION]) as terminal:
        terminal.wait_for(re.escape(article.headline[:40]), within_s=20)
        terminal.wait_for(r"People +\d", within_s=120)

        terminal.send("\r")
        cited = cited_paragraphs(terminal.wait_for(cited_paragraphs, within_s=ANSWER_S))

        terminal.send("\x1b")
        terminal.wait_for("c Citation", within_s=10)
        terminal.send("c")
        terminal.wait_for(lambda _: terminal.painted(DARK.variables["cited"]), within_s=10)
        lit = " ".join(terminal.painted(DARK.variables["cited"]).split())

        terminal.send("q")
        assert terminal.end() == 0
    return cited, lit


def test_a_question_is_answered_and_its_citation_jumped_to(real_settings: Settings, article: Article) -> None:
    cited, lit = cited_and_lit(article, prefix=[])
    assert any(lit in article.text(number) for number in cited), (lit, cited)


def test_it_all_works_without_a_network(real_settings: Settings, article: Article) -> None:
    prefix = without_network()
    routes = subprocess.run([*prefix, "cat", "/proc/net/route"], capture_output=True, text=True, check=True).stdout
    assert not routes.splitlines()[1:], "there is a route out: this would prove nothing"  # the first line is a heading
    cited, lit = cited_and_lit(article, prefix)
    assert any(lit in article.text(number) for number in cited), (lit, cited)
