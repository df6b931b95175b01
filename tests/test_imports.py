"""What may import what, and what must not be loaded before it is needed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = {"textual"}
ENGINES = {"llama_cpp", "chromadb", "onnxruntime", "tokenizers", "spacy", "numpy"}


def loaded_by(code: str) -> set[str]:
    """Name the packages that a fresh interpreter has loaded after some code."""
    report = "import sys; print('\\n', *sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def command(*args: str) -> str:
    return (
        f"import sys, tui.cli\nsys.argv = {['newsreader', *args]!r}\ntry:\n    tui.cli.main()\nexcept SystemExit: pass"
    )


@pytest.mark.parametrize(
    "code",
    [
        "import tui.cli",
        command("--version"),
        command("--help"),
        command("ask", "--help"),
        command("models", "--help"),
        *(
            command(name, "--help")
            for name in ("add", "export", "import", "list", "mark", "open", "remove", "search", "sync", "tag")
        ),
        command("completion", "fish"),
        "import rag.client, rag.messages, rag.model_files.catalogue",
    ],
)
def test_light_commands_load_neither_the_app_nor_an_engine(code: str) -> None:
    assert not loaded_by(code) & (APP | ENGINES)


def test_keeping_and_finding_articles_loads_nothing_that_fetches_or_parses() -> None:
    assert not loaded_by("import library.store") & {"httpx2", "feedparser", "lxml", "trafilatura"}


def test_the_version_is_told_without_reading_settings() -> None:
    assert "pydantic_settings" not in loaded_by(command("--version"))


def test_the_app_loads_no_engine() -> None:
    assert not loaded_by("import tui.app, tui.screens.reader") & {*ENGINES, "snowballstemmer"}  # 70 ms, for the last


def test_the_first_frame_needs_neither_the_library_nor_the_panes() -> None:
    later = {"tui.screens.reader", "tui.widgets.names", "rag.client", "rag.messages", "library.store", "apsw"}
    code = f"import sys, tui.articles, tui.app; print(*{later} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_version_is_told_at_once() -> None:
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "tui.cli", "--version"], cwd=ROOT, capture_output=True, check=True)
    assert time.monotonic() - started < 2  # 0.15 s on an ordinary machine; a busy one takes its time


def test_imports_run_downwards_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
