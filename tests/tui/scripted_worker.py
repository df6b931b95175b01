"""A worker that speaks the real protocol and says what a test has told it to, by ``SCRIPT`` in its environment.

The script is JSON: ``{"entities": [...], "answers": {question: [event, ...]}, "brief": [event, ...]}``, and
``"anticipated": {question: [paragraph, ...]}`` for what lights up while one types. Events are given without their
``id``; ``ARTICLE`` in them stands for the article that is asked about, ``EARLIER`` for the questions of the
conversation before, ``FILTERS`` for those of the library; ``{"pause": seconds}`` waits, ``{"until": path}`` waits for
a file, ``{"hang": true}`` waits until it is cancelled, ``{"crash": true}`` ends the process. With ``prepare_failure``
no article can be prepared; with ``failure`` everything fails until the file of ``models_when`` is there; with
``silent`` nothing is ever said about an article. ``articles`` are to be indexed.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

SCRIPT: dict[str, Any] = json.loads(os.environ.get("SCRIPT", "{}"))
CANCELLED: set[int] = set()
LOCK = threading.Lock()


def say(event: dict[str, Any]) -> None:
    with LOCK:
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()


def no_model() -> dict[str, Any] | None:
    missing = "failure" in SCRIPT and not Path(SCRIPT["models_when"]).exists()
    return SCRIPT["failure"] if missing else None


def index(request: dict[str, Any]) -> None:
    for done in range(0, SCRIPT["articles"], 5):
        say({"kind": "indexing", "id": request["id"], "done": done, "total": SCRIPT["articles"]})
    say({"kind": "done", "id": request["id"]})


def prepare(request: dict[str, Any]) -> None:
    if SCRIPT.get("silent"):
        return
    if failure := SCRIPT.get("prepare_failure") or no_model():
        say({"kind": "failed", "id": request["id"], **failure})
        return
    say({"kind": "working", "id": request["id"], "step": "finding names"})
    entities = SCRIPT.get("entities", [])
    say({"kind": "entities", "id": request["id"], "article_id": request["article_id"], "entities": entities})
    say({"kind": "done", "id": request["id"]})


def ask(request: dict[str, Any]) -> None:
    if failure := no_model():
        say({"kind": "failed", "id": request["id"], **failure})
    else:
        play(request, SCRIPT.get("answers", {}).get(request["question"]["text"], []))


def brief(request: dict[str, Any]) -> None:
    play(request | {"question": {"article_id": None, "earlier": [], "filters": []}}, SCRIPT.get("brief", []))


def play(request: dict[str, Any], events: list[dict[str, Any]]) -> None:
    number = request["id"]
    for event in events:
        if event.get("crash"):
            os._exit(3)
        if event.get("hang"):
            while number not in CANCELLED:
                time.sleep(0.01)
        while "until" in event and not Path(event["until"]).exists():
            time.sleep(0.01)
        time.sleep(event.get("pause", 0))
        if number in CANCELLED:
            say({"kind": "cancelled", "id": number})
            return
        if "kind" in event:
            article = request["question"]["article_id"] or ""
            earlier = json.dumps(" / ".join(turn["question"] for turn in request["question"]["earlier"]))[1:-1]
            filters = json.dumps(json.dumps(request["question"]["filters"]))[1:-1]
            text = json.dumps(event | {"id": number}).replace("ARTICLE", article).replace("EARLIER", earlier)
            text = text.replace("FILTERS", filters)
            say(json.loads(text))


def anticipate(request: dict[str, Any]) -> None:
    question = request["question"]
    found = [
        {"article_id": question["article_id"], "paragraph": paragraph, "score": 0.9}
        for paragraph in SCRIPT.get("anticipated", {}).get(question["text"], [])
    ]
    say({"kind": "evidence", "id": request["id"], "evidence": found})
    say({"kind": "done", "id": request["id"]})


HANDLERS = {"ask": ask, "anticipate": anticipate, "brief": brief, "index": index}


def main() -> None:
    say({"kind": "ready"})
    for notice in SCRIPT.get("notices", []):
        say({"kind": "notice", "text": notice})
    for line in sys.stdin:
        request = json.loads(line)
        if request["kind"] == "cancel":
            CANCELLED.add(request["id"])
        else:
            threading.Thread(target=HANDLERS.get(request["kind"], prepare), args=(request,), daemon=True).start()


if __name__ == "__main__":
    main()
