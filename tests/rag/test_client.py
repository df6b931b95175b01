"""The client against workers that behave and misbehave."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from models.question import Question
from models.settings import Settings
from rag.client import WorkerClient
from rag.messages import Event, Failed, Reason

ECHO = """
import sys, json
print(json.dumps({"kind": "ready"}), flush=True)
print(json.dumps({"kind": "notice", "text": "It is cold."}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request["kind"] == "cancel":
        open(sys.argv[1], "a").write("cancelled %d\\n" % request["id"])
    elif request["question"]["text"] == "crash":
        sys.exit(7)
    elif request["question"]["text"] == "crash in mid-message":
        print('{"kind": "tok', end="", flush=True)
        sys.exit(7)
    elif request["question"]["text"] == "babble":
        print("x" * 300_000, flush=True)
    else:
        print(json.dumps({"kind": "token", "id": request["id"], "text": request["question"]["text"]}), flush=True)
        if request["question"]["text"] != "hang":
            print(json.dumps({"kind": "done", "id": request["id"]}), flush=True)
"""
PATIENCE_S = 5.0
DEAF = "import time\nwhile True: time.sleep(1)"


def client(home: Path, code: str = ECHO) -> WorkerClient:
    settings = Settings(data_dir=home / "data", log_dir=home / "log")
    return WorkerClient(settings, command=(sys.executable, "-c", code, str(home / "seen")))


async def kinds(worker: WorkerClient, text: str) -> list[Event]:
    return [event async for event in worker.ask(Question(text=text))]


async def test_events_come_back_to_the_request_that_caused_them(home: Path) -> None:
    worker = client(home)
    first, second = await kinds(worker, "one"), await kinds(worker, "two")
    assert [e.kind for e in first] == ["token", "done"]
    assert second[0].kind == "token"
    assert second[0].text == "two"
    await worker.close()


async def test_leaving_early_cancels(home: Path) -> None:
    worker = client(home)
    events = worker.ask(Question(text="hang"))
    async for _ in events:
        break
    await events.aclose()
    await kinds(worker, "next")
    assert (home / "seen").read_text() == "cancelled 1\n"
    await worker.close()


async def test_a_crash_is_told_and_the_next_question_finds_a_new_worker(home: Path) -> None:
    worker = client(home)
    (failed,) = await kinds(worker, "crash")
    assert isinstance(failed, Failed)
    assert failed.reason is Reason.CRASHED
    assert "status 7" in failed.message
    assert [e.kind for e in await kinds(worker, "again")] == ["token", "done"]
    await worker.close()


@pytest.mark.parametrize("trouble", ["crash in mid-message", "babble"])
async def test_a_broken_message_ends_the_waiting(home: Path, trouble: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.client.LINE_LIMIT", 100_000)
    worker = client(home)
    async with asyncio.timeout(PATIENCE_S):
        (failed,) = await kinds(worker, trouble)
        assert isinstance(failed, Failed)
        assert [e.kind for e in await kinds(worker, "again")] == ["token", "done"]
        await worker.close()


async def test_a_fault_of_whoever_hears_a_notice_ends_the_waiting(home: Path) -> None:
    def fail(_: str) -> None:
        raise ZeroDivisionError

    worker = WorkerClient(Settings(log_dir=home / "log"), command=(sys.executable, "-c", ECHO), on_notice=fail)
    async with asyncio.timeout(PATIENCE_S):
        (failed,) = await kinds(worker, "hang")
        assert isinstance(failed, Failed)


async def test_the_end_of_a_worker_fails_only_its_own_requests(home: Path) -> None:
    worker = client(home)
    async with asyncio.timeout(PATIENCE_S):
        lost = asyncio.create_task(kinds(worker, "crash"))
        while worker._process is None or worker._process.returncode is None:
            await asyncio.sleep(0.001)
        later = await kinds(worker, "later")
        assert [e.kind for e in await lost] == ["failed"]
        assert [e.kind for e in later] == ["token", "done"]
        await worker.close()


async def test_closing_does_not_wait_for_a_worker_that_does_not_listen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.client.STOP_GRACE_S", 0.2)
    worker = client(home, DEAF)
    await worker.start()
    began = time.monotonic()
    await worker.close()
    assert time.monotonic() - began < 2


async def test_what_the_worker_prints_on_standard_error_goes_to_the_log(home: Path) -> None:
    worker = client(home, "import sys; print('native noise', file=sys.stderr)\n" + ECHO)
    await kinds(worker, "one")
    await worker.close()
    assert "native noise" in worker.log_file.read_text()
