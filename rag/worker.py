"""The worker process: owns the engines and answers requests, one JSON object a line on standard input and output.

Run as ``python -m rag.worker`` by ``rag.client``. Native libraries print as they please; the file descriptor of
standard output is therefore taken from them before the first of them is loaded, and points to the log.
"""

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from library.store import Store, StoreUnusable
from models.answer import AnswerSentence, Citation, Evidence
from models.base import Frozen
from models.settings import Settings
from rag.failures import EndpointFailed, IndexFailed, IndexNotHeld, ModelUnusable, NoSuchArticle
from rag.freed_memory import give_back
from rag.messages import (
    REQUEST,
    SETTINGS_VARIABLE,
    Answered,
    Anticipate,
    Ask,
    BegunAnew,
    BriefReady,
    Cancel,
    Cancelled,
    Done,
    EntitiesReady,
    Event,
    EvidenceFound,
    Failed,
    Indexing,
    IndexLibrary,
    MakeBrief,
    Notice,
    Prepare,
    Ready,
    Reason,
    Recognise,
    SentencesSettled,
    Step,
    Token,
    Working,
)
from rag.model_files.errors import ModelMissing
from rag.stop_flag import StopFlag, Stopped

if TYPE_CHECKING:
    from rag.pipeline import Pipeline


class Warm(Frozen):
    """The rest of a ``Prepare``: warming the model. It gives way to questions, and is taken up again after them."""

    id: int
    article_id: str
    ahead: bool


Job = Prepare | Ask | Anticipate | Recognise | Warm | MakeBrief | IndexLibrary
"""A request that takes time; ``Cancel`` acts at once."""


class GaveWay(Exception):
    """A job was left for a more urgent one."""


