"""Measurements ask no server, whatever is set."""

import pytest

from benchmarks.measured_settings import measured_settings


def test_no_server_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__URL", "https://llm.example/v1")
    monkeypatch.setenv("NEWSREADER_INDEX__URL", "https://chroma.example")
    monkeypatch.setenv("NEWSREADER_ANSWER__THREADS", "1")
    settings = measured_settings()
    assert (settings.answer.endpoint.url, settings.index.url) == ("", "")
    assert settings.answer.threads == 1
