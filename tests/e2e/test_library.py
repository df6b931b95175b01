"""The library in a real terminal, against a real server: subscribe, sync, read, search, ask, export, and start anew."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.settings import Settings
from tests.e2e.terminal import Terminal
from tests.library.feeds.samples import item, rss_of
from tests.web_server import Reply, WebServer

NEWSREADER = Path(sys.executable).with_name("newsreader")
PATIENCE_S = 60
ANSWER_S = 300.0
"""Seconds until an answer is there at the latest: the model is loaded and reads the article, on a busy machine."""

FERRY = (
    "The ferry to Hollin Island will stop on Friday, the harbour board said. Mayor Irena Nowak called it a blow to "
    "everybody who lives there. The hull of the ship is too thin to sail through the winter, the board explained."
)
BREAD = "The bakers of the island went on strike on Monday. They want shorter nights, their speaker Jon Hale said."

ESCAPE, ENTER = "\x1b", "\r"


def newsreader(*args: str) -> str:
    done = subprocess.run([NEWSREADER, *args], capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    return done.stdout


def serve(server: WebServer, *headlines: tuple[str, str]) -> None:
    """Have the feed hold these stories, the first the newest."""
    entries = [item(title, text, guid=title, day=20 - n) for n, (title, text) in enumerate(headlines)]
    server.pages["/gazette"] = Reply(rss_of(*entries, title="Harbour Gazette"))


def test_subscribe_sync_read_search_export_and_start_anew(home: Path, server: WebServer, tmp_path: Path) -> None:
    serve(server, ("Ferry stops", FERRY))
    with Terminal([str(NEWSREADER)]) as terminal:
        terminal.wait_for("[Bb]ridge", within_s=PATIENCE_S)  # the sample: the library is empty

        terminal.send("+")
        terminal.wait_for("esc Leave", within_s=PATIENCE_S)
        terminal.send(f"{server.site}/gazette{ENTER}")
        terminal.wait_for("Enter once more", within_s=PATIENCE_S)
        terminal.send(ENTER)
        terminal.wait_for("Subscribed to Harbour Gazette: 1 new article", within_s=PATIENCE_S)

        serve(server, ("Bakers strike", BREAD), ("Ferry stops", FERRY))
        terminal.send("R")
        terminal.wait_for("1 new article from 1 feed", within_s=PATIENCE_S)

        terminal.send("u")
        terminal.wait_for("shorter nights", within_s=PATIENCE_S)
        terminal.send("u")
        terminal.wait_for("blow to", within_s=PATIENCE_S)

        terminal.send("F")
        terminal.wait_for("/ Search", within_s=PATIENCE_S)
        terminal.send("nights name:Hale")
        terminal.wait_for("want shorter nights, their", within_s=PATIENCE_S)
        terminal.send(ENTER)
        terminal.wait_for("← Feeds", within_s=PATIENCE_S)
        terminal.send(ENTER)
        terminal.wait_for(r"1 +The bakers of the island", within_s=PATIENCE_S)

        terminal.send("*}H")
        terminal.wait_for("1 +▐ The bakers of the island", within_s=PATIENCE_S)
        terminal.wait_for("Starred", within_s=PATIENCE_S)

        terminal.send("w")
        terminal.wait_for("Save as", within_s=PATIENCE_S)
        terminal.send(f"{tmp_path / 'bakers.json'}{ENTER}")
        terminal.wait_for("Saved as", within_s=PATIENCE_S)

        terminal.send("q")
        assert terminal.end() == 0

    saved = json.loads((tmp_path / "bakers.json").read_text())
    assert (saved["article"]["headline"], saved["starred"], saved["highlights"]) == ("Bakers strike", True, [1])
    [feed] = [json.loads(line) for line in newsreader("list", "--json").splitlines()]
    assert (feed["title"], feed["articles"], feed["unread"]) == ("Harbour Gazette", 2, 0)

    asked = len(server.paths)
    with Terminal([str(NEWSREADER)]) as terminal:
        terminal.wait_for("Ferry stops", within_s=PATIENCE_S)
        terminal.wait_for("Harbour Gazette", within_s=PATIENCE_S)
        terminal.wait_for("Highlighted +1", within_s=PATIENCE_S)
        terminal.send("q")
        assert terminal.end() == 0
    assert len(server.paths) == asked  # starting fetches nothing


@pytest.mark.real
def test_a_story_of_a_feed_is_asked_about_and_saved_with_the_answer(
    real_settings: Settings, server: WebServer, tmp_path: Path
) -> None:
    serve(server, ("Ferry stops", FERRY))
    newsreader("add", "--private", f"{server.site}/gazette")
    with Terminal([str(NEWSREADER)]) as terminal:
        terminal.wait_for("Ferry stops", within_s=PATIENCE_S)
        terminal.send(ENTER)
        terminal.wait_for(r"People +\d", within_s=120)
        terminal.send("a")
        terminal.send(f"Why will the ferry stop?{ENTER}")
        terminal.wait_for(r"1 +“", within_s=ANSWER_S)
        terminal.send(ESCAPE)
        terminal.wait_for("c Citation", within_s=PATIENCE_S)
        terminal.send("w")
        terminal.wait_for("Save as", within_s=PATIENCE_S)
        terminal.send(f"{tmp_path / 'ferry.json'}{ENTER}")
        terminal.wait_for("Saved as", within_s=PATIENCE_S)
        terminal.send("q")
        assert terminal.end() == 0
    saved = json.loads((tmp_path / "ferry.json").read_text())
    [answer] = saved["answers"]
    assert answer["question"] == "Why will the ferry stop?"
    for citation in answer["citations"]:
        text = saved["article"]["paragraphs"][citation["paragraph"] - 1]["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
