"""The choice of a model in the user's settings file."""

from pathlib import Path

import pytest

from models.settings import Settings, config_file
from rag.model_files.choosing import use
from rag.model_files.errors import ModelMissing, NotAModel, NotWritable
from rag.model_files.importing import import_gguf
from tests.rag.model_files.samples import gguf_bytes


@pytest.fixture
def file(home: Path) -> Path:
    file = home / "mine.gguf"
    file.write_bytes(gguf_bytes())
    return file


def test_a_choice_is_kept_where_there_were_no_settings(settings: Settings) -> None:
    assert use(settings, "smollm2-135m") == "smollm2-135m"
    assert Settings().answer.model == "smollm2-135m"


def test_all_else_in_the_file_stays_as_it_was(settings: Settings) -> None:
    before = '# mine\n[appearance]\ntheme = "dark" # easier\n\n[answer]\n# fast\nthreads = 2\nmodel = "x" # old\n'
    config_file().parent.mkdir(parents=True)
    config_file().write_text(before, encoding="utf-8")
    use(settings, "smollm2-135m")
    assert config_file().read_text(encoding="utf-8") == before.replace('"x"', '"smollm2-135m"')


def test_a_linked_settings_file_stays_a_link(settings: Settings, home: Path) -> None:
    real = home / "dotfiles.toml"
    real.write_text("[appearance]\nreading_width = 70\n", encoding="utf-8")
    config_file().parent.mkdir(parents=True)
    config_file().symlink_to(real)
    use(settings, "smollm2-135m")
    assert config_file().is_symlink()
    assert Settings().appearance.reading_width == 70
    assert Settings().answer.model == "smollm2-135m"


def test_a_path_is_kept_absolute(settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    assert use(settings, file.name) == str(file)
    assert Settings().answer.model == str(file)


def test_an_imported_model_is_chosen_by_its_name(settings: Settings, file: Path) -> None:
    import_gguf(settings, file)
    assert use(settings, "mine") == "mine"


@pytest.mark.parametrize("name", ["nope", "/no/such/file.gguf", "mine"])
def test_what_is_not_there_is_refused_and_the_settings_stay(settings: Settings, name: str) -> None:
    with pytest.raises(ModelMissing, match=name):
        use(settings, name)
    assert not config_file().exists()


def test_what_cannot_answer_is_refused(settings: Settings, home: Path) -> None:
    (home / "letter.gguf").write_text("Dear reader")
    for name in ("en-core-web-md", str(home / "letter.gguf")):
        with pytest.raises(NotAModel):
            use(settings, name)
    assert not config_file().exists()


def test_a_settings_file_that_cannot_be_written_is_told(settings: Settings) -> None:
    config_file().parent.parent.mkdir(parents=True, exist_ok=True)
    config_file().parent.write_text("a file where the folder should be")
    with pytest.raises(NotWritable, match=r"config\.toml"):
        use(settings, "smollm2-135m")


@pytest.mark.parametrize("written", ["answer.threads = 2\n", "answer = { threads = 2 }\n"])
def test_a_table_may_be_written_in_other_ways(settings: Settings, written: str) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text(written, encoding="utf-8")
    use(settings, "smollm2-135m")
    assert (Settings().answer.model, Settings().answer.threads) == ("smollm2-135m", 2)


def test_a_settings_file_that_is_broken_stays_as_it_is(settings: Settings) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text("[answer\n", encoding="utf-8")
    with pytest.raises(NotWritable, match=r"config\.toml"):
        use(settings, "smollm2-135m")
    assert config_file().read_text(encoding="utf-8") == "[answer\n"
