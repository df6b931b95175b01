import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks import answers

ARTICLE = "Ferry stops\n20240307\nhttps://example.org/ferry\nThe ferry stops on Friday.\nThe mayor objects.\n"
QUESTIONS: list[dict[str, Any]] = [
    {"id": "when", "kind": "fact", "question": "When?", "answer": "Friday", "keys": [["friday"]], "paragraphs": [1]},
    {"id": "why", "kind": "unanswerable", "question": "Why?"},
]


def line(question_id: str, text: str, *, abstained: bool = False, quote: str = "on Friday") -> dict[str, Any]:
    citation = {"article": "ferry.txt", "paragraph": 1, "quote": quote, "start": 16, "end": 25}
    timings = {"evidence_s": 0.1, "first_token_s": 0.5, "total_s": 2.0}
    return {"id": question_id, "answer": text, "abstained": abstained, "citations": [citation], "timings": timings}


RIGHT = [line("when", "On Friday."), line("why", "The article does not say.", abstained=True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(ARTICLE)
    (tmp_path / "questions").write_text("\n".join(json.dumps(q | {"article": "ferry.txt"}) for q in QUESTIONS))
    return tmp_path


def measure(folder: Path, lines: list[dict[str, Any]], *flags: str) -> Result:
    (folder / "answers").write_text("\n".join(map(json.dumps, lines)))
    given = ["--questions", folder / "questions", "--articles", folder, "--answers", folder / "answers"]
    return CliRunner().invoke(answers.answers, [*map(str, given), *flags])


def test_figures_are_printed_and_written(folder: Path) -> None:
    done = measure(folder, RIGHT, "--json", str(folder / "figures.json"))
    assert done.exit_code == 0, done.output
    assert "grounded      1.000 of 1" in done.output
    assert "2 citations, none of them false" in done.output
    written = json.loads((folder / "figures.json").read_text())
    assert written["figures"]["abstain"] == {"value": 1.0, "n": 1}
    assert written["right_by_kind"] == {"fact": {"right": 1, "n": 1}, "unanswerable": {"right": 1, "n": 1}}
    assert written["seconds"]["first token"] == {"median": 0.5, "p95": 0.5, "n": 2}
    assert (written["false_citations"], written["wrong"]) == ([], [])


def test_what_went_wrong_is_shown_on_request(folder: Path) -> None:
    lines = [line("when", "On Monday."), line("why", "Because of rain.")]
    assert "On Monday." not in measure(folder, lines).output
    shown = measure(folder, lines, "--show").output
    assert "when (fact) When?\n  wanted: Friday [1]\n  came:   On Monday. [1]" in shown
    assert "why (unanswerable) Why?\n  wanted: to be declined\n  came:   Because of rain. [1]" in shown


def test_a_false_citation_fails_the_measurement(folder: Path) -> None:
    done = measure(folder, [line("when", "On Friday.", quote="on Monday"), RIGHT[1]])
    assert done.exit_code == 1
    assert "2 citations, 1 of them false" in done.output
    assert "when: ferry.txt [1]: 'on Monday' does not stand" in done.output


def test_a_question_without_an_answer_fails_the_measurement(folder: Path) -> None:
    done = measure(folder, RIGHT[:1])
    assert done.exit_code == 1
    assert "1 questions were not answered at all" in done.output


def test_a_line_that_is_no_answer_is_named(folder: Path) -> None:
    done = measure(folder, [RIGHT[0], {"id": "why"}])
    assert done.exit_code == 1
    assert "answers, line 2" in done.output


def test_newsreader_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "newsreader.py"
    program.write_text(
        "import sys\n"
        f"assert sys.argv[1:] == ['ask', '--batch', {str(folder / 'questions')!r}, '--articles', {str(folder)!r}]\n"
        f"print({json.dumps(RIGHT[0])!r})\nprint({json.dumps(RIGHT[1])!r})\n"
    )
    monkeypatch.setattr(answers, "NEWSREADER", (sys.executable, str(program)))
    flags = ["--questions", str(folder / "questions"), "--articles", str(folder)]
    done = CliRunner().invoke(answers.answers, flags)
    assert done.exit_code == 0, done.output
    assert "grounded      1.000 of 1" in done.output


def test_a_program_that_answers_nothing_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "NEWSREADER", (sys.executable, "-c", "raise SystemExit(1)"))
    flags = ["--questions", str(folder / "questions"), "--articles", str(folder)]
    done = CliRunner().invoke(answers.answers, flags)
    assert done.exit_code == 1
    assert "answered none" in done.output


def test_questions_want_their_articles(folder: Path) -> None:
    done = CliRunner().invoke(answers.answers, ["--questions", str(folder / "questions")])
    assert done.exit_code == 2
    assert "go together" in done.output
