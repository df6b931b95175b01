"""The command itself: its subcommands and flags, bad calls, completion, signals and pipes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.question import LONGEST_QUESTION
from tests.tui.command_line import (
    MAIN,
    ROOT,
    SCRIPT,
    STORY,
    Run,
    questions_file,
)


def test_a_file_with_the_name_of_a_command_is_reached_by_its_path(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ask"
    file.write_text(STORY)
    assert run(file).stdout.startswith("Ferry line")


def test_a_command_that_was_mistyped_is_named(run: Run) -> None:
    done = run("entites", "ferry.txt")
    assert done.returncode == 2
    assert "Did you mean entities?" in done.stderr


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
