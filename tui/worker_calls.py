"""What the commands ask of the worker process, each as one call that gives a result or says why there is none."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import date, datetime
from typing import Final

import click

from models.answer import Answer
from models.brief import Brief
from models.entity import Entity
from models.question import Question
from models.settings import Settings
from rag.client import WorkerClient
from rag.messages import Answered, BriefReady, EntitiesReady, Event, Failed, Indexing, Reason, Working
from tui.errors import Failure
from tui.foreign import shown
from tui.progress_line import ProgressLine

HOPELESS: Final = {Reason.NO_MODEL, Reason.BAD_MODEL}


class WorkerFailed(Failure):
    """The worker could not do what was asked; the message says what to do next.

    ``hopeless`` says whether the next request would fail just the same.
    """

    def __init__(self, message: str, *, hopeless: bool) -> None:
        super().__init__(message)
        self.hopeless = hopeless


@asynccontextmanager
async def worker(settings: Settings) -> AsyncIterator[WorkerClient]:
    """Run a worker for as long as the block lasts; what the reader should know goes to standard error."""
    client = WorkerClient(settings, on_notice=_tell)
    try:
        yield client
    finally:
        await client.close()


def _tell(notice: str) -> None:
    click.echo(f"Note: {shown(notice)}", err=True)


async def answer(client: WorkerClient, question: Question, progress: ProgressLine, *, label: str = "") -> Answer:
    """Ask, and wait for the answer. Raises ``WorkerFailed``."""
    answers = [e.answer async for e in _events(client.ask(question), progress, label) if isinstance(e, Answered)]
    return answers[0]


async def entities(
    client: WorkerClient, article_id: str, progress: ProgressLine, *, label: str = ""
) -> tuple[Entity, ...]:
    """Recognise the entities of an article of the store. Raises ``WorkerFailed``."""
    events = _events(client.recognise(article_id), progress, label)
    found = [e.entities async for e in events if isinstance(e, EntitiesReady)]
    return found[-1]


async def briefs(
    client: WorkerClient, progress: ProgressLine, since: date | None, *, not_before: datetime | None
) -> AsyncGenerator[Brief, None]:
    """Make the brief, and give it each time that more of it is done. Raises ``WorkerFailed``."""
    async with aclosing(client.brief(since, not_before=not_before)) as events:
        async for event in _events(events, progress, ""):
            if isinstance(event, BriefReady):
                yield event.brief


async def index(client: WorkerClient, progress: ProgressLine, on_indexing: Callable[[Indexing], None]) -> None:
    """Put all articles of the store into the vector index. Raises ``WorkerFailed``."""
    async for event in _events(client.index(), progress, ""):
        if isinstance(event, Indexing):
            on_indexing(event)


async def _events(source: AsyncIterator[Event], progress: ProgressLine, label: str) -> AsyncIterator[Event]:
    """Pass events on, showing those that tell progress. Raises ``WorkerFailed`` for one that tells a failure."""
    try:
        async for event in source:
            if isinstance(event, Working):
                done = "" if event.fraction is None else f" {event.fraction:.0%}"
                progress.show(f"{label}{event.step.value}{done} …")
            elif isinstance(event, Failed):
                raise WorkerFailed(event.message, hopeless=event.reason in HOPELESS)
            else:
                yield event
    except OSError as error:
        advice = "Mend that, or set another folder for its log: log_dir in config.toml."
        raise WorkerFailed(f"The worker process can't be started: {error}. {advice}", hopeless=True) from error
    finally:
        progress.clear()
