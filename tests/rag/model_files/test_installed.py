"""What is installed, and what the engines load."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from models.settings import AnswerSettings, Settings
from rag.failures import ModelUnusable
from rag.model_files.catalogue import ModelSpec, Purpose, catalogue
from rag.model_files.errors import ModelMissing, NotAModel
from rag.model_files.importing import import_gguf
from rag.model_files.installed import (
    ListedModel,
    file_path,
    has_size,
    imported_names,
    listed_models,
    missing_models,
    model_path,
)
from rag.model_files.verify import verify
from tests.rag.model_files.samples import gguf_bytes


def install(settings: Settings, spec: ModelSpec) -> None:
    """Put files of the right size in place: all that the cheap check looks at."""
    for file in spec.files:
        path = file_path(settings, spec, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            out.truncate(file.size)


def choosing(settings: Settings, model: str) -> Settings:
    return settings.model_copy(update={"answer": AnswerSettings(model=model)})


def listed(settings: Settings) -> dict[str, ListedModel]:
    return {model.name: model for model in listed_models(settings)}


def test_nothing_is_installed_at_first(settings: Settings) -> None:
    assert [spec.purpose for spec in missing_models(settings)] == [Purpose.ANSWER, Purpose.EMBED, Purpose.ENTITIES]
    for purpose in Purpose:
        with pytest.raises(ModelMissing, match="newsreader models pull"):
            model_path(settings, purpose)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_the_default_model_of_a_purpose_is_found_once_it_is_whole(settings: Settings, purpose: Purpose) -> None:
    spec = catalogue().default(purpose)
    install(settings, spec)
    path = model_path(settings, purpose)
    expected = settings.models_dir / spec.name
    assert path == (expected / spec.files[0].name if purpose is Purpose.ANSWER else expected)
    assert spec not in missing_models(settings)
    with file_path(settings, spec, spec.files[-1]).open("ab") as out:
        out.write(b"x")
    with pytest.raises(ModelMissing, match=spec.name):
        model_path(settings, purpose)
    assert spec in missing_models(settings)


def test_the_chosen_model_answers(settings: Settings) -> None:
    tiny = catalogue().get("smollm2-135m")
    chosen = choosing(settings, tiny.name)
    assert missing_models(chosen)[0] == tiny
    install(chosen, tiny)
    assert model_path(chosen, Purpose.ANSWER).parent.name == tiny.name
    assert tiny not in missing_models(chosen)
    assert listed(chosen)[tiny.name].in_use
    assert not listed(settings)[tiny.name].in_use


def test_any_gguf_file_answers_by_its_path(settings: Settings, home: Path) -> None:
    file = home / "my model.gguf"
    file.write_bytes(gguf_bytes())
    for written in (str(file), "~/my model.gguf"):
        assert model_path(choosing(settings, written), Purpose.ANSWER) == file
    row = listed(choosing(settings, str(file)))[str(file)]
    assert (row.installed, row.in_use, row.size) == (True, True, 3000)
    assert all(spec.purpose is not Purpose.ANSWER for spec in missing_models(choosing(settings, str(file))))


def test_a_chosen_file_that_is_no_model_is_told(settings: Settings, home: Path) -> None:
    (home / "letter.gguf").write_text("Dear reader")
    with pytest.raises(ModelUnusable, match="not a GGUF file"):  # what the worker tells as a bad model
        model_path(choosing(settings, str(home / "letter.gguf")), Purpose.ANSWER)
    with pytest.raises(NotAModel, match="can't be read"):
        model_path(choosing(settings, str(home)), Purpose.ANSWER)


def test_a_chosen_model_that_is_nowhere_is_told(settings: Settings, home: Path) -> None:
    for nowhere in ("nope", str(home / "gone.gguf"), "..", "../.."):
        chosen = choosing(settings, nowhere)
        with pytest.raises((ModelMissing, NotAModel)) as failure:
            model_path(chosen, Purpose.ANSWER)
        assert "newsreader models" in str(failure.value) or "can't be read" in str(failure.value)
    gone = listed(choosing(settings, "nope"))["nope"]
    assert (gone.installed, gone.in_use) == (False, True)


def test_a_model_for_something_else_cannot_answer(settings: Settings) -> None:
    with pytest.raises(NotAModel, match="minilm-l6-v2 can't answer"):
        model_path(choosing(settings, "minilm-l6-v2"), Purpose.ANSWER)


def test_partial_and_rejected_files_are_no_imported_models(settings: Settings) -> None:
    folder = settings.models_dir / "mine"
    folder.mkdir(parents=True)
    (folder / "mine.gguf.rejected").touch()
    (settings.models_dir / ".pulling" / "theirs").mkdir(parents=True)
    (settings.models_dir / ".pulling" / "theirs" / "theirs.gguf.partial").touch()
    assert imported_names(settings) == []


def test_size_is_asked_of_files_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"123")
    assert has_size(tmp_path / "file", 3)
    assert not has_size(tmp_path / "file", 4)
    assert not has_size(tmp_path / "none", 0)
    assert not has_size(tmp_path / "file" / "below", 0)


def test_no_look_at_the_models_opens_a_socket(settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    file = home / "mine.gguf"
    file.write_bytes(gguf_bytes())
    assert import_gguf(settings, file) == "mine"
    assert model_path(choosing(settings, "mine"), Purpose.ANSWER).name == "mine.gguf"
    assert [verdict.sound for verdict in verify(settings)] == [True]
    assert len(listed_models(settings)) == 5


def test_the_catalogue_and_what_is_installed_are_light_to_import() -> None:
    code = (
        "import sys, json; import rag.model_files.pull, rag.model_files.importing; print(json.dumps(list(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"huggingface_hub", "httpx2", "httpx", "requests", "rich", "numpy", "llama_cpp", "tomlkit", "pip"}
    assert heavy.isdisjoint(json.loads(done.stdout))
