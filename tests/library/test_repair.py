"""A library that is backed up, and one that is really damaged and mended."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import apsw
import pytest

from library.database import StoreUnusable
from library.in_use import locked
from library.repair import back_up, damage, repair
from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Mark

PAGE = 4096
STORIES = 120


def story(number: int) -> Article:
    texts = [f"Word{number}x{line} is said in this paragraph. " * 8 for line in range(20)]
    return Article.build(f"Story {number}", texts, published=date(2024, 3, 1), origin="story.txt")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a library of some articles and a feed."""
    path = tmp_path / "library.db"
    with Store.open(path) as store:
        feed = store.feeds.add(Feed(url="https://gazette.example/rss", etag="1"))
        assert feed is not None
        for number in range(STORIES):
            if number % 2:
                store.feeds.keep_entry(feed, str(number), "d", story(number))
            else:
                store.add(story(number), by_hand=True)
        store.states.mark([story(0).id, story(1).id], Mark.READ)
    return path


def headlines(path: Path) -> set[str]:
    with Store.open(path) as store:
        return {one.headline for one in store.articles()}


def overwrite(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(random.Random(page).randbytes(PAGE))  # noqa: S311 -- always the same rubbish


def test_a_backup_is_a_library(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.add(story(STORIES))
        back_up(path, tmp_path / "backup.db")
    assert headlines(tmp_path / "backup.db") == headlines(path)
    with pytest.raises(FileExistsError):
        back_up(path, tmp_path / "backup.db")


def test_a_backup_that_can_not_be_written_is_said_to_be(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="is its folder there"):
        back_up(path, tmp_path / "nowhere" / "backup.db")


def test_a_sound_library_stays_as_it_is_and_is_indexed_anew(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("INSERT INTO full_text (full_text) VALUES ('delete-all')")
    connection.close()
    with Store.open(path) as store:
        assert store.search("word5x3", 5) == []
    done = repair(path)
    assert (done.damage, done.articles, done.lost) == (None, STORIES, ())
    assert headlines(done.backup) == headlines(path) == {f"Story {n}" for n in range(STORIES)}
    with Store.open(path) as store:
        assert [hit.article.headline for hit in store.search("word5x3", 5)] == ["Story 5"]


def pages_of_texts(path: Path) -> list[int]:
    """Give the pages that hold paragraphs: nearly all of a library. One of ``articles`` holds a third of these few."""
    connection = apsw.Connection(str(path))
    pages: list[Any] = connection.execute(
        "SELECT pageno - 1 FROM dbstat WHERE name = 'paragraphs' AND pagetype = 'leaf'"
    ).fetchall()
    connection.close()
    return [page for (page,) in pages]


@pytest.mark.parametrize("seed", range(4))
def test_most_of_a_damaged_library_is_saved_and_all_that_is_left_is_whole(path: Path, seed: int) -> None:
    overwrite(path, random.Random(seed).sample(pages_of_texts(path), 5))  # noqa: S311 -- a test that fails must fail again
    assert damage(path) is not None
    rotten = path.read_bytes()
    done = repair(path)
    assert done.damage is not None
    assert done.backup.read_bytes() == rotten
    assert damage(path) is None
    assert done.articles > STORIES * 0.8
    with Store.open(path) as store:
        kept = {summary.id: store.article(summary.id) for summary in store.articles()}
        for number in range(STORIES):
            if (article := kept.get(story(number).id)) is not None:
                assert article == story(number)
                assert [hit.article.id for hit in store.search(f"word{number}x7", 5)] == [article.id]
        assert len(kept) == done.articles == len({story(n).id for n in range(STORIES)} & set(kept))
        (feed,) = store.feeds.feeds()
        assert feed.feed.etag is None, "it is fetched again"
        store.add(story(STORIES + 1))
    connection = apsw.Connection(str(path))
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_was_kept_last_and_is_not_in_the_file_yet_is_saved_too(path: Path) -> None:
    early = min(pages_of_texts(path))  # what is kept last does not write to it
    with Store.open(path) as store:
        store.add(story(STORIES))
        wal = path.with_name("library.db-wal").read_bytes()
        rotten = path.read_bytes()
    path.write_bytes(rotten)
    overwrite(path, [early])
    path.with_name("library.db-wal").write_bytes(wal)
    done = repair(path)
    assert done.damage is not None
    assert f"Story {STORIES}" in headlines(path)


@pytest.mark.parametrize("left", [b"", b"nothing of ours" * 1000])
def test_where_nothing_can_be_read_a_new_library_begins(path: Path, left: bytes) -> None:
    path.write_bytes(left)
    done = repair(path)
    assert done.articles == 0
    assert headlines(path) == set()


def test_a_library_that_is_open_is_not_mended(path: Path) -> None:
    """What is kept through the open one would be lost with the old file."""
    with Store.open(path) as store, Store.open(path):
        before = path.stat().st_ino
        with pytest.raises(StoreUnusable, match="is open in another newsreader: the app, or a command"):
            repair(path)
        assert path.stat().st_ino == before
        store.add(story(STORIES))
    assert repair(path).articles == STORIES + 1


def test_a_library_that_is_being_mended_is_not_opened(path: Path) -> None:
    with locked(path, alone=True), pytest.raises(StoreUnusable, match="is being mended"):
        Store.open(path)
    assert len(headlines(path)) == STORIES


@pytest.mark.parametrize("refusal", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_where_no_lock_can_be_made_a_library_is_read_without(
    path: Path, monkeypatch: pytest.MonkeyPatch, refusal: OSError
) -> None:
    path.with_suffix(".lock").unlink()
    real = Path.open

    def refusing(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.suffix == ".lock":
            raise refusal
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refusing)
    assert len(headlines(path)) == STORIES


def test_a_damaged_row_number_does_not_make_all_up_to_it_be_tried(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.salvage.MOST_BETWEEN", STORIES * 20)
    connection = apsw.Connection(str(path))
    connection.execute(
        "INSERT INTO paragraphs (rowid, article_id, number, text) SELECT 1 << 62, id, 999, ? FROM articles LIMIT 1",
        ("x" * (PAGE - 200),),  # it has a page of its own, so that nothing is read from the end but it
    )
    connection.close()
    overwrite(path, pages_of_texts(path)[-2:-1])
    done = repair(path)
    assert done.damage is not None
    assert damage(path) is None
    assert done.articles > STORIES * 0.8


def test_a_library_whose_tables_are_not_those_of_its_version_is_mended_after_a_backup(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 1)
    connection.close()
    with pytest.raises(StoreUnusable, match=r"library\.db can't be brought up to date.*`newsreader doctor --repair`"):
        Store.open(path)
    done = repair(path)
    assert (done.articles, done.lost) == (STORIES, ())
    assert done.damage is not None
    assert "already exists" in done.damage
    assert done.backup.exists()
    assert headlines(path) == {f"Story {n}" for n in range(STORIES)}


def test_backups_do_not_take_the_place_of_one_another(path: Path) -> None:
    assert len({repair(path).backup, repair(path).backup, repair(path).backup}) == 3
