"""How long newsreader takes, as its app sees it: from a request to the worker until the events of its answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

from models.article import Article
from models.entity import Entity
from models.question import Question
from models.settings import Settings
from rag.client import WorkerClient
from rag.messages import Answered, EntitiesReady, Event, EvidenceFound, Failed, Step, Token, Working

MID_BATCH_S = 1.0
"""Into the reading of an article: the first batch of tokens takes longer than this on a machine of few cores."""


@dataclass
class Asked:
    """A question about an article, and when (in seconds after it was asked) its events came."""

    article: Article
    question: str
    evidence_s: float = 0.0
    reading: list[float] = field(default_factory=list)
    """When the reading of the article went on; empty where the model had read it before."""
    tokens: list[float] = field(default_factory=list)
    answered_s: float = 0.0

    @property
    def reading_s(self) -> float:
        """How long the reading of the article took."""
        return self.reading[-1] - self.reading[0]

    @property
    def first_token_s(self) -> float:
        """When the answer began to appear."""
        return self.tokens[0]

    @property
    def writing_s(self) -> float:
        """How long the writing of a token took."""
        return (self.tokens[-1] - self.tokens[0]) / (len(self.tokens) - 1)


@dataclass(frozen=True)
class OwnSpeed:
    """All that was measured. ``unread`` questions were the first about an article that the model had not read."""

    entities: dict[str, tuple[Entity, ...]]
    unread: list[Asked]
    read: list[Asked]
    stop_reading_s: list[float]
    stop_writing_s: list[float]


class Failure(Exception):
    """The worker could not do what was measured."""


async def own_speed(settings: Settings, asked: Sequence[tuple[Article, Sequence[str]]], *, rounds: int) -> OwnSpeed:
    """Ask some questions about each of two or more articles, and stop answers to them. Raises ``Failure``.

    The first question about each, which finds it unread, is asked in so many ``rounds``, and stopped in as many.
    ``settings`` must keep no article on disk, so that each is read anew when it is come back to.
    """
    entities: dict[str, tuple[Entity, ...]] = {}
    async with worker(settings) as client:
        for article, _ in asked:
            async for event in checked(client.prepare(article.id, warm=False)):
                if isinstance(event, EntitiesReady):
                    entities[article.id] = event.entities
        last, questions = asked[-1]
        await ask(client, last, questions[0])  # loads the model
        unread, read = [], []
        for article, questions in asked:
            first, *others = [await ask(client, article, question) for question in questions]
            unread.append(first)
            read.extend(others)
        in_turn = [
            (article, questions[0]) for _ in range(rounds) for article, questions in asked
        ]  # each is unread then
        unread += [await ask(client, *one) for one in in_turn[len(asked) :]]
        stop_reading = [await stop(client, *one, writing=False) for one in in_turn]
        one_by_one = sorted(in_turn, key=lambda one: one[0].id)  # each is read once
        stop_writing = [await stop(client, *one, writing=True) for one in one_by_one]
    return OwnSpeed(entities, unread, read, stop_reading, stop_writing)


@asynccontextmanager
async def worker(settings: Settings) -> AsyncIterator[WorkerClient]:
    """Run a worker for as long as the block lasts."""
    client = WorkerClient(settings)
    try:
        yield client
    finally:
        await client.close()


async def checked(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Pass events on. Raises ``Failure`` for one that tells of a failure."""
    async for event in events:
        if isinstance(event, Failed):
            raise Failure(event.message)
        yield event


async def ask(client: WorkerClient, article: Article, question: str) -> Asked:
    """Ask a question, taking the time of what comes."""
    taken = Asked(article, question)
    began = time.perf_counter()
    async for event in checked(client.ask(Question(text=question, article_id=article.id))):
        now = time.perf_counter() - began
        if isinstance(event, EvidenceFound):
            taken.evidence_s = now
        elif isinstance(event, Working) and event.step is Step.READING:
            taken.reading.append(now)
        elif isinstance(event, Token):
            taken.tokens.append(now)
        elif isinstance(event, Answered):
            taken.answered_s = now
    return taken


async def first_token(client: WorkerClient, article: Article, question: str) -> float:
    """Ask a question, give the seconds until its answer begins, and stop it."""
    began = time.perf_counter()
    async with aclosing(client.ask(Question(text=question, article_id=article.id))) as events:
        async for event in checked(events):
            if isinstance(event, Token):
                return time.perf_counter() - began
    raise Failure("A question was answered without a word.")


async def stop(client: WorkerClient, article: Article, question: str, *, writing: bool) -> float:
    """Stop a question while the model reads the article, or writes; give the seconds until the worker is free again.

    It is free when it answers a request that costs next to nothing: for names that it has found before.
    """
    async with aclosing(client.ask(Question(text=question, article_id=article.id))) as events:
        async for event in checked(events):
            if writing and isinstance(event, Token):
                break
            if not writing and isinstance(event, Working) and event.step is Step.READING:
                await asyncio.sleep(MID_BATCH_S)
                break
    began = time.perf_counter()
    async for event in checked(client.recognise(article.id)):
        if isinstance(event, EntitiesReady):
            break
    return time.perf_counter() - began
