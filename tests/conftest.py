"""What the tests of several folders share: folders of their own, a web server on the loopback, and the real models."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from library.fetching import politeness
from models.settings import Settings
from rag.model_files.installed import missing_models
from tests.web_server import WebServer

hypothesis.settings.register_profile("quick", max_examples=60, deadline=None)
hypothesis.settings.register_profile("fuzz", max_examples=20_000, deadline=None)
hypothesis.settings.load_profile("quick")  # ``--hypothesis-profile`` chooses the other

USER = Settings()
"""The settings of whoever runs the tests: their models are used, and nothing else of theirs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-real", action="store_true", help="fail where real models are missing, instead of skipping"
    )


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a home of its own, so that none reads or writes what is the user's."""
    folder = tmp_path / "home"
    folder.mkdir()
    for variable in [name for name in os.environ if name.startswith("NEWSREADER_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """Give a web server on the loopback that is not spared, and reached without a proxy."""
    for variable in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(politeness, "PAUSE_S", 0.0)
    with WebServer() as started:
        yield started


@pytest.fixture
def real_settings(home: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give settings with the installed models and a library of the test's own; programs it starts get the same."""
    if missing := missing_models(Settings(data_dir=USER.data_dir)):
        reason = f"not installed: {', '.join(spec.name for spec in missing)}; newsreader models pull fetches them"
        if request.config.getoption("--require-real"):
            pytest.fail(reason)
        pytest.skip(reason)
    monkeypatch.setenv("NEWSREADER_DATA_DIR", str(USER.data_dir))
    monkeypatch.setenv("NEWSREADER_LIBRARY_DIR", str(home / "library"))
    return Settings()
