"""``newsreader ask``: one question."""

import json
from pathlib import Path

from models.filters import Filters
from tests.tui.command_line import (
    ANSWER,
    ANSWERED,
    SCRIPT,
    Run,
    lines_of,
)


def test_ask_prints_the_answer_and_what_it_rests_on(run: Run, story: Path) -> None:
    done = run("ask", "--article", story, "When does it close?")
    assert done.stdout == "It closes on 1 May. [1]\n\n[1] “close on 1 May”\n"


def test_ask_prints_json(run: Run, story: Path) -> None:
    [answer] = lines_of(run("ask", "--article", story, "--json", "When does it close?").stdout)
    assert answer["answer"] == "It closes on 1 May."
    assert answer["citations"] == [
        {"article": "ferry.txt", "paragraph": 1, "quote": "close on 1 May", "start": 52, "end": 66}
    ]
    assert answer["timings"] == {"evidence_s": 0.1, "first_token_s": 0.2, "total_s": 0.3}


def test_ask_goes_on_from_what_was_asked_before(run: Run, story: Path) -> None:
    follow_up = {**ANSWER, "text": "EARLIER", "understood_as": "When is it that it closes?"}
    script = {"answers": SCRIPT["answers"] | {"When?": [{"kind": "answered", "answer": follow_up}]}}  # type: ignore[operator]
    run("ask", "--article", story, "When does it close?")
    done = run("ask", "--article", story, "When?", script=script)
    assert done.stdout.startswith("Understood as: When is it that it closes?\n\n")
    [answer] = lines_of(run("ask", "--article", story, "--json", "When?", script=script).stdout)
    assert answer["question"] == "When?"
    assert answer["understood_as"] == "When is it that it closes?"
    assert answer["answer"] == "When does it close? / When is it that it closes?"


def test_ask_summarises_an_article(run: Run, story: Path) -> None:
    script = {"answers": {"Summary": ANSWERED}}
    done = run("ask", "--summary", "--article", story, script=script)
    assert done.stdout == "It closes on 1 May. [1]\n\n[1] “close on 1 May”\n"
    [answer] = lines_of(run("ask", "--summary", "--article", story, "--json", script=script).stdout)
    assert (answer["question"], answer["answer"]) == ("Summary", "It closes on 1 May.")


def test_a_summary_is_no_part_of_the_conversation(run: Run, story: Path) -> None:
    script = {
        "answers": {"Summary": ANSWERED, "Who?": [{"kind": "answered", "answer": {**ANSWER, "text": "<EARLIER>"}}]}
    }
    run("ask", "--summary", "--article", story, script=script)
    [answer] = lines_of(run("ask", "--article", story, "--json", "Who?", script=script).stdout)
    assert answer["answer"] == "<>"


def test_ask_narrows_the_library(run: Run, story: Path) -> None:
    run("ask", "--article", story, "When does it close?")
    asked = 'Why? from:2024-03-01 to:2024-03-07 name:"Ida Holm" tag:"To read"'
    script = {"answers": {asked: [{"kind": "answered", "answer": {**ANSWER, "text": "FILTERS", "citations": []}}]}}
    options = ("--from", "2024-03-01", "--to", "20240307", "--name", "Ida Holm", "--tag", "To read")
    [answer] = lines_of(run("ask", "--json", "Why?", *options, script=script).stdout)
    assert answer["question"] == asked
    filters = dict(zip(Filters._fields, json.loads(answer["answer"]), strict=True))
    assert {name: value for name, value in filters.items() if value} == {
        "since": "2024-03-01",
        "until": "2024-03-07",
        "names": ["Ida Holm"],
        "tags": ["To read"],
    }
    for wrong in (("--feed", "Herald"), ("--from", "2024-03-02", "--to", "2024-03-01")):
        done = run("ask", "Why?", *wrong)
        assert done.returncode == 2
        assert wrong[1] in done.stderr
    assert run("ask", "--article", story, "Why?", *options).returncode == 2


def test_ask_needs_a_library_or_an_article(run: Run) -> None:
    done = run("ask", "When does it close?")
    assert done.returncode == 2
    assert "--article" in done.stderr


def test_a_worker_that_dies_is_an_error_that_says_where_to_look(run: Run, story: Path) -> None:
    done = run("ask", "--article", story, "Why?", script={"answers": {"Why?": [{"crash": True}]}})
    assert done.returncode == 1
    assert "worker.log" in done.stderr
