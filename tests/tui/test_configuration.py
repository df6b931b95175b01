"""Settings: where they come from, and what a mistake in them says."""

import ast
import inspect
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from models.endpoint_settings import EndpointSettings
from models.settings import AnswerSettings, AppearanceSettings, Settings
from tui.configuration import Flags, load_settings
from tui.errors import BadInput

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def config(home: Path) -> Path:
    folder = home / "config" / "newsreader"
    folder.mkdir(parents=True)
    return folder / "config.toml"


def complaint() -> str:
    with pytest.raises(BadInput) as caught:
        load_settings(Flags())
    assert caught.value.exit_code == 2
    return caught.value.format_message()


def test_flags_win_over_variables_and_those_over_the_file(
    config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config.write_text('data_dir = "/from-file"\n[answer]\nmodel = "from-file"\nthreads = 3\ncontext_tokens = 2048\n')
    monkeypatch.setenv("NEWSREADER_ANSWER__THREADS", "5")
    monkeypatch.setenv("NEWSREADER_ANSWER__MODEL", "from-variable")
    settings = load_settings(Flags(model="from-flag", data_dir=tmp_path))
    assert settings.answer.model == "from-flag"
    assert settings.answer.threads == 5
    assert settings.answer.context_tokens == 2048
    assert settings.data_dir == tmp_path


def test_a_tilde_is_the_home_wherever_a_folder_is_set(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('data_dir = "~/news"\nlog_dir = "~/log"\n')
    monkeypatch.setenv("NEWSREADER_LIBRARY_DIR", "~/library")
    settings = load_settings(Flags())
    home = Path.home()
    assert (settings.data_dir, settings.log_dir, settings.library_dir) == (
        home / "news",
        home / "log",
        home / "library",
    )
    assert load_settings(Flags(data_dir=Path("~/other"))).data_dir == home / "other"


def test_a_folder_whose_name_is_not_utf_8_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_DATA_DIR", os.fsdecode(b"/tmp/\xff"))
    assert complaint().startswith("NEWSREADER_DATA_DIR: must be the path of a folder")


def test_a_bare_variable_of_another_program_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL", "theirs")
    monkeypatch.setenv("THEME", "theirs")
    assert load_settings(Flags()) == Settings()
    assert load_settings(Flags()).answer.model != "theirs"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[answer]\nthreads = -3\n", "answer.threads: must be a whole number from 0 to 256, got -3"),
        ("[answer]\nthreads = 'many'\n", "answer.threads: must be a whole number from 0 to 256, got 'many'"),
        ("[answer]\nwarm = 'perhaps'\n", "answer.warm: must be one of 'always', 'on power', 'never', got 'perhaps'"),
        ("answer = 3\n", "answer: must be a table, got 3"),
        ("data_dir = 3\n", "data_dir: must be the path of a folder or file, got 3"),
        (
            "data_dir = '~no-such-user/news'\n",
            "data_dir: must be the path of a folder or file, got '~no-such-user/news'",
        ),
        ("[answer]\nthread = 3\n", "answer.thread: is no setting; there are: model, threads, "),
        ("colour = 3\n", "colour: is no setting; there are: data_dir, "),
        ("[answer\nthreads = 3\n", "not valid TOML: Expected ']' at the end of a table declaration (at line 1"),
    ],
)
def test_a_mistake_in_the_file_names_it_the_key_and_what_is_allowed(config: Path, text: str, expected: str) -> None:
    config.write_text(text)
    assert f"{config}: {expected}" in complaint()


def test_a_file_that_is_no_text_is_named(config: Path) -> None:
    config.write_bytes(b"theme = \xff")
    assert f"{config}: not valid TOML" in complaint()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(config: Path) -> None:
    config.touch(mode=0)
    assert f"{config}: can't be read" in complaint()


def test_a_mistake_in_a_variable_names_the_variable(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("[answer]\nthreads = 3\n")
    monkeypatch.setenv("NEWSREADER_ANSWER__THREADS", "many")
    expected = "NEWSREADER_ANSWER__THREADS: must be a whole number from 0 to 256, got 'many'"
    assert complaint() == expected


def test_several_mistakes_are_told_at_once(config: Path) -> None:
    config.write_text("[answer]\nthreads = -3\n[appearance]\nreading_width = 3\n")
    assert "answer.threads: " in complaint()
    assert "appearance.reading_width: must be a whole number from 40 to 160" in complaint()


def test_every_setting_is_documented_with_its_meaning() -> None:
    document = DOCUMENT.read_text()
    for key in all_settings(Settings):
        assert f"`{key}`" in document, f"docs/settings.md lacks {key}"


def all_settings(table: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in table.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from all_settings(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("table", [Settings, AnswerSettings, EndpointSettings, AppearanceSettings])
def test_every_setting_has_a_docstring(table: type[BaseModel]) -> None:
    (definition,) = ast.parse(inspect.getsource(table)).body
    assert isinstance(definition, ast.ClassDef)
    for line, after in pairwise(definition.body):
        if isinstance(line, ast.AnnAssign):
            assert isinstance(after, ast.Expr), f"{ast.unparse(line)} says nothing"
            assert isinstance(after.value, ast.Constant)
