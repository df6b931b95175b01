"""How a brief is made, stopped, taken up again and brought up to date, with a scripted answerer."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from entities.recognise import VERSION
from library.store import Store
from models.article import Article
from models.brief import Brief
from models.entity import Entity, EntityType
from rag import brief as brief_module
from rag.articles import Articles
from rag.brief import BriefMaker
from rag.messages import Step
from rag.passages import Passage
from rag.stop_flag import StopFlag, Stopped

NOWAK = Entity(name="Irena Nowak", type=EntityType.PERSON)


def report(headline: str, text: str, day: int = 5) -> Article:
    return Article.build(headline, [text, "More is to come."], published=date(2024, 3, day), origin=f"{headline}.txt")


FERRY = report("Ferry stops", "Irena Nowak said in Hollin that the ferry stops.")
FERRY_TOO = report("No ferry", "The ferry stops, Irena Nowak said in Hollin.", 4)
BREAD = report("Bakers strike", "Bakers in Lund strike for more pay.")
OLD = report("Long ago", "Something was.", 1)


class Alike(Articles):
    """Finds every passage half alike to anything, and needs no index."""

    def similarity(self, _: str, passages: Sequence[Passage]) -> Any:
        return np.full(len(passages), 0.5)

    @property
    def indexer(self) -> Any:
        return SimpleNamespace(index=lambda _: None)


class Answerer:
    """Says of a story what its first passage says, and something made up."""

    name = "m"

    def __init__(self) -> None:
        self.read: list[list[str]] = []
        self.stop_after: int | None = None

    def tokens_in(self, text: str) -> int:
        return len(text) // 4

    def read_excerpts(self, excerpts: Sequence[tuple[Article, Sequence[Passage]]], *_: Any) -> Any:
        self.read.append([article.headline for article, _ in excerpts])
        first = excerpts[0][1][0].text

        def write() -> Iterator[str]:
            if self.stop_after is not None and len(self.read) > self.stop_after:
                raise Stopped
            yield f"{first} "
            yield "Napoleon objected in 1812."

        return SimpleNamespace(brief=write)


class Rig:
    """A maker of briefs over a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.answerer = Answerer()
        self.steps: list[tuple[Step, float | None]] = []
        about = {"ferry": (1.0, 0.0), "bakers": (0.0, 1.0)}
        embedder = SimpleNamespace(
            embed=lambda texts: np.array(
                [next((v for word, v in about.items() if word in text.casefold()), (0.0, -1.0)) for text in texts]
            )
        )
        engines: Any = SimpleNamespace(answerer=self.answerer, answerer_ready=True, embedder=embedder, stop=StopFlag())
        self.maker = BriefMaker(engines, store, Alike(engines, store))

    def working(self, step: Step, fraction: float | None = None) -> None:
        self.steps.append((step, fraction))

    def add(self, *articles: Article) -> None:
        for article in articles:
            self.store.add(article)
            self.store.keep_entities(article.id, VERSION, (NOWAK,))

    def make(self, since: date | None = None, not_before: datetime | None = None) -> list[Brief]:
        return list(self.maker.make(since, not_before, self))  # type: ignore[arg-type]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with Store.open(tmp_path / "library.db") as store:
        yield Rig(store)


def headlines(brief: Brief) -> list[str]:
    return [story.headline for story in brief.stories]


def test_an_empty_library_has_no_brief(rig: Rig) -> None:
    assert rig.make() == []


def test_stories_are_there_at_once_and_then_summed_up_one_by_one(rig: Rig) -> None:
    rig.add(OLD, BREAD, FERRY, FERRY_TOO)
    first, second, last = rig.make()
    begin = [FERRY, FERRY_TOO][[FERRY.id, FERRY_TOO.id].index(first.stories[0].article_ids[0])].text(1)
    assert [story.answer.text for story in first.stories] == [f"“{begin}”", f"“{BREAD.text(1)}”"]
    assert [story.summed_up for story in first.stories] == [False, False]
    assert [story.summed_up for story in second.stories] == [True, False]
    assert last.complete
    assert not first.complete
    assert [len(story.article_ids) for story in last.stories] == [2, 1]
    assert OLD.id not in last.article_ids
    assert (last.since, last.until) == (date(2024, 3, 4), date(2024, 3, 5))


