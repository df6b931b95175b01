import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import library
from library.database import APPLICATION_ID
from library.store import Store, StoreUnusable, UnknownArticle
from models.answer import Answer, AnswerSentence, Citation, Timings
from models.article import Article
from models.entity import Entity, EntityType, Mention
from models.question import SUMMARY, Question, Task, Turn

ANSWER = Answer(
    text="It is cracked.",
    sentences=(AnswerSentence(text="It is cracked.", citations=(0,)),),
    citations=(Citation(article_id="x", paragraph=1, quote="cracked", start=4, end=11),),
    abstained=False,
    model="scripted",
    timings=Timings(total_s=0.5),
)
ENTITIES = (
    Entity(
        name="Ann Lee",
        type=EntityType.PERSON,
        aliases=("Lee",),
        mentions=(Mention(paragraph=1, start=0, end=3, text="Lee"),),
    ),
)

MIGRATIONS = Path(library.__file__).parent / "migrations"

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
ARTICLES = st.builds(
    Article.build,
    TEXT,
    st.lists(TEXT, min_size=1, max_size=5),
    published=st.none() | st.dates(),
    url=st.none() | TEXT,
    origin=TEXT,
    notices=st.lists(TEXT, max_size=2).map(tuple),
)


def article(headline: str = "Bridge closed", *texts: str, published: date | None = None) -> Article:
    return Article.build(headline, list(texts or ["The bridge is cracked."]), published=published, origin="a.txt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "folder" / "library.db") as opened:
        yield opened


@given(ARTICLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_article_comes_back_as_it_was_added(store: Store, given_article: Article) -> None:
    store.add(given_article)
    store.add(given_article)

    kept = store.article(given_article.id)

    assert kept is not None
    assert kept.model_dump(exclude={"url", "origin", "notices"}) == given_article.model_dump(
        exclude={"url", "origin", "notices"}
    )
    assert [summary.id for summary in store.articles()].count(given_article.id) == 1


def test_what_was_kept_is_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    kept = Article.build(
        "H",
        ["One.", "Two."],
        published=date(2026, 9, 14),
        url="https://example.org",
        origin="-",
        notices=("A notice.",),
    )
    with Store.open(path) as store:
        store.add(kept)

    with Store.open(path) as store:
        assert store.article(kept.id) == kept
        assert store.article("unknown") is None


def test_articles_are_listed_newest_first(store: Store) -> None:
    for headline, published in (("old", date(2020, 1, 1)), ("undated", None), ("new", date(2026, 1, 1))):
        store.add(article(headline, "One.", "Two.", published=published))

    summaries = store.articles()

    assert [summary.headline for summary in summaries] == ["new", "old", "undated"]
    assert summaries[0].published == date(2026, 1, 1)
    assert summaries[0].paragraphs == 2


def test_entities_are_kept_by_version(store: Store) -> None:
    story = article()
    store.add(story)
    assert store.entities(story.id, "v1") is None

    store.keep_entities(story.id, "v1", [])
    assert store.entities(story.id, "v1") == ()

    store.keep_entities(story.id, "v2", ENTITIES)
    assert store.entities(story.id, "v2") == ENTITIES
    assert store.entities(story.id, "v1") is None


def kept(store: Store, headline: str, *entities: Entity, published: date | None = None, version: str = "v1") -> Article:
    story = article(headline, published=published)
    store.add(story)
    store.keep_entities(story.id, version, entities)
    return story


def person(name: str, *aliases: str, kind: EntityType = EntityType.PERSON) -> Entity:
    return Entity(name=name, type=kind, aliases=aliases)


def test_other_articles_of_an_entity_come_newest_first(store: Store) -> None:
    here = kept(store, "Here", person("Ann Lee", "Lee"), published=date(2025, 1, 1))
    for headline, published in (("old", date(2020, 1, 1)), ("undated", None), ("new", date(2026, 1, 1))):
        kept(store, headline, person("Bob"), person("Ann Lee"), published=published)

    others = store.other_articles(person("Ann Lee", "Lee"), here.id, 10)

    assert [other.headline for other in others] == ["new", "old", "undated"]
    assert store.other_articles(person("Ann Lee", "Lee"), here.id, 1) == others[:1]
    assert len(store.other_articles(person("Bob"), others[0].id, 10)) == 2


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (person("Ann Lee"), True),
        (person("ANN LEE"), True),
        (person("Ann Marie Lee", "Ann Lee", "Lee"), True),
        (person("Dr Ann Lee", "Lee of Leeds"), True),  # by "Lee of Leeds", which both are called
        (person("Lee"), False),
        (person("Sam Lee", "Lee"), False),
        (person("Ann Lee", kind=EntityType.ORG), False),
        (person("Ann Lee", kind=EntityType.SPEAKER), False),
    ],
)
def test_the_same_entity_shares_type_and_full_name(store: Store, other: Entity, same: bool) -> None:
    here = person("Ann Lee", "Lee", "Lee of Leeds")
    story = kept(store, "Here", here)
    kept(store, "Elsewhere", other)

    assert bool(store.other_articles(here, story.id, 10)) is same


