"""The worker's order of work, stopping and failing, with a scripted pipeline."""

import io
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.answer import Answer, Timings
from models.article import Article
from models.brief import Brief
from models.question import Question
from rag import worker as worker_module
from rag.failures import IndexFailed
from rag.messages import EVENT, Anticipate, Ask, BegunAnew, Cancel, Cancelled, Event, MakeBrief, Prepare, Reason, Step
from rag.model_files.errors import ModelMissing
from rag.stop_flag import StopFlag
from rag.worker import Inbox, Outbox, Worker

ARTICLE = Article.build("Bridge closes", ["It rusted."], origin="bridge.txt")
ANSWER = Answer(text="Yes.", sentences=(), citations=(), abstained=False, model="m", timings=Timings(total_s=0.1))
BRIEF = Brief(since=date(2024, 3, 6), until=date(2024, 3, 7), made_at=datetime.now(UTC), stories=())
PATIENCE_S = 5.0


class ScriptedPipeline:
    """Warms for ever, unless stopped; answers at once, unless told to fail."""

    def __init__(self, stop: StopFlag) -> None:
        self.stop = stop
        self.done: list[str] = []
        self.warming = threading.Event()
        self.let_warm = threading.Event()
        self.anticipating = threading.Event()
        self.let_anticipate = threading.Event()
        self.failure: Exception | None = None
        self.taking_fails: Exception | None = None
        self.heals = True

    def take_index(self) -> None:
        """The index is there, unless it is told to fail, once."""
        failure, self.taking_fails = self.taking_fails, None
        if failure:
            raise failure

    def renew_index(self, _: Exception) -> None:
        self.done.append("renew index")
        if self.heals:
            self.failure = None

    def article(self, article_id: str) -> Article:
        return ARTICLE.model_copy(update={"id": article_id})

    def entities(self, article: Article) -> tuple[()]:
        self.done.append(f"entities {article.id}")
        return ()

    def index(self, article: Article, *, ahead: bool) -> None:
        self.ahead = ahead
        self.done.append(f"index {article.id}")

    def warm(self, article: Article, listener: Any, *, ahead: bool) -> None:
        self.ahead = ahead
        self.warming.set()
        while not self.let_warm.is_set():
            self.stop.check()
            listener.working(Step.READING, 0.5)
            time.sleep(0.01)
        self.done.append(f"warm {article.id}")

    def anticipate(self, question: Question, _: Any, *, paused: bool) -> None:
        self.paused = paused
        self.anticipating.set()
        while not self.let_anticipate.is_set():
            self.stop.check()
            time.sleep(0.01)
        self.done.append(f"anticipate {question.text}")

    def brief(self, *args: Any) -> Iterator[Brief]:
        *_, listener = args
        self.warming.set()
        while not self.let_warm.is_set():
            self.stop.check()
            listener.working(Step.BRIEFING, 0.5)
            time.sleep(0.01)
        self.done.append("brief")
        yield BRIEF

    def answer(self, question: Question, _: Any) -> Answer:
        if self.failure:
            raise self.failure
        self.done.append(f"answer {question.text}")
        return ANSWER


class Rig:
    """A worker in a thread, with pipes as its input and output."""

    def __init__(self) -> None:
        stop = StopFlag()
        self.pipeline = ScriptedPipeline(stop)
        read, self._write = os.pipe()
        self.inbox = Inbox(os.fdopen(read, "rb"), stop)
        self.output = io.BytesIO()
        worker = Worker(self.pipeline, self.inbox, Outbox(self.output))  # type: ignore[arg-type]
        self.inbox.start()
        self._thread = threading.Thread(target=worker.run)
        self._thread.start()

    def send(self, *requests: Prepare | Ask | Anticipate | MakeBrief | Cancel) -> None:
        for request in requests:
            os.write(self._write, request.model_dump_json().encode() + b"\n")

    def events(self, kind: str) -> list[Event]:
        return [e for e in map(EVENT.validate_json, self.output.getvalue().splitlines()) if e.kind == kind]

    def wait_for(self, kind: str, count: int = 1) -> list[Event]:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if len(found := self.events(kind)) >= count:
                return found
            time.sleep(0.01)
        raise AssertionError(f"no {kind}: {self.output.getvalue()!r}")

    def close(self) -> None:
        os.close(self._write)
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()


