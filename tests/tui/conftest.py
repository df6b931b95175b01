"""Articles of our own, and the app and the command line on them, with a worker that says what the test tells it to."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.pilot import Pilot

from models.article import Article
from models.index_settings import IndexSettings
from models.settings import AnswerSettings, Settings
from rag.client import WorkerClient
from tests.tui.command_line import MAIN, ROOT, SCRIPT, STORY, WORKER, Run
from tui.app import NewsreaderApp
from tui.screens.reader import ReaderScreen

PATIENCE_S = 30.0
"""A busy machine takes its time; a test that passes does not."""

QUESTION = "What did Nowak promise?"

TEXTS = [
    "The ferry to Hollin Island will stop on Friday, the harbour board said.",
    'Mayor Irena Nowak called the decision "a blow to everybody who lives out there" and promised a bus over the '
    "causeway until a new ship is found.",
    "The board [bold]denied[/bold] that money was the reason [1]; the [/foo] hull is too thin, it says.",
    "Nowak and the board meet again on Monday. Fishermen offered their boats for the mail.",
    *(f"Sailing {n} of the timetable leaves at {n % 24}:15 and carries bread, mail and people." for n in range(5, 41)),
]


def make_article(headline: str = "Ferry to Hollin Island stops on Friday", texts: list[str] | None = None) -> Article:
    return Article.build(
        headline,
        TEXTS if texts is None else texts,
        published=date(2024, 3, 7),
        url="https://harbour-gazette.example/news/ferry-stops",
        origin="ferry.txt",
        notices=("3 bytes could not be decoded.",),
    )


def span(article: Article, paragraph: int, words: str) -> dict[str, Any]:
    start = article.text(paragraph).index(words)
    return {"paragraph": paragraph, "start": start, "end": start + len(words), "text": words}


def citation(article: Article, paragraph: int, words: str) -> dict[str, Any]:
    place = span(article, paragraph, words)
    quote = place.pop("text")
    return {"article_id": article.id, "quote": quote, **place}


def answered(citations: list[dict[str, Any]], *sentences: dict[str, Any], **other: Any) -> dict[str, Any]:
    text = " ".join(sentence["text"] for sentence in sentences)
    answer = {"text": text, "sentences": sentences, "citations": citations, "abstained": False, "model": "scripted"}
    return {"kind": "answered", "answer": answer | {"timings": {"total_s": 1.0}} | other}


def the_script(article: Article) -> dict[str, Any]:
    """Names, and an answer with two citations."""
    citations = [citation(article, 2, "a bus over the causeway"), citation(article, 4, "meet again on Monday")]
    promised = {"text": "Nowak promised a bus until a new ship is found.", "citations": [0]}
    meeting = {"text": "Nowak and the board meet again on Monday.", "citations": [1], "verbatim": True}
    nowak = {
        "name": "Irena Nowak",
        "type": "PERSON",
        "aliases": ["Nowak"],
        "role": "mayor",
        "mentions": [span(article, 2, "Irena Nowak"), span(article, 4, "Nowak")],
        "statements": [{**span(article, 2, "a blow to everybody who lives out there"), "cue": "called"}],
    }
    island = {"name": "Hollin Island", "type": "PLACE", "mentions": [span(article, 1, "Hollin Island")]}
    return {
        "entities": [nowak, island],
        "answers": {
            QUESTION: [
                {"kind": "working", "step": "looking for evidence"},
                {"kind": "evidence", "evidence": [{"article_id": article.id, "paragraph": 2, "score": 0.9}]},
                {"kind": "token", "text": "Nowak promised "},
                {"kind": "token", "text": "a bus."},
                answered(citations, promised, meeting),
            ]
        },
    }


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text(STORY)
    (folder / "bridge.txt").write_text("Bridge to open\n20240312\nThe bridge opens in June.\nIt cost a fortune.\n")
    return folder


class OpenApp(Protocol):
    def __call__(
        self,
        *articles: Article,
        script: dict[str, Any] | None = None,
        question: str | None = None,
        appearance: dict[str, Any] | None = None,
        answer: AnswerSettings | None = None,
        index: IndexSettings | None = None,
    ) -> NewsreaderApp: ...


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", log_dir=tmp_path / "log")


@pytest.fixture
def open_app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Give what makes an app on articles; it has no clock of its own, so that waiting times stay 0.0."""

    def make(
        *articles: Article,
        script: dict[str, Any] | None = None,
        question: str | None = None,
        appearance: dict[str, Any] | None = None,
        answer: AnswerSettings | None = None,
        index: IndexSettings | None = None,
    ) -> NewsreaderApp:
        monkeypatch.setenv("SCRIPT", json.dumps(the_script(articles[0]) if script is None else script))
        monkeypatch.delenv("TMUX", raising=False)
        looks = settings.appearance.model_copy(update=appearance or {})
        client = WorkerClient(settings, command=(sys.executable, str(WORKER)))
        return NewsreaderApp(
            list(articles),
            settings.model_copy(
                update={"appearance": looks, "answer": answer or settings.answer, "index": index or settings.index}
            ),
            question=question,
            client=client,
            clock=lambda: 0.0,
        )

    return make


async def wait_until(pilot: Pilot[Any], holds: Callable[[], object], what: str = "it") -> None:
    """Let the app run until something holds: ``pilot.pause`` alone waits neither for workers nor for layout."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_S
    while not holds():
        assert asyncio.get_running_loop().time() < deadline, f"waited in vain for {what}"
        await pilot.pause(0.01)
    await pilot.pause()


async def reading(pilot: Pilot[Any]) -> ReaderScreen:
    """Wait until the panes stand beside the article."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen) and pilot.app.screen.is_mounted)
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


async def ready(pilot: Pilot[Any]) -> ReaderScreen:
    """Wait until the names are there and the worker has nothing more to do."""
    screen = await reading(pilot)
    await wait_until(pilot, lambda: screen.status.state == "ready", "the worker")
    return screen


async def ask(pilot: Pilot[Any], screen: ReaderScreen, question: str = QUESTION) -> None:
    """Type a question and send it."""
    await pilot.press("a")
    screen.panel.question.value = question
    await pilot.press("enter")
    await wait_until(pilot, lambda: screen.panel.latest, "the question")


def seen(pilot: Pilot[Any]) -> str:
    """Give the characters that stand on the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
