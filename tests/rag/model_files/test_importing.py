"""GGUF files from elsewhere on the disk."""

import errno
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from models.settings import AnswerSettings, Settings
from rag.model_files import importing
from rag.model_files.catalogue import Catalogue, Purpose
from rag.model_files.errors import DiskFull, NameTaken, NotAModel, UnknownModel
from rag.model_files.importing import import_gguf
from rag.model_files.installed import imported_names, model_path
from rag.model_files.placing import STAGING, put_in_place
from rag.model_files.verify import verify
from tests.rag.model_files.samples import FILE, HUB, gguf_bytes, spec_of

DATA = gguf_bytes("mine")


@pytest.fixture
def file(home: Path) -> Path:
    file = home / "Mine-7B.Q4.gguf"
    file.write_bytes(DATA)
    return file


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refuse)


def leftovers(settings: Settings) -> list[Path]:
    return [path for path in (settings.models_dir / STAGING).iterdir() if path.suffix != ".lock"]


def test_a_file_is_linked_in_under_its_own_name(settings: Settings, file: Path) -> None:
    name = import_gguf(settings, file)
    assert name == "Mine-7B.Q4"
    path = model_path(settings.model_copy(update={"answer": AnswerSettings(model=name)}), Purpose.ANSWER)
    assert path.samefile(file)
    assert file.read_bytes() == DATA
    assert leftovers(settings) == []


@pytest.mark.usefixtures("no_links")
def test_where_no_link_can_be_the_file_is_copied(settings: Settings, file: Path) -> None:
    import_gguf(settings, file)
    [name] = imported_names(settings)
    copy = settings.models_dir / name / f"{name}.gguf"
    assert copy.read_bytes() == DATA
    assert not copy.samefile(file)


def test_an_import_that_is_killed_leaves_no_file_that_seems_damaged(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put_and_die(staged: Path, target: Path) -> NoReturn:
        put_in_place(staged, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "put_in_place", put_and_die)
    with pytest.raises(KeyboardInterrupt):
        import_gguf(settings, file)
    assert [verdict.sound for verdict in verify(settings)] == [True]


def test_a_link_to_a_file_is_followed(settings: Settings, file: Path, home: Path) -> None:
    link = home / "link.gguf"
    link.symlink_to(file)
    import_gguf(settings, link)
    placed = settings.models_dir / "link" / "link.gguf"
    assert not placed.is_symlink()
    assert placed.read_bytes() == DATA


def test_a_file_of_the_catalogue_takes_its_place(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "catalogue", lambda: Catalogue(models=(spec_of(DATA, HUB),)))
    assert import_gguf(settings, file) == "small"
    assert (settings.models_dir / "small" / FILE).read_bytes() == DATA
    assert imported_names(settings) == []


def test_the_same_file_may_come_twice_but_not_another_under_its_name(
    settings: Settings, file: Path, home: Path
) -> None:
    import_gguf(settings, file)
    import_gguf(settings, file)
    other = home / "other" / file.name
    other.parent.mkdir()
    other.write_bytes(gguf_bytes("other"))
    with pytest.raises(NameTaken, match=r"models remove Mine-7B\.Q4"):
        import_gguf(settings, other)
    assert (settings.models_dir / "Mine-7B.Q4" / "Mine-7B.Q4.gguf").read_bytes() == DATA
    assert leftovers(settings) == []


def test_a_name_of_the_catalogue_is_taken(settings: Settings, home: Path) -> None:
    file = home / "smollm2-135m.gguf"
    file.write_bytes(DATA)
    with pytest.raises(NameTaken):
        import_gguf(settings, file)


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("with space & [bold].gguf", "with-space-bold"),
        ("...gguf", "imported"),
        ("\x1b[31mred.gguf", "31mred"),
        ("no ending", "no-ending"),
        ("модель.gguf", "imported"),
        ("x" * 200 + ".gguf", "x" * 100),
    ],
)
def test_a_name_is_safe_to_use_and_to_show(settings: Settings, home: Path, file_name: str, name: str) -> None:
    file = home / file_name
    file.write_bytes(DATA)
    assert import_gguf(settings, file) == name
    assert imported_names(settings) == [name]


def test_what_is_no_model_stays_out(settings: Settings, home: Path) -> None:
    (home / "letter.gguf").write_text("Dear reader")
    with pytest.raises(NotAModel):
        import_gguf(settings, home / "letter.gguf")
    with pytest.raises(UnknownModel, match=r"no file .*gone\.gguf"):
        import_gguf(settings, home / "gone.gguf")
    with pytest.raises(UnknownModel):
        import_gguf(settings, home)
    assert imported_names(settings) == []


@pytest.mark.usefixtures("no_links")
def test_a_copy_that_does_not_fit_leaves_nothing(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    little = shutil.disk_usage(file.parent)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: little)
    with pytest.raises(DiskFull):
        import_gguf(settings, file)
    assert imported_names(settings) == []
    assert leftovers(settings) == []