@pytest.fixture
def rig() -> Any:
    made = Rig()
    yield made
    made.close()


def ask(number: int, text: str, article_id: str = "a") -> Ask:
    return Ask(id=number, question=Question(text=text, article_id=article_id))


def test_a_question_about_the_article_being_warmed_goes_before_the_rest_of_the_warming(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(ask(2, "why?"))
    rig.wait_for("answered")
    rig.pipeline.let_warm.set()
    rig.wait_for("done")
    assert rig.pipeline.done == ["entities a", "index a", "answer why?", "warm a"]


def test_a_question_about_another_article_stops_the_warming_at_once(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(ask(2, "why?", article_id="b"))
    rig.wait_for("answered")
    assert rig.pipeline.done[-1] == "answer why?"


def anticipate(number: int, text: str, article_id: str = "a") -> Anticipate:
    return Anticipate(id=number, question=Question(text=text, article_id=article_id))


def test_a_question_that_is_typed_on_stops_what_was_anticipated_of_it(rig: Rig) -> None:
    rig.send(anticipate(1, "why"))
    assert rig.pipeline.anticipating.wait(PATIENCE_S)
    rig.send(ask(2, "why not?"))
    rig.wait_for("answered")
    assert rig.pipeline.done == ["answer why not?"]
    assert [e.id for e in rig.events("cancelled") if e.kind == "cancelled"] == [1]


def test_what_is_anticipated_of_the_question_that_is_asked_is_brought_to_its_end(rig: Rig) -> None:
    rig.send(anticipate(1, "why?"))
    assert rig.pipeline.anticipating.wait(PATIENCE_S)
    rig.send(ask(2, "why?"))
    time.sleep(0.05)
    assert not rig.events("cancelled")
    rig.pipeline.let_anticipate.set()
    rig.wait_for("answered")
    assert rig.pipeline.done == ["anticipate why?", "answer why?"]


def test_stopping_the_question_stops_what_is_anticipated_of_it(rig: Rig) -> None:
    rig.send(anticipate(1, "why?"))
    assert rig.pipeline.anticipating.wait(PATIENCE_S)
    rig.send(ask(2, "why?"), Cancel(id=2))
    rig.wait_for("cancelled", 2)
    assert rig.pipeline.done == []


def test_what_was_to_be_anticipated_of_a_question_that_has_been_asked_is_left(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    inbox = rig.inbox
    with inbox._changed:  # so that both have come when the worker looks
        inbox._waiting.append(anticipate(2, "why"))
    rig.send(ask(3, "why?"))
    rig.wait_for("answered")
    rig.wait_for("cancelled")
    assert rig.pipeline.done[-1] == "answer why?"


def test_warming_gives_way_to_a_question_that_is_being_typed(rig: Rig) -> None:
    rig.pipeline.let_anticipate.set()
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(anticipate(2, "why"))
    rig.wait_for("done")
    rig.pipeline.let_warm.set()
    rig.wait_for("done", 2)
    assert rig.pipeline.done == ["entities a", "index a", "anticipate why", "warm a"]


def test_what_may_be_opened_next_waits_for_all_else(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(Prepare(id=2, article_id="b", ahead=True))
    rig.send(Prepare(id=3, article_id="a", warm=False))
    rig.wait_for("done")
    assert "entities b" not in rig.pipeline.done
    rig.pipeline.let_warm.set()
    rig.wait_for("done", 3)
    assert rig.pipeline.done[-4:] == ["warm a", "entities b", "index b", "warm b"]
    assert rig.pipeline.ahead


def test_memory_is_given_back_after_each_job_but_those_that_typing_brings(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back_after: list[list[str]] = []
    monkeypatch.setattr(worker_module, "give_back", lambda: given_back_after.append(list(rig.pipeline.done)))
    rig.pipeline.let_anticipate.set()
    rig.send(anticipate(1, "why w"))
    rig.wait_for("done")
    rig.send(ask(2, "why?"))
    rig.wait_for("answered")
    rig.send(ask(3, "when?"))
    rig.wait_for("answered", 2)  # the job before it is wholly done by then
    assert given_back_after[0] == ["anticipate why w", "answer why?"]


def test_a_running_job_is_cancelled(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(Cancel(id=1))
    assert [e.id for e in rig.wait_for("cancelled") if e.kind == "cancelled"] == [1]


def test_a_waiting_job_is_cancelled_without_being_run(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(Prepare(id=2, article_id="b"), Cancel(id=2), Cancel(id=1))
    rig.wait_for("cancelled", 2)
    assert "warm b" not in rig.pipeline.done


def test_what_is_missing_is_said_and_the_worker_goes_on(rig: Rig) -> None:
    rig.pipeline.failure = ModelMissing("Pull it with: newsreader models pull")
    rig.send(ask(1, "why?"))
    (failed,) = rig.wait_for("failed")
    assert failed.kind == "failed"
    assert failed.reason is Reason.NO_MODEL
    assert "models pull" in failed.message
    rig.pipeline.failure = None
    rig.send(ask(2, "why?"))
    rig.wait_for("answered")


def test_a_fault_in_one_job_leaves_the_others_alone(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    rig.pipeline.failure = ZeroDivisionError("oops")
    rig.send(ask(1, "why?"))
    (failed,) = rig.wait_for("failed")
    assert failed.kind == "failed"
    assert failed.reason is Reason.INTERNAL
    assert "oops" not in failed.message
    assert "oops" in capsys.readouterr().err
    rig.pipeline.failure = None
    rig.send(ask(2, "why?"))
    rig.wait_for("answered")


def test_a_question_is_asked_again_of_a_new_index_when_the_index_has_failed(rig: Rig) -> None:
    rig.pipeline.failure = IndexFailed("InternalError: Error loading hnsw index")
    rig.send(ask(1, "why?"))
    rig.wait_for("answered")
    assert rig.pipeline.done == ["renew index", "answer why?"]
    assert rig.events("begun-anew") == [BegunAnew(id=1)], "what was said of it before must not stand beside what comes"


def test_an_index_that_fails_again_is_said_to_fail(rig: Rig) -> None:
    rig.pipeline.failure = IndexFailed("InternalError: Error loading hnsw index")
    rig.pipeline.heals = False
    rig.send(ask(1, "why?"))
    (failed,) = rig.wait_for("failed")
    assert failed.kind == "failed"
    assert "hnsw" in failed.message
    assert rig.pipeline.done == ["renew index"]


def test_closing_ends_it_in_the_middle_of_a_job(rig: Rig) -> None:
    rig.send(Prepare(id=1, article_id="a"))
    assert rig.pipeline.warming.wait(PATIENCE_S)


def test_a_brief_gives_way_to_questions_and_to_warming_and_goes_on_after_them(rig: Rig) -> None:
    rig.send(MakeBrief(id=1))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(Ask(id=2, question=Question(text="Why?", article_id="b")))
    rig.wait_for("answered")
    rig.send(Prepare(id=3, article_id="c"))
    rig.wait_for("entities")
    rig.pipeline.let_warm.set()
    rig.wait_for("done", 2)
    order = [step for step in rig.pipeline.done if step in ("answer Why?", "warm c", "brief")]
    assert order == ["answer Why?", "warm c", "brief"]
    assert [event.brief for event in rig.events("brief-ready")] == [BRIEF]  # type: ignore[union-attr]


def test_a_brief_that_is_stopped_ends(rig: Rig) -> None:
    rig.send(MakeBrief(id=1))
    assert rig.pipeline.warming.wait(PATIENCE_S)
    rig.send(Cancel(id=1))
    assert rig.wait_for("cancelled") == [Cancelled(id=1)]
    assert not rig.events("brief-ready")


def test_an_index_that_fails_as_it_is_taken_is_made_anew(rig: Rig) -> None:
    rig.pipeline.taking_fails = IndexFailed()
    rig.send(ask(1, "why?"))
    rig.wait_for("answered")
    assert rig.pipeline.done == ["renew index", "answer why?"]
