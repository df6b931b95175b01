"""An OpenAI-compatible server answers: llama.cpp's own, on the loopback, with a real model, in a real terminal."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from models.settings import Settings
from rag.model_files.catalogue import Purpose, catalogue
from rag.model_files.installed import file_path, is_installed, model_path
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.real

SAMPLE = Path(__file__).parents[2] / "library" / "samples" / "harbour-bridge.txt"
QUESTION = "Why was the bridge closed?"
NEWSREADER = Path(sys.executable).with_name("newsreader")

START_S = 120.0
ANSWER_S = 400.0
STOP_S = 10.0
CONTEXT_TOKENS = "6144"


def gguf(settings: Settings) -> Path:
    """Give the smallest model that is there: what it writes does not matter here."""
    tiny = catalogue().get("smollm2-135m")
    if is_installed(settings, tiny):
        return file_path(settings, tiny, tiny.files[0])
    return model_path(settings, Purpose.ANSWER)


@pytest.fixture
def endpoint(real_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run llama.cpp's server, and have newsreader answer by it."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    options = ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", CONTEXT_TOKENS]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(gguf(real_settings)), *options]
    log = tmp_path / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=os.environ)
    try:
        wait_for(url, server, log)
        monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__URL", url)
        monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__TIMEOUT_S", str(ANSWER_S))
        yield url
    finally:
        server.kill()  # told to end, it would first write its answer to the end
        server.wait()


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx2.get(f"{url}/models", trust_env=False).status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    pytest.fail(f"llama.cpp's server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def test_it_answers_with_citations_of_the_article(endpoint: str) -> None:
    command: list[str | Path] = [NEWSREADER, "ask", "--article", SAMPLE, QUESTION]
    done = subprocess.run(command, capture_output=True, text=True, timeout=ANSWER_S)
    assert done.returncode == 0, done.stderr
    assert f"goes to {endpoint.removeprefix('http://').removesuffix('/v1')}" in done.stderr
    quotes = re.findall(r"^\[(\d+)\] [“‘](.+)[”’]$", done.stdout, re.MULTILINE)
    assert quotes
    text = SAMPLE.read_text()
    assert all(quote in text for _, quote in quotes), quotes


def test_the_app_says_where_text_goes_and_stops_at_once(endpoint: str) -> None:
    with Terminal([str(NEWSREADER), str(SAMPLE), "--question", QUESTION]) as terminal:
        terminal.wait_for(r"text leaves newsreader for 127\.0\.0\.1", within_s=20)
        terminal.wait_for(r"People +\d", within_s=120)
        terminal.send("\r")
        terminal.wait_for("Writing", within_s=60)  # it is waited for the first word now
        terminal.send("\x1b")
        terminal.wait_for("Stopped", within_s=STOP_S)
        terminal.send("\x1b")
        terminal.wait_for("a Ask", within_s=STOP_S)
        terminal.send("q")
        assert terminal.end() == 0
