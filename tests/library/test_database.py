"""Opening a database: brought up to date, shared, damaged, somebody else's, and on a full disk."""

import subprocess
import sys
from pathlib import Path

import apsw
import pytest

import library
from library.database import APPLICATION_ID
from library.store import Store, StoreUnusable
from tests.library.store_samples import ANSWER, article, kept, person

MIGRATIONS = Path(library.__file__).parent / "migrations"


def test_each_migration_has_a_number_of_its_own() -> None:
    numbers = [int(file.name[:4]) for file in sorted(MIGRATIONS.glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1)), "what is called by a version must stay that version"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_library_of_before_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.db"
    story = article("Here")
    connection = apsw.Connection(str(path))
    for migration in sorted(MIGRATIONS.glob("*.sql"))[:version]:
        connection.execute(migration.read_text())
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", version)
    connection.execute(
        "INSERT INTO articles (id, headline, origin, notices) VALUES (?, 'Here', 'a.txt', '[]')", (story.id,)
    )
    connection.execute(
        "INSERT INTO paragraphs (article_id, number, text) VALUES (?, 1, ?)", (story.id, story.paragraphs[0].text)
    )
    connection.execute("INSERT INTO full_text (rowid, headline, text) SELECT rowid, headline, text FROM searchable")
    connection.execute("INSERT INTO entities (article_id, version, entities) VALUES (?, 'v1', '[]')", (story.id,))
    connection.close()

    with Store.open(path) as store:
        assert [one.id for one in store.articles()] == [story.id]
        assert store.article(story.id) == story
        # Before version 2, the names were missing: entities are made anew, with them.
        assert store.entities(story.id, "v1") == (None if version == 1 else ())
        store.keep_entities(story.id, "v1", [person("Ann Lee")])
        there = kept(store, "There", person("Ann Lee"))
        assert [other.id for other in store.other_articles(person("Ann Lee"), there.id, 10)] == [story.id]
        store.remove(story.id)
        assert store.match_paragraphs(["here"], None, 10) == []


def test_answers_kept_by_an_older_newsreader_are_still_there(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connection = apsw.Connection(str(path))
    older_versions = sorted((Path(library.__file__).parent / "migrations").glob("*.sql"))[:2]
    for migration in older_versions:
        connection.execute(migration.read_text())
    connection.pragma("user_version", len(older_versions))
    connection.pragma("application_id", APPLICATION_ID)
    older = ANSWER.model_dump_json(exclude={"understood_as"})
    connection.execute("INSERT INTO answers (question, answer) VALUES ('Why?', ?)", (older,))
    connection.close()
    with Store.open(path) as store:
        assert [(one.question.text, one.answer) for one in store.answers(None)] == [("Why?", ANSWER)]


def test_two_processes_share_a_library(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    program = (
        "import sys; from pathlib import Path; from library.store import Store; from models.article import Article\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    for number in range(30):\n"
        "        store.add(Article.build(f'{sys.argv[2]} {number}', ['One.', 'Two.'], origin='-'))\n"
        "    print(len(store.articles()))\n"
    )
    others = [
        subprocess.Popen(
            [sys.executable, "-c", program, path, name], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        for name in ("first", "second")
    ]
    with Store.open(path) as store:
        for number in range(30):
            store.add(article(f"third {number}"))
            store.match_paragraphs(["one"], None, 5)
        printed = [other.communicate(timeout=60)[0] for other in others]

        assert [other.returncode for other in others] == [0, 0]
        assert all(int(count) >= 30 for count in printed)
        assert len(store.articles()) == 90
        assert len(store.match_paragraphs(["two"], None, 100)) == 60


@pytest.mark.parametrize(
    "content", [b"This is no database, it only stands where one should." * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_library_is_said_to_be(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(content)

    with pytest.raises(StoreUnusable, match=r"library\.db is damaged\. `newsreader doctor --repair`"):
        Store.open(path)
    assert path.read_bytes() == content


def test_damage_within_is_said_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Store.open(path) as store:
        for number in range(200):
            store.add(article(f"Story {number}", "Some words. " * 20))
    pages = path.read_bytes()
    path.write_bytes(pages[:8192] + b"\xaa" * (len(pages) - 8192))

    def read_all() -> None:
        with Store.open(path) as store:
            for summary in store.articles():
                store.article(summary.id)

    with pytest.raises(StoreUnusable, match="damaged"):
        read_all()


def test_a_newer_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Store.open(path).close()
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 99)
    connection.close()

    with pytest.raises(StoreUnusable, match="was written by a newer newsreader"):
        Store.open(path)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()

    with pytest.raises(StoreUnusable, match="the database of another program"):
        Store.open(path)


def test_a_library_that_can_not_be_created(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreUnusable, match="can't be created"):
        Store.open(tmp_path / "file" / "library.db")
    with pytest.raises(StoreUnusable, match="can't be opened"):
        Store.open(tmp_path)


def test_a_library_that_another_program_keeps_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.database.BUSY_TIMEOUT_MS", 50)
    path = tmp_path / "library.db"
    with Store.open(path) as store:
        other = apsw.Connection(str(path))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable, match="in use by another program"):
            store.add(article())
        assert store.articles() == []

        other.execute("COMMIT")
        other.close()
        store.add(article())
        assert len(store.articles()) == 1


def add_many(store: Store) -> None:
    for number in range(1000):
        store.add(article(f"Story {number}", "Some words. " * 100))


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Store.open(path) as store:
        store._database._connection.pragma("max_page_count", 60)
        with pytest.raises(StoreUnusable, match="disk is full"):
            add_many(store)
        kept = store.articles()

    with Store.open(path) as store:
        assert store.articles() == kept
