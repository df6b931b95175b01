"""``newsreader ask --batch``: many questions, from files."""

import json
from pathlib import Path

from models.question import LONGEST_QUESTION
from tests.tui.command_line import (
    ANSWER,
    SCRIPT,
    Run,
    lines_of,
    questions_file,
)


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


def test_of_a_file_that_holds_no_questions_some_lines_are_named(run: Run, tmp_path: Path, folder: Path) -> None:
    file = questions_file(tmp_path, *["no question"] * 5000)
    done = run("ask", "--batch", file, "--articles", folder)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 21
    assert done.stderr.endswith("4980 more lines are bad.\n")
