"""Two newsreaders at once, with the real models: the second reads and asks, and takes the index over."""

import asyncio
from pathlib import Path

import pytest

from library.reader import read_article
from library.store import Store
from models.question import Question
from models.settings import Settings
from rag.client import WorkerClient
from rag.messages import Done, Event, EvidenceFound, Failed
from tests.e2e.test_main_job import SAMPLE

pytestmark = pytest.mark.real

PATIENCE_S = 120.0


async def test_the_second_takes_the_index_over_when_the_first_leaves(real_settings: Settings, tmp_path: Path) -> None:
    settings = real_settings.model_copy(update={"log_dir": tmp_path / "log"})
    article = read_article(SAMPLE)
    with Store.open(settings.library_file) as store:
        store.add(article)
    told: list[str] = []
    first, second = WorkerClient(settings), WorkerClient(settings, on_notice=told.append)

    async def prepared(client: WorkerClient) -> Event:
        return [event async for event in client.prepare(article.id, warm=False)][-1]

    async with asyncio.timeout(PATIENCE_S):
        assert isinstance(await prepared(first), Done)
        assert isinstance(await prepared(second), Done)
        assert ["holds the index" in notice for notice in told] == [True]
        events = second.ask(Question(text="Why was the bridge closed?"))
        async for event in events:
            if isinstance(event, EvidenceFound):
                assert event.evidence[0].article_id == article.id
                break
        await events.aclose()
        (refused,) = [event async for event in second.index()]
        assert isinstance(refused, Failed)
        assert "would not be kept" in refused.message
        await first.close()
        assert isinstance(await prepared(second), Done)
        assert "holds the index now" in told[-1]
        done = [event async for event in second.index()]
        assert isinstance(done[-1], Done)
        await second.close()
