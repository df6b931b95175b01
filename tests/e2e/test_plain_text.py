"""The main job where there is no terminal, with the real models: what `make run` shows then, and batches."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from library.reader import read_article
from models.settings import Settings

pytestmark = pytest.mark.real

SAMPLES = Path(__file__).parents[2] / "library" / "samples"
SAMPLE = SAMPLES / "harbour-bridge.txt"
QUESTION = "Why was the bridge closed?"
NEWSREADER = Path(sys.executable).with_name("newsreader")
PATIENCE_S = 300


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of the user's with folders that are called as ours are."""
    for name in ("rag", "models", "library"):
        package = tmp_path / "work" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("raise SystemExit('this is not ours')")
    return tmp_path / "work"


def newsreader(folder: Path, *args: str | Path) -> str:
    done = subprocess.run(
        [NEWSREADER, *args], cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_article_its_entities_and_an_answer_are_printed(real_settings: Settings, elsewhere: Path) -> None:
    article = read_article(SAMPLE)
    printed = newsreader(elsewhere, SAMPLE, "--question", QUESTION)
    assert printed.startswith(article.headline)
    assert all(f"\n[{paragraph.number}] {paragraph.text}\n" in printed for paragraph in article.paragraphs)
    assert re.search(r"^People: \w+", printed, re.MULTILINE)
    _, _, answered = printed.partition(f"Question: {QUESTION}\n")
    cited = re.findall(r"^\[(\d+)\] “(.+)”$", answered, re.MULTILINE)
    assert cited
    for number, quote in cited:
        assert quote in article.text(int(number))


def test_a_batch_quotes_its_articles_word_for_word(real_settings: Settings, elsewhere: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    asked = [
        {"id": "one", "article": SAMPLE.name, "question": QUESTION},
        {"id": "all", "question": QUESTION},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)))
    printed = newsreader(elsewhere, "ask", "--batch", questions, "--articles", SAMPLES)
    answers = [json.loads(line) for line in printed.splitlines()]
    assert [answer["id"] for answer in answers] == ["one", "all"]
    assert any(answer["citations"] for answer in answers)
    for citation in (citation for answer in answers for citation in answer["citations"]):
        text = read_article(SAMPLES / citation["article"]).text(citation["paragraph"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_entities_are_found_where_they_stand(real_settings: Settings, elsewhere: Path) -> None:
    article = read_article(SAMPLE)
    [line] = newsreader(elsewhere, "entities", SAMPLE, "--json").splitlines()
    found = json.loads(line)["entities"]
    assert {entity["type"] for entity in found} >= {"PERSON", "PLACE"}
    for span in (span for entity in found for span in [*entity["mentions"], *entity["statements"]]):
        assert article.text(span["paragraph"])[span["start"] : span["end"]] == span["text"]
