"""What the store keeps about articles, and gives back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.store import Store, UnknownArticle
from models.article import Article, Heading
from models.entity import Entity, EntityType
from models.question import SUMMARY, Question, Task, Turn
from tests.library.store_samples import ANSWER, ENTITIES, article, kept, person

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)

ARTICLES = st.builds(
    Article.build,
    TEXT,
    st.lists(TEXT, min_size=1, max_size=5),
    published=st.none() | st.dates(),
    url=st.none() | TEXT,
    origin=TEXT,
    byline=st.none() | TEXT,
    headings=st.lists(st.builds(Heading, before=st.integers(1, 6), text=TEXT), max_size=2).map(tuple),
    notices=st.lists(TEXT, max_size=2).map(tuple),
)


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
    told_once = {"url", "origin", "byline", "headings", "notices"}
    assert kept.model_dump(exclude=told_once) == given_article.model_dump(exclude=told_once)
    assert [summary.id for summary in store.articles()].count(given_article.id) == 1


def test_what_was_kept_is_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    kept = Article.build(
        "H",
        ["One.", "Two."],
        published=date(2026, 9, 14),
        url="https://example.org",
        origin="-",
        byline="By Ada Krol",
        headings=(Heading(before=2, text="What next"),),
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
