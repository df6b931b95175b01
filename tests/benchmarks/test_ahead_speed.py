"""How questions are typed and articles opened for measuring, with a scripted client."""

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from benchmarks import ahead_speed
from benchmarks.own_speed import Failure, first_token
from models.article import Article
from models.question import Question
from rag.client import WorkerClient
from rag.messages import Done, Event, EvidenceFound, Failed, Reason, Step, Token, Working

ARTICLE = Article.build("Ferry stops", ["It rusted."], origin="ferry.txt")
STEP_S = 0.01


class ScriptedClient:
    """Reads an article in four steps, answers with a word, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: list[Event] = [Token(id=1, text="Rust.")]

    async def ask(self, question: Question) -> AsyncGenerator[Event, None]:
        self.asked.append(question.text)
        for event in self.answers:
            await asyncio.sleep(STEP_S)
            yield event

    async def anticipate(self, question: Question, *, paused: bool) -> AsyncGenerator[Event, None]:
        self.asked.append(f"{question.text}…" if paused else question.text)
        yield EvidenceFound(id=1, evidence=())

    async def prepare(self, _: str) -> AsyncGenerator[Event, None]:
        for step in range(5):
            await asyncio.sleep(STEP_S)
            yield Working(id=1, step=Step.READING, fraction=step / 4)
            self.asked.append(f"read {step}")
        yield Done(id=1)


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> ScriptedClient:
    monkeypatch.setattr(ahead_speed, "WORD_S", 0.0)
    monkeypatch.setattr(ahead_speed, "PAUSE_S", 0.0)
    return ScriptedClient()


def client(scripted: ScriptedClient) -> WorkerClient:
    return cast(WorkerClient, scripted)


@pytest.mark.parametrize(("pause", "last"), [(False, []), (True, ["Why did it stop?…"])])
async def test_a_question_is_typed_word_by_word_and_then_sent(
    scripted: ScriptedClient, pause: bool, last: list[str]
) -> None:
    taken = await ahead_speed._typed(client(scripted), ARTICLE, "Why did it stop?", pause=pause)
    assert scripted.asked == ["Why did ", "Why did it ", *last, "Why did it stop?"]
    assert STEP_S * 0.9 <= taken < 1


@pytest.mark.parametrize(("until", "read_before"), [(1.0, 5), (0.4, 2)])
async def test_a_question_comes_when_so_much_has_been_read(
    scripted: ScriptedClient, until: float, read_before: int
) -> None:
    await ahead_speed._opened(client(scripted), ARTICLE, "Why?", until=until)
    assert abs(scripted.asked.index("Why?") - read_before) <= 1
    assert scripted.asked.count("read 4") == 1


async def test_what_fails_or_says_nothing_is_not_timed(scripted: ScriptedClient) -> None:
    scripted.answers = []
    with pytest.raises(Failure, match="without a word"):
        await first_token(client(scripted), ARTICLE, "Why?")
    scripted.answers = [Failed(id=1, reason=Reason.NO_MODEL, message="Pull a model.")]
    with pytest.raises(Failure, match=r"Pull a model\."):
        await first_token(client(scripted), ARTICLE, "Why?")
