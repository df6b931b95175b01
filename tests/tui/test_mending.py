"""``newsreader doctor --repair`` and ``--backup``, on libraries that are really damaged."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from library.store import Store
from models.article import Article
from models.settings import Settings
from tui.cli import newsreader

PAGE = 4096


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data")
    with Store.open(settings.library_file) as store:
        for number in range(50):
            store.add(Article.build(f"Story {number}", [f"Word{number} is said. " * 60], origin="story.txt"))
    return settings


def doctor(settings: Settings, *options: str) -> Result:
    return CliRunner().invoke(newsreader, ["doctor", *options, "--data-dir", str(settings.data_dir)])


def damage(settings: Settings) -> None:
    with settings.library_file.open("r+b") as file:
        file.seek(25 * PAGE)
        file.write(b"rubbish " * (3 * PAGE // 8))


def test_a_damaged_library_is_found_and_mended(settings: Settings) -> None:
    damage(settings)
    settings.index_dir.mkdir()
    (settings.index_dir / "chroma.sqlite3").touch()
    found = doctor(settings, "--full")
    assert found.exit_code == 1
    assert "doctor --repair" in found.stdout
    mended = doctor(settings, "--repair")
    assert mended.exit_code == 0, mended.output
    assert "was damaged" in mended.stdout
    lost = mended.stdout.count("Lost, for not all of it can be read: Story ")
    assert f"{50 - lost} articles are saved" in mended.stdout
    assert lost < 20
    assert not settings.index_dir.exists()
    again = doctor(settings, "--repair")
    assert "is sound" in again.stdout
    assert len(list(settings.data_dir.glob("library-*.db"))) == 2


def test_a_backup_is_written_once(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    assert doctor(settings, "--backup", str(file)).exit_code == 0
    with Store.open(file) as store:
        assert len(store.articles()) == 50
    again = doctor(settings, "--backup", str(file))
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_nothing_is_mended_under_another_newsreader(settings: Settings) -> None:
    with FileLock(settings.index_dir.with_suffix(".lock"), is_singleton=False):
        busy = doctor(settings, "--repair")
    assert busy.exit_code == 1
    assert "Another newsreader is running" in busy.output


def test_nothing_is_mended_while_the_library_is_open(settings: Settings) -> None:
    with Store.open(settings.library_file):
        busy = doctor(settings, "--repair")
    assert busy.exit_code == 1
    assert "is open in another newsreader" in " ".join(busy.output.split())
    assert doctor(settings, "--repair").exit_code == 0


@pytest.mark.parametrize("option", [("--repair",), ("--backup", "backup.db")])
def test_a_library_that_is_not_there_is_said_to_be(tmp_path: Path, option: tuple[str, ...]) -> None:
    missing = doctor(Settings(data_dir=tmp_path / "none"), *option)
    assert missing.exit_code == 2
    assert "no library yet" in missing.output


def test_the_database_of_another_program_is_left_alone(settings: Settings) -> None:
    import apsw

    settings.library_file.unlink()
    connection = apsw.Connection(str(settings.library_file))
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    refused = doctor(settings, "--repair")
    assert refused.exit_code == 1
    assert "another program" in refused.output
    assert [file.name for file in settings.data_dir.iterdir() if file.suffix == ".db"] == ["library.db"]