class Outbox:
    """Writes events, a line each; both threads use it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, event: Event) -> None:
        """Send an event to the client. One that is gone needs none."""
        with self._lock, suppress(BrokenPipeError):
            self._stream.write(event.model_dump_json().encode() + b"\n")
            self._stream.flush()


class Inbox:
    """Requests as they come in, read by a thread of its own, so that a running job can be stopped."""

    def __init__(self, stream: BinaryIO, stop: StopFlag) -> None:
        self._stream = stream
        self._stop = stop
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._cancelled: set[int] = set()
        self._closed = False

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()

    def jobs(self) -> Iterator[Job]:
        """Give the jobs to run until the client closes its end, first what can wait least, else as they came."""
        while True:
            with self._changed:
                self._running = None
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job = min(self._waiting, key=lambda j: (_rank(j), j.id))
                self._waiting.remove(job)
                self._running = job
                self._stop.clear()
                if job.id in self._cancelled:
                    self._stop.set()
            yield job

    def put(self, job: Job) -> None:
        """Add a job."""
        with self._changed:
            self._waiting.append(job)
            self._changed.notify()

    def is_cancelled(self, job: Job) -> bool:
        """Tell whether the client wants nothing more of a job."""
        return job.id in self._cancelled

    def must_give_way(self, job: Job) -> bool:
        """Tell whether one waits that can wait less than a job."""
        with self._changed:
            return any(_rank(waiting) < _rank(job) for waiting in self._waiting)

    def _read(self) -> None:
        try:
            for line in self._stream:
                request = REQUEST.validate_json(line)
                if isinstance(request, Cancel):
                    self._cancel(request.id)
                else:
                    self._interrupt_for(request)
                    self.put(request)
        finally:
            with self._changed:
                self._closed = True
                self._stop.set()
                self._changed.notify()

    def _cancel(self, job_id: int) -> None:
        with self._changed:
            self._cancelled.add(job_id)
            running = self._running
            if isinstance(running, Anticipate) or (running is not None and running.id == job_id):
                self._stop.set()  # what is anticipated may be the beginning of the very question that is cancelled

    def _interrupt_for(self, request: Prepare | Ask | Anticipate | Recognise | MakeBrief | IndexLibrary) -> None:
        """Stop in mid-batch what is of no use any more, now that something else is asked for."""
        with self._changed:
            if not _of_use(self._running, request):
                self._stop.set()
            if isinstance(request, Ask):
                self._cancelled.update(job.id for job in self._waiting if isinstance(job, Anticipate))


def _rank(job: Job) -> int:
    """Say how long a job can wait: what the reader waits for comes first, what may be wanted one day last."""
    match job:
        case Prepare(ahead=True) | Warm(ahead=True):
            return 4
        case MakeBrief():
            return 3
        case Warm():
            return 2
        case Anticipate():
            return 1
        case _:
            return 0


def _of_use(running: Job | None, request: Prepare | Ask | Anticipate | Recognise | MakeBrief | IndexLibrary) -> bool:
    """Tell whether what is running is waited for, or of use to a request."""
    match running, request:
        case Warm(article_id=warmed), Ask(question=question) | Anticipate(question=question):
            return question.article_id == warmed
        case Warm(article_id=warmed), Prepare(article_id=wanted) | Recognise(article_id=wanted):
            return wanted == warmed
        case Anticipate(question=begun, paused=True), Ask(question=question):
            return question == begun
        case MakeBrief(), Prepare(ahead=True) | MakeBrief():
            return True
        case ((Anticipate() | MakeBrief()), _):
            return False
        case _:
            return True


class Reporter:
    """Tells the client what the pipeline does for one job."""

    def __init__(self, job: Job, inbox: Inbox, outbox: Outbox) -> None:
        self._job = job
        self._inbox = inbox
        self._outbox = outbox

    def working(self, step: Step, fraction: float | None = None) -> None:
        """Pass on a step. Raises ``GaveWay`` where something more urgent waits."""
        self._outbox.send(Working(id=self._job.id, step=step, fraction=fraction))
        if isinstance(self._job, Warm | MakeBrief) and self._inbox.must_give_way(self._job):
            raise GaveWay

    def indexing(self, done: int, total: int) -> None:
        """Pass on how far the indexing of the library is."""
        self._outbox.send(Indexing(id=self._job.id, done=done, total=total))

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        """Pass on the evidence."""
        self._outbox.send(EvidenceFound(id=self._job.id, evidence=found))

    def token(self, text: str) -> None:
        """Pass on a piece of the answer."""
        self._outbox.send(Token(id=self._job.id, text=text))

    def settled(self, sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...], written: int) -> None:
        """Pass on the sentences that have passed."""
        self._outbox.send(SentencesSettled(id=self._job.id, sentences=sentences, citations=citations, written=written))


class Worker:
    """Runs jobs one after the other."""

    def __init__(self, pipeline: "Pipeline", inbox: Inbox, outbox: Outbox) -> None:
        self._pipeline = pipeline
        self._inbox = inbox
        self._outbox = outbox
        self._retried: set[int] = set()

    def run(self) -> None:
        """Run jobs until the client closes its end."""
        for job in self._inbox.jobs():
            if (event := self._outcome(job)) is not None:
                self._outbox.send(event)
            if not isinstance(job, Anticipate):  # which is one of many, and holds little
                give_back()

    def _outcome(self, job: Job) -> Event | None:
        """Run a job and give the event that ends it, or says that it is begun anew; None where it goes on later."""
        if self._inbox.is_cancelled(job):
            return Cancelled(id=job.id)
        try:
            self._pipeline.take_index()
            return self._run(job, Reporter(job, self._inbox, self._outbox))
        except (Stopped, GaveWay):
            if self._inbox.is_cancelled(job) or isinstance(job, Anticipate):
                return Cancelled(id=job.id)
            self._inbox.put(job)
            return None
        except IndexFailed as error:
            if job.id in self._retried:
                return Failed(id=job.id, reason=Reason.INTERNAL, message=f"The index fails again and again ({error}).")
            self._retried.add(job.id)
            self._pipeline.renew_index(error)
            self._inbox.put(job)
            return BegunAnew(id=job.id)
        except ModelMissing as error:
            return Failed(id=job.id, reason=Reason.NO_MODEL, message=str(error))
        except ModelUnusable as error:
            return Failed(id=job.id, reason=Reason.BAD_MODEL, message=str(error))
        except NoSuchArticle as error:
            return Failed(id=job.id, reason=Reason.NO_ARTICLE, message=str(error))
        except EndpointFailed as error:
            return Failed(id=job.id, reason=Reason.ENDPOINT, message=str(error))
        except (IndexNotHeld, StoreUnusable) as error:
            return Failed(id=job.id, reason=Reason.INTERNAL, message=str(error))
        except Exception as error:  # noqa: BLE001 -- a fault in one job must not end those of the others
            traceback.print_exc()
            return Failed(
                id=job.id,
                reason=Reason.INTERNAL,
                message=f"Something went wrong ({type(error).__name__}). The worker's log says more; please report it.",
            )

    def _run(self, job: Job, reporter: Reporter) -> Event | None:
        match job:
            case Prepare():
                self._recognise(job, reporter)
                reporter.working(Step.INDEXING)
                self._pipeline.index(self._pipeline.article(job.article_id), ahead=job.ahead)
                if not job.warm:
                    return Done(id=job.id)
                self._inbox.put(Warm(id=job.id, article_id=job.article_id, ahead=job.ahead))
                return None
            case Warm():
                self._pipeline.warm(self._pipeline.article(job.article_id), reporter, ahead=job.ahead)
                return Done(id=job.id)
            case Anticipate():
                self._pipeline.anticipate(job.question, reporter, paused=job.paused)
                return Done(id=job.id)
            case Recognise():
                self._recognise(job, reporter)
                return Done(id=job.id)
            case MakeBrief():
                for brief in self._pipeline.brief(job.since, job.not_before, reporter):
                    self._outbox.send(BriefReady(id=job.id, brief=brief))
                return Done(id=job.id)
            case IndexLibrary():
                self._pipeline.index_library(reporter.indexing)
                return Done(id=job.id)
            case Ask():
                return Answered(id=job.id, answer=self._pipeline.answer(job.question, reporter))

    def _recognise(self, job: Prepare | Recognise, reporter: Reporter) -> None:
        reporter.working(Step.RECOGNISING)
        entities = self._pipeline.entities(self._pipeline.article(job.article_id))
        self._outbox.send(EntitiesReady(id=job.id, article_id=job.article_id, entities=entities))


def protocol_output() -> BinaryIO:
    """Take standard output for the protocol alone: what else is printed goes where standard error goes."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output


def main() -> None:
    """Serve the client at the other end of standard input and output."""
    outbox = Outbox(protocol_output())
    settings = Settings.model_validate_json(os.environ.pop(SETTINGS_VARIABLE))
    stop = StopFlag()
    inbox = Inbox(sys.stdin.buffer, stop)
    inbox.start()

    from rag.engines import Engines  # late: it takes seconds, and a cancelled or closed worker needs none of it
    from rag.pipeline import Pipeline

    def tell(notice: str) -> None:
        outbox.send(Notice(text=notice))

    with Store.open(settings.library_file) as store, Engines(settings, stop, tell) as engines:
        outbox.send(Ready())
        if not settings.index.url:  # a server may be waited for: only in a job, which can be stopped
            engines.index_holder.take()
        Worker(Pipeline(engines, store), inbox, outbox).run()


if __name__ == "__main__":
    main()
