"""A web server on the loopback, and no waiting for it."""

from collections.abc import Iterator

import pytest

from library.fetching import politeness
from tests.library.web_server import WebServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    for variable in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(politeness, "PAUSE_S", 0.0)
    with WebServer() as started:
        yield started
