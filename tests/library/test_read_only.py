"""A library that can only be read: read, searched and listed, and what reading leaves behind is dropped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.database import NotWritable, StoreUnusable
from library.in_use import locked
from library.repair import back_up, damage, repair
from library.store import Store
from models.article import Article
from models.listing import Mark, SavedSearch
from models.question import Question
from tests.library.store_samples import ANSWER, ENTITIES
from tests.read_only_folder import read_only

FERRY = Article.build("Ferry stops", ["The ferry stops on Friday."], origin="a.txt")
OTHER = Article.build("Bridge opens", ["The bridge opens."], origin="b.txt")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a library of one article, in a folder of its own."""
    path = tmp_path / "a 100% odd #folder?" / "library.db"
    with Store.open(path) as store:
        store.add(FERRY)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with read_only(path.parent), Store.open(path) as opened:
        yield opened


def test_it_is_read_and_searched(store: Store) -> None:
    assert store.read_only
    assert store.article(FERRY.id) == FERRY
    assert [hit.article.id for hit in store.search("ferr*", 5)] == [FERRY.id]
    assert store.listings.overview().articles == 1
    assert store.match_paragraphs(["ferry"], None, 5)


def test_what_reading_leaves_behind_is_dropped(store: Store) -> None:
    store.add(FERRY)
    store.keep_entities(FERRY.id, "v1", ENTITIES)
    store.keep_answer(Question(text="Why?", article_id=FERRY.id), ANSWER)
    store.numbering.keep([FERRY.id])
    store.states.reached(FERRY.id, 1)
    store.indexed.keep("index", [])
    assert store.entities(FERRY.id, "v1") is None
    assert store.answers(FERRY.id) == []
    assert store.numbering.find("1") == []


def test_what_is_asked_for_is_refused(store: Store) -> None:
    for change in (
        lambda: store.add(OTHER),
        lambda: store.add(FERRY, by_hand=True),
        lambda: store.states.mark([FERRY.id], Mark.READ),
        lambda: store.tags.put_on([FERRY.id], "ferries"),
        lambda: store.searches.keep(SavedSearch(name="a", line="b")),
        lambda: store.remove(FERRY.id),
    ):
        with pytest.raises(NotWritable, match="can only be read"):
            change()


def test_a_file_that_can_not_be_written_is_read(path: Path) -> None:
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("the superuser may write it")
    with Store.open(path) as store:
        assert store.read_only
        assert store.article(FERRY.id) == FERRY


def test_what_was_kept_last_is_seen_while_another_one_writes(path: Path) -> None:
    """Of two who have it, one may write: by another way to the same folder."""
    keeper = (
        "import sys; from pathlib import Path; from library.store import Store; from models.article import Article\n"
        "store = Store.open(Path(sys.argv[1])); print(flush=True); sys.stdin.readline()\n"
        "store.add(Article.build('New', ['It is.'], origin='-')); print(flush=True); sys.stdin.readline()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", keeper, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdout.readline()
    other.stdin.write("\n")
    other.stdin.flush()
    other.stdout.readline()
    with read_only(path.parent), Store.open(path) as store:
        assert store.read_only
        assert {one.headline for one in store.articles()} == {"Ferry stops", "New"}
    other.communicate("\n")


def test_one_whose_last_changes_can_not_be_read_is_refused(path: Path) -> None:
    with Store.open(path) as store:
        store.add(OTHER)
        log = path.with_name("library.db-wal").read_bytes()
        rest = path.read_bytes()
    path.write_bytes(rest)
    path.with_name("library.db-wal").write_bytes(log)
    with read_only(path.parent), pytest.raises(StoreUnusable, match="can't be opened or written"):
        Store.open(path)
    with Store.open(path) as store:
        assert len(store.articles()) == 2


def test_one_of_an_older_newsreader_is_refused_with_a_way_out(path: Path) -> None:
    with Store.open(path) as store, store._database.writing() as connection:
        connection.pragma("user_version", 1)
    with read_only(path.parent), pytest.raises(NotWritable, match="Copy it to a folder of your own"):
        Store.open(path)


def test_where_there_is_none_none_can_begin(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(StoreUnusable, match="can't be"):
        Store.open(tmp_path / "library.db")


def test_it_is_checked_and_backed_up_and_not_mended(path: Path, tmp_path: Path) -> None:
    with read_only(path.parent):
        assert damage(path) is None
        back_up(path, tmp_path / "backup.db")
        with pytest.raises(StoreUnusable):
            repair(path)
    with Store.open(tmp_path / "backup.db") as store:
        assert store.article(FERRY.id) == FERRY


@pytest.mark.parametrize("what", [damage, lambda path: back_up(path, path.with_name("backup.db"))])
def test_one_that_is_being_mended_is_neither_checked_nor_backed_up(path: Path, what: "object") -> None:
    assert callable(what)
    with locked(path, alone=True), pytest.raises(StoreUnusable, match="is being mended"):
        what(path)
    assert not path.with_name("backup.db").exists()


def test_nobody_mends_while_a_backup_is_written(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from library import repair as repairing

    def meanwhile(*_: object) -> None:
        with pytest.raises(StoreUnusable, match="is open in another newsreader"):
            repair(path)

    monkeypatch.setattr(repairing, "_back_up", meanwhile)
    back_up(path, tmp_path / "backup.db")