def test_each_is_cited_and_what_was_made_up_is_not_in_it(rig: Rig) -> None:
    rig.add(BREAD)
    [story] = rig.make()[-1].stories
    assert story.answer.sentences[0].text == BREAD.text(1)
    assert "Napoleon" not in story.answer.text
    for citation in story.answer.citations:
        assert BREAD.text(citation.paragraph)[citation.start : citation.end] == citation.quote
    assert all(sentence.citations for sentence in story.answer.sentences)


def test_a_story_rests_on_what_tells_something(rig: Rig) -> None:
    notice = "We use the details you have shared to manage your registration."
    texts = ["By the harbour desk", notice, "Bakers in Lund strike for more pay.", "They are many."]
    for day in (1, 2, 3):
        rig.add(Article.build(f"Old {day}", [notice, "Old."], published=date(2024, 3, day), origin="-"))
    strike = Article.build("Bakers strike", texts, published=date(2024, 3, 5), origin="-")
    rig.add(strike)
    first, last = rig.make()
    assert first.stories[0].answer.citations[0].paragraph == 3
    assert first.stories[0].answer.text == f"“{texts[2]}”"
    assert [citation.paragraph for citation in last.stories[0].answer.citations] == [3]


def test_an_article_of_notices_alone_is_no_story(rig: Rig) -> None:
    notice = "We use the details you have shared to manage your registration."
    for day in (1, 2, 5):
        rig.add(Article.build(f"Quiz of day {day}", [notice], published=date(2024, 3, day), origin="-"))
    rig.add(BREAD)
    brief = rig.make()[-1]
    assert headlines(brief) == ["Bakers strike"]
    assert rig.make() == [brief], "it is not begun again for the one that was left out"


def test_what_is_new_is_said_and_what_was_said_is_not_made_again(rig: Rig) -> None:
    rig.add(BREAD, FERRY_TOO)
    assert [story.new for story in rig.make()[-1].stories] == [1, 1]
    rig.add(FERRY)
    rig.answerer.read.clear()
    brief = rig.make()[-1]
    assert {story.headline in ("Ferry stops", "No ferry"): story.new for story in brief.stories} == {True: 1, False: 0}
    assert brief.stories[0].new == 1  # what is new comes first
    assert rig.answerer.read == [headlines_read(brief)]


def headlines_read(brief: Brief) -> list[str]:
    by_id = {article.id: article.headline for article in (FERRY, FERRY_TOO)}
    return [by_id[one] for one in brief.stories[0].article_ids]


def test_the_same_is_there_again_at_once_unless_it_is_to_be_made_anew(rig: Rig) -> None:
    rig.add(BREAD)
    made = rig.make()[-1]
    assert rig.make() == [made]
    assert len(rig.answerer.read) == 1
    anew = rig.make(not_before=made.made_at + timedelta(microseconds=1))[-1]
    assert len(rig.answerer.read) == 2
    assert [story.new for story in anew.stories] == [1]


def test_one_that_is_complete_is_given_without_looking_at_its_articles(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.add(BREAD, FERRY)
    made = rig.make()[-1]
    read: list[str] = []
    monkeypatch.setattr(rig.store, "article", read.append)
    assert rig.make() == [made]
    assert read == []


def test_one_that_was_stopped_goes_on_where_it_was(rig: Rig) -> None:
    rig.add(BREAD, FERRY)
    rig.answerer.stop_after = 1
    asked = datetime.now(UTC)
    with pytest.raises(Stopped):
        rig.make(not_before=asked)
    rig.answerer.stop_after = None
    rig.answerer.read.clear()
    resumed = rig.make(not_before=asked)
    assert resumed[0].stories[0].summed_up
    assert resumed[-1].complete
    assert len(rig.answerer.read) == 1


def test_of_many_stories_the_weightiest_are_summed_up(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief_module, "SUMMED_UP", 1)
    rig.add(BREAD, FERRY, FERRY_TOO)
    last = rig.make()[-1]
    assert last.complete
    assert [story.summed_up for story in last.stories] == [True, False]
    assert len(last.stories[0].article_ids) == 2


def test_how_far_it_is_is_told(rig: Rig) -> None:
    rig.add(BREAD, FERRY)
    rig.make()
    assert rig.steps[0] == (Step.GROUPING, 0.0)
    assert {share for step, share in rig.steps if step is Step.BRIEFING} == {0.0, 0.5}


def test_a_removed_article_ends_nothing(rig: Rig) -> None:
    rig.add(BREAD, FERRY)
    making = rig.maker.make(None, None, rig)  # type: ignore[arg-type]
    first = next(making)
    rig.store.remove(first.stories[0].article_ids[0])
    assert list(making)[-1].complete
