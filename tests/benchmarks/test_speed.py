import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import cast

import pytest

from benchmarks.document import put
from benchmarks.first_frame import empty_app_s
from benchmarks.made_up import made_up
from benchmarks.own_speed import Failure, ask, stop
from benchmarks.rows import Row, report, row
from benchmarks.smoothness import Opening
from benchmarks.speed import DOCUMENT, growth
from benchmarks.spread import Spread
from models.answer import Answer, Timings
from models.article import Article
from models.question import Question
from rag.client import WorkerClient
from rag.messages import Answered, EntitiesReady, Event, EvidenceFound, Failed, Reason, Step, Token, Working

ARTICLE = Article.build("Ferry stops", ["It rusted."], origin="ferry.txt")
ANSWER = Answer(text="Rust.", sentences=(), citations=(), abstained=False, model="m", timings=Timings(total_s=0.1))
STEP_S = 0.02
READ: list[Event] = [
    Working(id=1, step=Step.RETRIEVING),
    EvidenceFound(id=1, evidence=()),
    Working(id=1, step=Step.READING, fraction=0.0),
    Working(id=1, step=Step.READING, fraction=1.0),
]
WRITE: list[Event] = [
    Token(id=1, text="Ru"),
    Token(id=1, text="st"),
    Token(id=1, text="."),
    Answered(id=1, answer=ANSWER),
]


class ScriptedClient:
    """Gives an event every ``STEP_S``; a question that is stopped keeps it busy for ``stopping_s``."""

    def __init__(self, events: list[Event], stopping_s: float = 0.0) -> None:
        self.events = events
        self.stopping_s = stopping_s
        self.given: list[Event] = []

    async def ask(self, _: Question) -> AsyncGenerator[Event, None]:
        for event in self.events:
            await asyncio.sleep(STEP_S)
            self.given.append(event)
            yield event

    async def recognise(self, article_id: str) -> AsyncGenerator[Event, None]:
        await asyncio.sleep(self.stopping_s)
        yield EntitiesReady(id=2, article_id=article_id, entities=())


def client(scripted: ScriptedClient) -> WorkerClient:
    return cast(WorkerClient, scripted)


async def test_a_question_is_timed_by_its_events() -> None:
    asked = await ask(client(ScriptedClient([*READ, *WRITE])), ARTICLE, "Why?")
    assert 2 * STEP_S <= asked.evidence_s < asked.first_token_s < asked.answered_s
    assert STEP_S <= asked.reading_s < asked.first_token_s
    assert len(asked.tokens) == 3
    assert STEP_S * 0.9 <= asked.writing_s < asked.answered_s


async def test_what_fails_is_not_timed() -> None:
    failed = Failed(id=1, reason=Reason.NO_MODEL, message="Pull a model.")
    with pytest.raises(Failure, match=r"Pull a model\."):
        await ask(client(ScriptedClient([failed])), ARTICLE, "Why?")


@pytest.mark.parametrize(("writing", "last"), [(True, WRITE[0]), (False, READ[2])])
async def test_stopping_is_timed_until_the_worker_is_free(
    writing: bool, last: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.own_speed.MID_BATCH_S", 0.0)
    scripted = ScriptedClient([*READ, *WRITE], stopping_s=0.1)
    taken = await stop(client(scripted), ARTICLE, "Why?", writing=writing)
    assert 0.1 <= taken < 0.1 + len(scripted.events) * STEP_S
    assert scripted.given[-1] == last


def test_a_row_compares_medians() -> None:
    assert row("a token", [1, 2, 3], [2, 3, 7]) == Row("a token", Spread(2, 3, 3), Spread(3, 7, 3), 1.5)
    assert row("evidence", [], [0.05]).ratio is None


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_report_is_in_milliseconds() -> None:
    _, _, line, other = report([row("a token", [0.02], [0.03]), row("evidence", [], [1.5])]).splitlines()
    assert cells(line) == ["a token", "1", "20 (20)", "30 (30)", "1.50", ""]
    assert cells(other) == ["evidence", "1", "", "1,500 (1,500)", "", ""]


@pytest.mark.parametrize(
    ("machine", "own", "goal", "reached"),
    [([1.0], [1.4], 1.5, True), ([1.0], [1.6], 1.5, False), ([], [0.02], 0.05, True), ([], [0.02], None, None)],
)
def test_a_goal_is_one_of_the_ratio_or_of_seconds(
    machine: list[float], own: list[float], goal: float | None, reached: bool | None
) -> None:
    made = row("a token", machine, own, goal)
    assert made.reached is reached
    assert ("✗" in report([made])) == (reached is False)


def test_growth_is_told_by_paragraphs() -> None:
    _, _, line = growth([Opening(1000, 0.02, 0.2, 0.01, 0.005)]).splitlines()
    assert cells(line) == ["1,000", "20", "200", "10", "5"]


def test_figures_are_put_into_their_place_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n<!-- figures -->\nold\n<!-- end -->\n<!-- growth -->\nkept\n<!-- end -->\n")
    put(page, "figures", r"new \1")
    assert page.read_text() == "Before.\n<!-- figures -->\nnew \\1\n<!-- end -->\n<!-- growth -->\nkept\n<!-- end -->\n"
    with pytest.raises(ValueError, match="no place for memory"):
        put(page, "memory", "new")


def test_the_page_has_a_place_for_each_table() -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    assert all(f"<!-- {name} -->" in page for name in ("figures", "growth", "memory"))


def test_made_up_articles_are_told_apart() -> None:
    one, other = made_up(3, "Hollin"), made_up(3, "Marrow")
    assert len(one.paragraphs) == 3
    assert one.id != other.id


@pytest.mark.real
def test_an_empty_app_is_seen_in_a_terminal() -> None:
    assert 0 < empty_app_s() < 30
