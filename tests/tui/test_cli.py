"""The command line, run as the user runs it, with a worker that says what the test has told it to."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.question import LONGEST_QUESTION

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


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.txt"
    file.write_text(STORY)
    return file


@pytest.fixture
def run(home: Path) -> Run:
    """Run ``newsreader`` with arguments, in a process of its own that has no terminal."""

    def run(
        *args: str | Path, script: dict[str, Any] = SCRIPT, stdin: str = "", **env: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", MAIN, *map(str, args)],
            cwd=ROOT,
            env=os.environ | {"SCRIPT": json.dumps(script)} | env,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def lines_of(output: str) -> list[Any]:
    return [json.loads(line) for line in output.splitlines()]


# --- reading without a terminal ---


def test_an_article_is_printed_with_its_paragraphs_numbered_and_its_entities(run: Run, story: Path) -> None:
    done = run(story)
    assert done.returncode == 0
    assert done.stdout.startswith("Ferry line to close in spring\n11 March 2024 · https://example.org/ferry\n")
    assert "\n[2] Mayor Ida Holm called" in done.stdout
    assert "\nPeople: Ida Holm, Mayor (1)\n" in done.stdout
    assert done.stderr == ""


def test_a_question_is_answered_below_the_article_wherever_the_flag_stands(run: Run, story: Path) -> None:
    for args in ([story, "--question", "When does it close?"], ["-q", "When does it close?", story]):
        done = run(*args)
        assert "It closes on 1 May. [1]\n\n[1] “close on 1 May”\n" in done.stdout


def test_standard_input_is_an_article(run: Run) -> None:
    assert run("-", stdin=STORY).stdout.startswith("Ferry line to close in spring\n")


def test_without_a_path_the_sample_opens_and_then_what_is_in_the_library(run: Run, story: Path) -> None:
    first = run()
    assert first.returncode == 0
    assert "[1] " in first.stdout
    assert "newsreader PATH" in first.stderr
    run(story)
    assert "Ferry line" in run().stdout


def test_every_path_that_can_not_be_read_is_named_and_nothing_is_opened(run: Run, story: Path, tmp_path: Path) -> None:
    done = run(story, tmp_path / "nowhere.txt", tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "nowhere.txt" in done.stderr
    assert "folder" in done.stderr


def test_a_file_with_the_name_of_a_command_is_reached_by_its_path(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ask"
    file.write_text(STORY)
    assert run(file).stdout.startswith("Ferry line")


def test_a_command_that_was_mistyped_is_named(run: Run) -> None:
    done = run("entites", "ferry.txt")
    assert done.returncode == 2
    assert "Did you mean entities?" in done.stderr


def test_escape_sequences_in_a_file_name_do_not_reach_the_terminal(run: Run) -> None:
    done = run("no\x1b[2Jsuch\x9b31m.txt")
    assert done.returncode == 2
    assert not {"\x1b", "\x9b"} & set(done.stderr)


def test_a_file_name_that_is_not_utf8_or_would_steer_the_terminal_is_harmless(run: Run, folder: Path) -> None:
    file = folder / os.fsdecode(b"caf\xe9\x1b[2J\xc2\x9b\xe2\x80\xae\x7f.txt")
    (folder / "ferry.txt").rename(file)
    for args in ([file], ["entities", "--json", file], ["ask", "--json", "--article", file, "When does it close?"]):
        done = run(*args)
        assert done.returncode == 0, done.stderr
        assert not {"\x1b", "\x9b", "\u202e", "\x7f"} & set(done.stdout + done.stderr)


@pytest.mark.parametrize(
    "args",
    [
        ("ask", "Wh\udcff?"),
        ("-q", "Wh\udcff?"),
        ("--model", "\udcff"),
        ("--data-dir", "\udcff"),
        ("models", "use", "\udcff"),
    ],
)
def test_text_that_is_not_utf8_is_bad_input(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert "UTF-8" in done.stderr


def test_all_articles_are_printed_where_a_model_is_missing_and_it_is_said_once(run: Run, story: Path) -> None:
    other = story.with_name("bridge.txt")
    other.write_text("Bridge to open\n20240312\nThe bridge opens in June.\n")
    failure = {"reason": "no-model", "message": "Fetch it:\x1b[2J newsreader models pull"}
    for args, status in (([], 0), (["-q", "Why?"], 1)):
        missing = {"answers": {"Why?": [{"kind": "failed", **failure}]}, "prepare_failure": failure}
        done = run(story, other, *args, script=missing)
        assert done.returncode == status
        assert "[2] Mayor Ida Holm" in done.stdout
        assert "[1] The bridge opens" in done.stdout
        assert done.stderr.count("The names are missing") == 1
        assert done.stderr.count("newsreader models pull") == 1 + status
        assert "\x1b" not in done.stderr


def test_a_log_that_can_not_be_written_is_told_and_the_article_is_printed(run: Run, story: Path) -> None:
    done = run(story, NEWSREADER_LOG_DIR=str(story / "log"))
    assert done.returncode == 0
    assert "[2] Mayor Ida Holm" in done.stdout
    assert "log_dir" in done.stderr
    done = run("ask", "--article", story, "Why?", NEWSREADER_LOG_DIR=str(story / "log"))
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The worker process can't be started: ")


# --- ask ---


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
    assert json.loads(answer["answer"]) == ["2024-03-01", "2024-03-07", [], ["Ida Holm"], ["To read"], False, False]
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


@pytest.mark.parametrize(
    "args",
    [
        ("ask",),
        ("ask", "--batch", "x.jsonl"),
        ("ask", "--articles", ".", "Why?"),
        ("ask", "  "),
        ("ask", "--summary"),
        ("ask", "--summary", "--article", "x.txt", "Why?"),
        ("--nonsense",),
    ],
)
def test_a_wrong_call_is_bad_input(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert "Error: " in done.stderr


@pytest.mark.parametrize("args", [("ask",), ("-q",)])
def test_a_question_that_is_too_long_is_bad_input(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args, "?" * (LONGEST_QUESTION + 1))
    assert done.returncode == 2
    assert "no more than 1000 characters" in done.stderr


def test_the_settings_may_stand_before_or_after_the_command(run: Run, story: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    run("--data-dir", before, "ask", "--article", story, "When does it close?")
    run("ask", "--data-dir", after, "--article", story, "When does it close?")
    assert (before / "library.db").exists()
    assert (after / "library.db").exists()


# --- brief ---


def brief_events() -> list[object]:
    begun = {**ANSWER, "text": "It begins so.", "sentences": [], "citations": []}
    story = {"headline": "Ferry stops", "article_ids": ["a", "b"], "new": 1, "answer": begun}
    other = {"headline": "Bakers strike", "article_ids": ["c"], "new": 0, "answer": begun}
    days = {"since": "2024-03-06", "until": "2024-03-07", "made_at": "2024-03-07T12:00:00Z"}
    summed_up = {**story, "answer": {**begun, "text": "It closes on 1 May."}, "summed_up": True}
    briefs = ({**days, "stories": [story, other]}, {**days, "stories": [summed_up, other], "complete": True})
    return [*({"kind": "brief-ready", "brief": one} for one in briefs), {"kind": "done"}]


def test_brief_prints_the_stories_and_what_is_new(run: Run) -> None:
    done = run("brief", script={"brief": brief_events()})
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "6 March 2024 to 7 March 2024: 3 articles, 2 stories\n"
        "\nFerry stops  (2 reports, 1 of them new)\nIt closes on 1 May.\n"
        "\nBakers strike  (1 report, nothing new)\nIt begins so.\n"
    )


def test_brief_prints_json(run: Run) -> None:
    first, second = lines_of(run("brief", "--json", "--since", "2024-03-01", script={"brief": brief_events()}).stdout)
    assert (first["headline"], first["new"], first["summary"]) == ("Ferry stops", 1, "It closes on 1 May.")
    assert (second["headline"], second["new"], second["summary"]) == ("Bakers strike", 0, "It begins so.")


def test_without_articles_there_is_no_brief(run: Run) -> None:
    done = run("brief", script={"brief": [{"kind": "done"}]})
    assert done.returncode == 2
    assert "newsreader sync" in done.stderr


# --- ask --batch ---


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text(STORY)
    (folder / "bridge.txt").write_text("Bridge to open\n20240312\nThe bridge opens in June.\nIt cost a fortune.\n")
    return folder


def questions_file(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return file


def test_a_batch_is_answered_in_its_order_with_the_names_of_its_files(run: Run, tmp_path: Path, folder: Path) -> None:
    asked = [
        {"id": "q2", "article": "bridge.txt", "question": "When does it close?", "kind": "fact"},
        {"id": "q1", "article": "ferry.txt", "question": "When does it close?"},
    ]
    done = run("ask", "--batch", questions_file(tmp_path, *asked, ""), "--articles", folder)
    assert done.returncode == 0, done.stderr
    answers = lines_of(done.stdout)
    assert [answer["id"] for answer in answers] == ["q2", "q1"]
    assert [answer["citations"][0]["article"] for answer in answers] == ["bridge.txt", "ferry.txt"]
    assert set(answers[0]) == {"id", "answer", "abstained", "citations", "timings"}


def test_a_batch_leaves_the_library_of_the_user_alone(run: Run, home: Path, tmp_path: Path, folder: Path) -> None:
    asked = {"id": "q1", "article": "ferry.txt", "question": "When does it close?"}
    run("ask", "--batch", questions_file(tmp_path, asked), "--articles", folder)
    assert not list(home.rglob("library.db"))
    assert not list(tmp_path.glob("newsreader-*"))


def test_a_batch_tells_every_bad_line_before_anything_runs(run: Run, tmp_path: Path, folder: Path) -> None:
    file = questions_file(
        tmp_path,
        {"id": "q1", "article": "ferry.txt", "question": "When does it close?"},
        '{"id": "q2", ',
        {"id": "q3", "article": "nowhere.txt", "question": "Why?"},
        {"id": "q4", "article": "../questions.jsonl", "question": "Why?"},
        {"id": "q5", "question": "  "},
        {"question": "Why?"},
        {"id": "q7", "question": "?" * (LONGEST_QUESTION + 1)},
    )
    done = run("ask", "--batch", file, "--articles", folder)
    assert done.returncode == 2
    assert done.stdout == ""
    for number in (2, 3, 4, 5, 6, 7):
        assert f"line {number}: " in done.stderr
    assert "line 1: " not in done.stderr


def test_a_question_that_fails_is_told_and_the_others_are_answered(run: Run, tmp_path: Path, folder: Path) -> None:
    asked = [
        {"id": "q1", "article": "ferry.txt", "question": "Why?"},
        {"id": "q2", "article": "ferry.txt", "question": "When does it close?"},
    ]
    failing = {"kind": "failed", "reason": "internal", "message": "It went wrong."}
    script = {"answers": SCRIPT["answers"] | {"Why?": [failing]}}  # type: ignore[operator]
    done = run("ask", "--batch", questions_file(tmp_path, *asked), "--articles", folder, script=script)
    assert done.returncode == 1
    assert [answer["id"] for answer in lines_of(done.stdout)] == ["q2"]
    assert "q1: It went wrong." in done.stderr


def test_a_batch_without_a_model_stops_at_once(run: Run, tmp_path: Path, folder: Path) -> None:
    asked = [{"id": f"q{n}", "article": "ferry.txt", "question": "Why?"} for n in range(3)]
    missing = {"kind": "failed", "reason": "no-model", "message": "Fetch it: newsreader models pull"}
    done = run(
        "ask",
        "--batch",
        questions_file(tmp_path, *asked),
        "--articles",
        folder,
        script={"answers": {"Why?": [missing]}},
    )
    assert done.returncode == 1
    assert done.stderr.count("newsreader models pull") == 1


def test_a_question_without_an_article_is_put_to_the_whole_folder(run: Run, tmp_path: Path, folder: Path) -> None:
    from library.reader import read_article

    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    ferry = read_article(folder / "ferry.txt")
    answer = json.loads(json.dumps(ANSWER).replace("ARTICLE", ferry.id))
    script = {"answers": {"When?": [{"kind": "answered", "answer": answer}]}}
    file = questions_file(tmp_path, {"id": 1, "question": "When?"})
    done = run("ask", "--batch", file, "--articles", folder, script=script)
    assert done.returncode == 0, done.stderr
    [printed] = lines_of(done.stdout)
    assert printed["citations"][0]["article"] == "ferry.txt"
    assert "picture.png" in done.stderr


# --- entities ---


def test_entities_are_printed_a_line_an_article(run: Run, story: Path) -> None:
    [printed] = lines_of(run("entities", "--json", story).stdout)
    assert printed["article"] == "ferry.txt"
    [holm] = printed["entities"]
    assert holm["name"] == "Ida Holm"
    assert holm["mentions"] == HOLM["mentions"]
    assert holm["statements"] == []


def test_entities_are_printed_as_text(run: Run, story: Path) -> None:
    assert run("entities", story).stdout == "People: Ida Holm, Mayor (1)\n\n"


# --- the shell around it ---


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_for_its_shell(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0
    assert "_NEWSREADER_COMPLETE" in done.stdout


def test_commands_and_files_are_completed(run: Run) -> None:
    done = run(COMP_WORDS="newsreader do", COMP_CWORD="1", _NEWSREADER_COMPLETE="bash_complete")
    assert "plain,doctor" in done.stdout
    assert "file,do" in done.stdout


def test_a_reader_of_the_output_that_goes_away_is_no_error(run: Run, story: Path) -> None:
    script = story.with_name("main.py")
    script.write_text(MAIN)
    shell = f"{sys.executable} {script} {story} | true; echo ${{PIPESTATUS[0]}}"
    env = os.environ | {"PYTHONPATH": str(ROOT), "SCRIPT": json.dumps(SCRIPT)}
    done = subprocess.run(["bash", "-c", shell], env=env, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.strip() in {"0", "1"}  # it may have been done before the pipe broke


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly_and_leaves_nothing(
    home: Path, tmp_path: Path, folder: Path, ending: signal.Signals
) -> None:
    questions = questions_file(tmp_path, {"id": "q1", "article": "ferry.txt", "question": "Why?"})
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "ask", "--batch", str(questions), "--articles", str(folder)],
        cwd=ROOT,
        env=os.environ | {"SCRIPT": json.dumps({"answers": {"Why?": [{"hang": True}]}}), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not (workers := children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert workers
    assert list(temporary.iterdir())
    process.send_signal(ending)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 128 + ending
    assert (out, err.strip()) == ("", "")
    deadline = time.monotonic() + 20
    while (left := [pid for pid in workers if Path(f"/proc/{pid}").exists()]) and time.monotonic() < deadline:
        time.sleep(0.05)  # it ends when its input does, a moment after whoever has started it
    assert not left
    assert not list(temporary.iterdir())


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in listed.stdout.split()]


# --- indexing ---


def test_indexing_says_how_far_it_is_and_what_it_has_done(run: Run) -> None:
    done = run("index", script={"articles": 20})
    assert (done.returncode, done.stdout) == (0, "20 articles indexed.\n")
    assert done.stderr.splitlines() == [f"{count} of 20 articles indexed" for count in (5, 10, 15)]
    assert run("index", script={"articles": 0}).stdout == "Everything is indexed.\n"


def test_a_library_that_can_not_be_used_says_so_before_anything_is_indexed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("This is no database, and it never was one.")
    done = run("index", script={"articles": 20}, NEWSREADER_LIBRARY_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "doctor --repair" in done.stderr
