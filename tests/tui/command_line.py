"""The command line as a test runs it: with a worker that says what it has been told to, about an article of our own."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

WORKER = Path(__file__).with_name("scripted_worker.py")

MAIN = f"""
import sys
import rag.client, tui.cli
rag.client.WorkerClient.__init__.__kwdefaults__["command"] = (sys.executable, {str(WORKER)!r})
tui.cli.main()
"""

STORY = """Ferry line to close in spring
20240311
https://example.org/ferry
The company said on Monday that the ferry line will close on 1 May.
Mayor Ida Holm called the decision a blow to the island.
"""

ANSWER = {
    "text": "It closes on 1 May.",
    "sentences": [{"text": "It closes on 1 May.", "citations": [0]}],
    "citations": [{"article_id": "ARTICLE", "paragraph": 1, "quote": "close on 1 May", "start": 52, "end": 66}],
    "abstained": False,
    "model": "scripted",
    "timings": {"evidence_s": 0.1, "first_token_s": 0.2, "total_s": 0.3},
}

ANSWERED = [{"kind": "working", "step": "writing"}, {"kind": "answered", "answer": ANSWER}]

HOLM = {
    "name": "Ida Holm",
    "type": "PERSON",
    "aliases": ["Holm"],
    "role": "Mayor",
    "mentions": [{"paragraph": 2, "start": 6, "end": 14, "text": "Ida Holm"}],
}

SCRIPT = {"entities": [HOLM], "answers": {"When does it close?": ANSWERED}}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def lines_of(output: str) -> list[Any]:
    return [json.loads(line) for line in output.splitlines()]


def questions_file(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return file