def test_one_main_name_of_one_word_is_the_same_but_a_description_never(store: Store) -> None:
    for entity, same in ((person("Pele"), True), (person("an official", kind=EntityType.SPEAKER), False)):
        story = kept(store, f"One {entity.name}", entity)
        kept(store, f"Two {entity.name}", entity)
        assert bool(store.other_articles(entity, story.id, 10)) is same


def test_other_articles_are_those_known_by_the_same_version(store: Store) -> None:
    here = kept(store, "Here", person("Ann Lee"), version="v2")
    there = kept(store, "There", person("Ann Lee"), version="v1")
    assert store.other_articles(person("Ann Lee"), here.id, 10) == []

    store.keep_entities(there.id, "v2", [person("Bob Ray")])
    assert store.other_articles(person("Ann Lee"), here.id, 10) == []

    store.keep_entities(there.id, "v2", [person("Ann Lee")])
    assert [other.id for other in store.other_articles(person("Ann Lee"), here.id, 10)] == [there.id]

    store.remove(there.id)
    assert store.other_articles(person("Ann Lee"), here.id, 10) == []


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


def test_answers_are_kept_with_the_article_or_the_library(store: Store) -> None:
    story = article()
    store.add(story)
    questions = [Question(text="Why?", article_id=story.id), Question(text="Who?", article_id=story.id)]
    for question in (*questions, Question(text="Where?")):
        store.keep_answer(question, ANSWER)

    kept = store.answers(story.id)

    assert [answer.question for answer in kept] == questions
    assert kept[0].answer == ANSWER
    assert abs(datetime.now(UTC) - kept[0].asked_at) < timedelta(minutes=1)
    assert [answer.question.text for answer in store.answers(None)] == ["Where?"]


def test_a_conversation_is_kept_once_and_what_was_understood_with_the_answer(store: Store) -> None:
    asked = Question(text="When was that?", earlier=(Turn(question="Why?", answer="It is cracked."),))
    store.keep_answer(asked, ANSWER.model_copy(update={"understood_as": "When was it that it is cracked?"}))
    [kept] = store.answers(None)
    assert kept.question == Question(text="When was that?")
    assert kept.answer.understood_as == "When was it that it is cracked?"


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


def test_an_article_keeps_the_last_summary_of_it(store: Store) -> None:
    story, other = article("Bridge closed"), article("Ferry opens")
    for added in (story, other):
        store.add(added)
        store.keep_answer(Question.summary(added.id), ANSWER)
        store.keep_answer(Question(text=SUMMARY, article_id=added.id), ANSWER)
    anew = ANSWER.model_copy(update={"text": "It is cracked anew."})
    store.keep_answer(Question.summary(story.id), anew)
    assert [one.question.task for one in store.answers(story.id)] == [Task.ANSWER, Task.SUMMARY]
    assert store.answers(story.id)[-1].answer == anew
    assert len(store.answers(other.id)) == 2


def test_nothing_is_kept_about_an_article_that_is_not_there(store: Store) -> None:
    with pytest.raises(UnknownArticle):
        store.keep_entities("gone", "v1", ENTITIES)
    with pytest.raises(UnknownArticle):
        store.keep_answer(Question(text="Why?", article_id="gone"), ANSWER)
    assert store.answers("gone") == []


def test_a_removed_article_leaves_nothing(store: Store) -> None:
    story, other = article("Bridge closed"), article("Ferry opens", "The ferry sails at noon.")
    for added in (story, other):
        store.add(added)
    store.keep_entities(story.id, "v1", ENTITIES)
    store.keep_answer(Question(text="Why?", article_id=story.id), ANSWER)

    store.remove(story.id)
    store.remove("unknown")

    assert store.article(story.id) is None
    assert store.entities(story.id, "v1") is None
    assert store.answers(story.id) == []
    assert store.match_paragraphs(["bridge", "cracked"], None, 10) == []
    assert store.search("cracked", 10) == []
    assert len(store.search("ferry", 10)) == 1
    store.add(story)
    assert len(store.search("cracked", 10)) == 1


def test_a_failed_change_changes_nothing(store: Store) -> None:
    broken = article("Twice", "One.").model_copy(
        update={"paragraphs": (*article("x", "One.").paragraphs, *article("x", "Again one.").paragraphs)}
    )

    with pytest.raises(apsw.ConstraintError):
        store.add(broken)

    assert store.articles() == []
    store.add(article())
    assert len(store.articles()) == 1


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
