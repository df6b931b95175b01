"""What ``newsreader doctor`` finds, and what it advises."""

import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from models.index_settings import IndexSettings
from models.settings import Settings
from tui import diagnosis
from tui.cli import newsreader
from tui.configuration import Flags, load_settings
from tui.diagnosis import Finding, Level
from tui.errors import BadInput


def only(findings: list[Finding], text: str) -> Finding:
    [found] = [finding for finding in findings if text in finding.text]
    return found


def test_a_package_that_is_missing_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "llama-cpp-python":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr("importlib.metadata.version", version)
    monkeypatch.setattr("shutil.which", lambda _: None)
    missing = only(list(diagnosis.packages()), "missing")
    assert missing.level is Level.BROKEN
    assert missing.advice is not None
    assert "build-essential" in missing.advice
    assert "pip install" in missing.advice


def test_an_engine_that_dies_is_told_with_how_to_build_it(monkeypatch: pytest.MonkeyPatch) -> None:
    died = subprocess.CompletedProcess([], -4, "", "Illegal instruction\n")
    monkeypatch.setattr("subprocess.run", lambda *args, **kwargs: died)
    finding = diagnosis.engine()
    assert finding.level is Level.BROKEN
    assert "Illegal instruction" in finding.text
    assert "--no-cache-dir" in (finding.advice or "")


def test_bad_settings_are_told_and_so_is_a_variable_that_means_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__THREADS", "many")
    monkeypatch.setenv("NEWSREADER_MODEL", "mine")
    with pytest.raises(BadInput) as caught:
        load_settings(Flags())
    findings = list(diagnosis.configuration(caught.value))
    assert only(findings, "NEWSREADER_ANSWER__THREADS").level is Level.BROKEN
    assert only(findings, "NEWSREADER_MODEL").level is Level.NOTE


def test_a_library_that_is_none_is_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.library_file.write_text("This is no database, and it never was one.")
    finding = only(list(diagnosis.user_data(settings, full=False)), "library.db")
    assert finding.level is Level.BROKEN


def test_looking_creates_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    findings = [*diagnosis.user_data(settings, full=False), *diagnosis.model_files(settings, full=True)]
    assert not settings.data_dir.exists()
    assert {finding.level for finding in findings if finding.area == "model"} == {Level.BROKEN}
    assert all("models pull" in finding.text for finding in findings if finding.area == "model")


def test_a_model_that_is_incomplete_or_damaged_is_told_as_what_it_is(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    (folder := settings.models_dir / "minilm-l6-v2").mkdir(parents=True)
    incomplete = only(list(diagnosis.model_files(settings, full=True)), "minilm-l6-v2:")
    assert incomplete.level is Level.BROKEN
    assert "incomplete" in incomplete.text
    assert "aside" not in incomplete.text
    (folder / "model.onnx").write_text("This is no model.")
    damaged = [f for f in diagnosis.model_files(settings, full=True) if f.area == "checksum"]
    assert f"moved aside as {folder}" in only(damaged, "minilm-l6-v2:").text


def test_without_the_full_check_it_says_how_to_have_it(tmp_path: Path) -> None:
    assert "--full" in (
        only(list(diagnosis.model_files(Settings(data_dir=tmp_path), full=False)), "checked").advice or ""
    )


def test_an_index_in_use_is_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.index_dir.mkdir()
    with FileLock(settings.index_dir.with_suffix(".lock"), is_singleton=False):
        [finding] = [finding for finding in diagnosis.user_data(settings, full=False) if finding.area == "index"]
    assert finding.level is Level.NOTE


@pytest.mark.real
def test_the_engine_runs_here_whatever_folders_the_user_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rag").mkdir()
    (tmp_path / "rag" / "__init__.py").write_text("raise SystemExit('this is not ours')")
    monkeypatch.chdir(tmp_path)
    assert diagnosis.engine().level is Level.OK


def test_it_fails_where_something_essential_is_broken_and_prints_json(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(diagnosis, "engine", lambda: Finding(area="llama.cpp", text="runs"))
    done = CliRunner().invoke(newsreader, ["doctor", "--json", "--data-dir", str(tmp_path)])
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert {"area": "llama.cpp", "text": "runs", "level": "ok", "advice": None} in findings
    assert any(finding["area"] == "python" and sys.executable in finding["text"] for finding in findings)


def test_an_index_on_a_server_is_said_to_be_there(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, index=IndexSettings(url="http://chroma.example:8000"))
    [finding] = [finding for finding in diagnosis.user_data(settings, full=False) if finding.area == "index"]
    assert finding.level is Level.NOTE
    assert "chroma.example:8000" in finding.text
    assert "not encrypted" in finding.text
