"""``newsreader PATH`` without a terminal: articles are printed."""

import os
from pathlib import Path

from tests.tui.command_line import (
    STORY,
    Run,
)


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
