"""The client of the worker process: what the app, the command line and the tests ask questions through."""

import asyncio
import itertools
import os
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from models.question import Question
from models.settings import Settings
from rag.messages import (
    EVENT,
    FINAL_EVENTS,
    SETTINGS_VARIABLE,
    Anticipate,
    Ask,
    Cancel,
    Event,
    Failed,
    IndexLibrary,
    MakeBrief,
    Notice,
    Prepare,
    Ready,
    Reason,
    Recognise,
    Request,
)

LINE_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of one message at the most: the entities of the longest article fit many times over."""

STOP_GRACE_S: Final = 2.0
"""How long the worker may take to end by itself when it is closed; then it is killed."""

WORKER_COMMAND: Final = (sys.executable, "-P", "-m", "rag.worker")
"""``-P``: a folder called ``rag`` or ``models`` where the user happens to be is not ours, and must not be run."""


class WorkerClient:
    """Starts the worker process, sends it requests and hands out their events.

    The worker starts with the first request (or ``start``), is restarted by the next request after a crash, and is
    ended by ``close``. Use it from one event loop.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        command: tuple[str, ...] = WORKER_COMMAND,
        on_notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._command = command
        self._on_notice = on_notice
        self._ids = itertools.count(1)
        self._queues: dict[int, asyncio.Queue[Event]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()

    @property
    def log_file(self) -> Path:
        """What the worker and the native libraries in it print."""
        return self._settings.log_dir / "worker.log"

    async def start(self) -> None:
        """Start the worker if it is not running. Raises ``OSError`` where a process can't be started."""
        async with self._starting:
            if self._process is not None and self._process.returncode is None:
                return
            self._settings.log_dir.mkdir(parents=True, exist_ok=True)
            with self.log_file.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *self._command,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=log,
                    limit=LINE_LIMIT,
                    start_new_session=True,  # Ctrl+C in the terminal is for the app alone
                    env=os.environ | {SETTINGS_VARIABLE: self._settings.model_dump_json()},
                )
            self._queues = {}
            self._reader = asyncio.create_task(self._read(self._process, self._queues), name="worker-events")

    def prepare(self, article_id: str, *, warm: bool = True, ahead: bool = False) -> AsyncGenerator[Event, None]:
        """Make an article of the store ready to be asked about; ``ahead`` of its being opened, when there is time."""
        return self._events(Prepare(id=next(self._ids), article_id=article_id, warm=warm, ahead=ahead))

    def ask(self, question: Question) -> AsyncGenerator[Event, None]:
        """Answer a question. Closing the iterator before its end cancels the request."""
        return self._events(Ask(id=next(self._ids), question=question))

    def anticipate(self, question: Question, *, paused: bool = True) -> AsyncGenerator[Event, None]:
        """Get ready for a question that is still being typed, or may be complete where the reader has ``paused``."""
        return self._events(Anticipate(id=next(self._ids), question=question, paused=paused))

    def recognise(self, article_id: str) -> AsyncGenerator[Event, None]:
        """Recognise the entities of an article of the store."""
        return self._events(Recognise(id=next(self._ids), article_id=article_id))

    def brief(self, since: date | None = None, *, not_before: datetime | None = None) -> AsyncGenerator[Event, None]:
        """Make the brief of the days from ``since`` on, or give the one that is there."""
        return self._events(MakeBrief(id=next(self._ids), since=since, not_before=not_before))

    def index(self) -> AsyncGenerator[Event, None]:
        """Put all articles of the store into the vector index."""
        return self._events(IndexLibrary(id=next(self._ids)))

    async def close(self) -> None:
        """End the worker: by closing its input, and by force where that does not do."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_GRACE_S)
        except TimeoutError:
            process.kill()
            await process.wait()
        if self._reader is not None:
            await self._reader

    async def _events(
        self, request: Prepare | Ask | Anticipate | Recognise | MakeBrief | IndexLibrary
    ) -> AsyncGenerator[Event, None]:
        await self.start()
        queue: asyncio.Queue[Event] = asyncio.Queue()
        queues = self._queues  # of the process that gets the request: the end of an earlier one does not concern it
        queues[request.id] = queue
        ended = False
        try:
            await self._send(request)
            while not ended:
                event = await queue.get()
                ended = isinstance(event, FINAL_EVENTS)
                yield event
        finally:
            del queues[request.id]
            if not ended:
                await self._send(Cancel(id=request.id))

    async def _send(self, request: Request) -> None:
        process = self._process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return
        try:
            process.stdin.write(request.model_dump_json().encode() + b"\n")
            await process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            return  # the reader task tells every waiting request that the worker has died

    async def _read(self, process: asyncio.subprocess.Process, queues: dict[int, asyncio.Queue[Event]]) -> None:
        assert process.stdout is not None  # noqa: S101 -- it was opened as a pipe
        try:
            while line := await process.stdout.readline():
                self._hand_out(EVENT.validate_json(line), queues)
        except ValueError:
            pass  # half a message of a worker that died, or one that is too long: those who wait are told below
        finally:
            if not process.stdout.at_eof():
                with suppress(ProcessLookupError):
                    process.kill()  # nobody listens to it any more
            await process.wait()
            for request_id, queue in queues.items():
                queue.put_nowait(self._crashed(request_id, process))

    def _crashed(self, request_id: int, process: asyncio.subprocess.Process) -> Failed:
        return Failed(
            id=request_id,
            reason=Reason.CRASHED,
            message=f"The worker process ended (status {process.returncode}). "
            f"It starts again with the next question; its log is {self.log_file}.",
        )

    def _hand_out(self, event: Event, queues: dict[int, asyncio.Queue[Event]]) -> None:
        if isinstance(event, Notice):
            self._on_notice(event.text)
        elif isinstance(event, Ready):
            return
        elif queue := queues.get(event.id):
            queue.put_nowait(event)
