"""What work ahead is worth: questions that are typed, articles opened again, questions that come too soon."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.own_speed import checked, first_token, worker
from models.article import Article
from models.question import Question
from models.settings import Settings, WorkAhead
from rag.client import WorkerClient
from rag.messages import Step, Working

WORD_S: Final = 0.6
"""How long somebody types at a word: a hundred words a minute."""

PAUSE_S: Final = 1.0
"""How long somebody looks at what was typed before sending it."""

HALF: Final = 0.4
"""The share of an article that has been read when the question comes too soon: the next batch makes it half or more."""


@dataclass
class AheadSpeed:
    """Seconds until the answer began to appear, one figure a question."""

    sent_at_once: list[float] = field(default_factory=list)
    """After Enter, where that followed the last letter."""
    paused: list[float] = field(default_factory=list)
    """After Enter, where the question was looked at before."""
    reopened: list[float] = field(default_factory=list)
    """Of an article that was read before the worker started."""
    too_soon: list[float] = field(default_factory=list)
    """After an article was opened, where the question came while it was being read."""
    in_time: list[float] = field(default_factory=list)
    """After an article was opened, where the question came when it had been read."""


async def ahead_speed(
    forgetful: Settings, keeping: Settings, asked: Sequence[tuple[Article, Sequence[str]]], *, rounds: int
) -> AheadSpeed:
    """Ask about two or more articles, which both libraries hold; those opened to be asked about, in so many rounds.

    Raises ``Failure``.

    ``forgetful`` settings keep no article on disk, so that each is read anew when it is come back to.
    """
    taken = AheadSpeed()
    async with worker(_ahead(forgetful)) as client:
        last, questions = asked[-1]
        await first_token(client, last, questions[0])  # loads the model
        for _ in range(rounds):
            for article, questions in asked:
                taken.in_time.append(await _opened(client, article, questions[0], until=1.0))
            for article, questions in asked:
                taken.too_soon.append(await _opened(client, article, questions[0], until=HALF))
    async with worker(_ahead(keeping)) as client:
        for article, questions in asked:
            await first_token(client, article, questions[0])  # reads it, and keeps it
    async with worker(_ahead(keeping)) as client:
        await first_token(client, *_first(asked[-1]))  # loads the model
        for row in zip(*(questions for _, questions in asked), strict=False):
            for (article, _), question in zip(asked, row, strict=True):
                taken.reopened.append(await first_token(client, article, question))
        for article, questions in asked:
            await first_token(client, article, questions[0])
            for question in questions[1:]:
                taken.sent_at_once.append(await _typed(client, article, question, pause=False))
                taken.paused.append(await _typed(client, article, question, pause=True))
    return taken


def _ahead(settings: Settings) -> Settings:
    """Have the machine work ahead, whatever it runs on."""
    return settings.model_copy(update={"answer": settings.answer.model_copy(update={"warm": WorkAhead.ALWAYS})})


def _first(asked: tuple[Article, Sequence[str]]) -> tuple[Article, str]:
    article, questions = asked
    return article, questions[0]


async def _opened(client: WorkerClient, article: Article, question: str, *, until: float) -> float:
    """Open an article, ask when so much of it has been read, and give the seconds from the opening to the answer."""
    began = time.perf_counter()
    read = asyncio.Event()

    async def prepare() -> None:
        async for event in checked(client.prepare(article.id)):
            if isinstance(event, Working) and event.step is Step.READING and (event.fraction or 0.0) >= until:
                read.set()
        read.set()

    preparing = asyncio.create_task(prepare())
    await read.wait()
    if until == 1.0:
        await preparing
    await first_token(client, article, question)
    taken = time.perf_counter() - began
    await preparing
    return taken


async def _typed(client: WorkerClient, article: Article, question: str, *, pause: bool) -> float:
    """Type a question word by word as the app does, send it, and give the seconds from then on."""
    words = question.split()
    for count in range(2, len(words)):
        await _anticipated(client, article, " ".join(words[:count]) + " ", WORD_S, paused=False)
    if pause:
        await _anticipated(client, article, question, PAUSE_S, paused=True)
    else:
        await asyncio.sleep(WORD_S)
    return await first_token(client, article, question)


async def _anticipated(client: WorkerClient, article: Article, typed: str, seconds: float, *, paused: bool) -> None:
    """Have the worker get ready for what is typed, and wait so long in all."""
    began = time.perf_counter()
    async for _ in checked(client.anticipate(Question(text=typed, article_id=article.id), paused=paused)):
        pass
    await asyncio.sleep(max(seconds - (time.perf_counter() - began), 0.0))
