"""What the pipeline makes of a question before and after it is drafted, with drafts that are scripted."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from entities.recognise import VERSION
from library.store import Store
from models.answer import AnswerSentence, Evidence
from models.article import Article
from models.entity import Entity, EntityType
from models.question import Question, Turn
from rag.answerability import Signals
from rag.answerer import Excerpts
from rag.answering import NOT_SAID, Settled, written
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.drafting import Draft, Drafter
from rag.failures import EndpointFailed
from rag.judging import Judging
from rag.listener import Stopwatch
from rag.messages import Step
from rag.passages import Passage, passages_of
from rag.pipeline import Pipeline
from rag.researcher import LIT, Researcher
from rag.summary import Summariser

STORY = Article.build("Talks begin", ["Orlov spoke in Oslo. Reed replied."], origin="talks.txt")
ENTITIES = tuple(
    Entity(name=name, type=EntityType.PERSON, aliases=(name.split()[1],)) for name in ("Pavel Orlov", "James Reed")
)
SPOKE = Turn(question="What did Orlov say?", answer="Orlov spoke.", article_ids=(STORY.id,))


class Drafting(Pipeline):
    """Drafts what it is told to, and remembers what was asked."""

    asked: Question
    sentences: tuple[AnswerSentence, ...] = (AnswerSentence(text="Reed agreed."),)

    def draft(self, question: Question, *_: Any) -> Draft:
        self.asked = question
        signals = Signals(**{f.name: 0.0 for f in fields(Signals)})
        settled = Settled(self.sentences, (), ())
        judging = Judging(self.asked, None, None)  # type: ignore[arg-type]
        return Draft(settled, signals, Attributor((), lambda *_: (), {}, ""), judging, streamed=12)  # type: ignore[arg-type]


class Researching(Researcher):
    """Finds and reads what it is told to, of an article of the store."""

    def __init__(self, articles: Articles, found: Sequence[Evidence], reading: Any) -> None:
        self._known = articles
        self._evidence = tuple(found)
        self._reading = reading

    def evidence(self, question: Question, listener: Any, _: Stopwatch) -> tuple[Evidence, ...]:
        self.looked_for = question.text
        listener.evidence(self._evidence[:LIT])
        return self._evidence

    def read(self, *_: Any) -> tuple[Any, tuple[Passage, ...]]:
        return self._reading, self._known.passages(self._known.article(self._evidence[0].article_id))


class Alike(Articles):
    """Finds every passage half alike to anything."""

    def similarity(self, _: str, passages: Sequence[Passage]) -> Any:
        return np.full(len(passages), 0.5)


class Listening:
    """Hears what is done."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def working(self, step: Step, _: float | None = None) -> None:
        self.heard.append(step)

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        self.heard.append([one.paragraph for one in found])

    def token(self, text: str) -> None:
        self.heard.append(text)

    def settled(self, sentences: tuple[AnswerSentence, ...], _: object, written: int) -> None:
        self.heard.append(([sentence.text for sentence in sentences], written))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(STORY)
        opened.keep_entities(STORY.id, VERSION, ENTITIES)
        yield opened


@pytest.fixture
def pipeline(store: Store) -> Drafting:
    return Drafting(SimpleNamespace(answerer=SimpleNamespace(name="m")), store)  # type: ignore[arg-type]


@pytest.mark.parametrize("article_id", [STORY.id, None])
def test_a_follow_up_is_drafted_as_it_is_understood(pipeline: Drafting, article_id: str | None) -> None:
    question = Question(text="And what did Reed reply?", article_id=article_id, earlier=(SPOKE,))
    answer = pipeline.answer(question, Listening())
    assert pipeline.asked.text == "What did Reed reply to Pavel Orlov?"
    assert pipeline.asked.article_id == article_id
    assert answer.understood_as == "What did Reed reply to Pavel Orlov?"


def test_a_question_that_stands_on_its_own_is_not_said_to_be_understood_otherwise(pipeline: Drafting) -> None:
    question = Question(text="What did Reed reply?", article_id=STORY.id, earlier=(SPOKE,))
    assert pipeline.answer(question, Listening()).understood_as is None
    assert pipeline.asked.text == "What did Reed reply?"


def test_an_answer_that_stands_is_shown_while_it_is_finished(pipeline: Drafting) -> None:
    finished = Settled((AnswerSentence(text="Reed agreed in Oslo."),), (), ())
    listener = Listening()

    class Finishing:
        def finish(self, _: Question, draft: Draft, __: Any) -> Settled:
            assert listener.heard == [(["Reed agreed."], 12)]
            assert written(draft.settled) == "Reed agreed."
            return finished

    pipeline._finisher = Finishing()  # type: ignore[assignment]
    assert pipeline.answer(Question(text="Who agreed?", article_id=STORY.id), listener).text == "Reed agreed in Oslo."


def test_what_a_follow_up_was_understood_as_is_said_where_it_is_declined(pipeline: Drafting) -> None:
    pipeline.sentences = ()
    listener = Listening()
    answer = pipeline.answer(Question(text="Why did he?", article_id=STORY.id, earlier=(SPOKE,)), listener)
    assert listener.heard == []
    assert answer.abstained
    assert answer.text.startswith(NOT_SAID)
    assert answer.understood_as == "Why did Pavel Orlov?"


def test_a_summary_is_made_from_what_bears_on_the_headline(store: Store) -> None:
    articles = Alike(SimpleNamespace(), store)  # type: ignore[arg-type]
    reading = SimpleNamespace(summary=lambda: iter(["Orlov spoke ", "in Oslo."]))
    researcher = Researching(articles, [Evidence(article_id=STORY.id, paragraph=1, score=0.9)], reading)
    listener = Listening()
    settled = Summariser(articles, researcher).summarise(Question.summary(STORY.id), listener, Stopwatch())
    assert researcher.looked_for == STORY.headline
    assert settled.sentences[0].text == "Orlov spoke in Oslo."
    assert settled.citations[0].quote == "Orlov spoke in Oslo."
    assert listener.heard == [[1], Step.ANSWERING, "Orlov spoke ", "in Oslo.", Step.CHECKING]


LONG = Article.build("Talks go on", [f"Orlov spoke of point {n}." for n in range(1, 9)], origin="long.txt")


class Doubting(Drafter):
    """Doubts its first answer, and its second, as much as it is told to."""

    doubts: tuple[float, float]
    cited: tuple[int, int] = (1, 1)
    verbatim = False
    said = ("whole", "closer")

    def checked(self, _: Question, text: str, attributor: Attributor, judging: Judging) -> Draft:
        closer = text == "closer"
        citing = passages_of(STORY, ()) * self.cited[closer]
        sentences = (AnswerSentence(text=self.said[closer], verbatim=self.verbatim and not closer),)
        settled = Settled(sentences, (), citing)
        doubt: Any = SimpleNamespace(doubt=self.doubts[closer])
        return Certain(settled, doubt, attributor, judging)


class Certain(Draft):
    """A draft whose doubt is given."""

    @property
    def doubt(self) -> float:
        return float(self.signals.doubt)  # type: ignore[attr-defined]


class Closer:
    """Answers from a few passages, and remembers which; the later ones of an article answer best."""

    read_again: tuple[int, ...] = ()
    worst = 0.0
    failing = False

    def answers_it(self, _: str, cited: str) -> float:
        return self.worst + float(cited.split()[-1].strip("."))

    def look_closer(self, excerpts: Excerpts, _: str) -> str:
        self.read_again = tuple(p.number for _, passages in excerpts for p in passages)
        if self.failing:
            raise EndpointFailed("It is busy.")
        return "closer"


@pytest.mark.parametrize(
    ("doubts", "article_id", "wins", "looks"),
    [
        ((0.2, 0.1), LONG.id, "whole", False),
        ((0.8, 0.2), LONG.id, "closer", True),
        ((0.6, 0.9), LONG.id, "whole", True),
        ((0.8, 0.2), None, "whole", False),
    ],
    ids=["sure", "closer is surer", "whole is surer", "of the library"],
)
def test_a_doubtful_answer_gives_way_to_a_less_doubtful_one_from_the_paragraphs_that_answer_best(
    store: Store, doubts: tuple[float, float], article_id: str | None, wins: str, looks: bool
) -> None:
    drafter, closer = _doubting(store)
    drafter.doubts = doubts
    text, looked = _drafted(drafter, Question(text="Why?", article_id=article_id))
    assert (text, looked) == (wins, looks)
    assert closer.read_again == ((3, 4) if looks else ())


@pytest.mark.parametrize(("question", "looks"), [("Who said that it rusted?", True), ("What rusted?", False)])
def test_who_said_something_is_looked_at_closer_unless_it_is_very_sure(
    store: Store, question: str, looks: bool
) -> None:
    drafter, closer = _doubting(store)
    drafter.doubts = (0.2, 0.1)
    _drafted(drafter, Question(text=question, article_id=LONG.id))
    assert bool(closer.read_again) is looks


@pytest.mark.parametrize(
    ("question", "doubt", "wins"),
    [
        ("Who said that it rusted?", 0.6, "Lind."),
        ("Who said that it rusted?", 0.8, "closer"),
        ("Who said that Lind rusted?", 0.6, "closer"),
        ("What rusted?", 0.6, "closer"),
    ],
    ids=["names somebody", "would be declined", "nobody new", "nobody is asked for"],
)
def test_who_said_something_is_answered_by_the_draft_that_names_somebody(
    store: Store, question: str, doubt: float, wins: str
) -> None:
    drafter, _ = _doubting(store)
    drafter.doubts, drafter.said = (doubt, 0.1), ("Lind.", "closer")
    assert _drafted(drafter, Question(text=question, article_id=LONG.id)) == (wins, True)


def test_an_answer_of_which_nothing_passed_is_looked_at_closer_however_sure(store: Store) -> None:
    drafter, _ = _doubting(store)
    drafter.doubts, drafter.verbatim = (0.2, 0.1), True
    assert _drafted(drafter, Question(text="Why?", article_id=LONG.id)) == ("closer", True)


@pytest.mark.parametrize(
    ("cited", "doubt", "wins"), [((1, 2), 0.25, "closer"), ((1, 1), 0.1, "whole"), ((1, 2), 0.5, "whole")]
)
def test_half_an_answer_gives_way_to_one_that_rests_on_more(
    store: Store, cited: tuple[int, int], doubt: float, wins: str
) -> None:
    drafter, _ = _doubting(store)
    drafter.doubts, drafter.cited = (0.2, doubt), cited
    assert _drafted(drafter, Question(text="When and why?", article_id=LONG.id)) == (wins, True)
    drafter.cited = (2, 2)
    assert _drafted(drafter, Question(text="When and why?", article_id=LONG.id)) == ("whole", False)


def test_no_second_answer_is_written_where_no_paragraph_answers(store: Store) -> None:
    drafter, closer = _doubting(store)
    drafter.doubts, closer.worst = (0.8, 0.2), -9.0
    assert _drafted(drafter, Question(text="Why?", article_id=LONG.id)) == ("whole", True)
    assert closer.read_again == ()


def test_where_the_model_fails_the_first_answer_stands(store: Store) -> None:
    drafter, closer = _doubting(store)
    drafter.doubts, closer.failing = (0.8, 0.2), True
    assert _drafted(drafter, Question(text="Why?", article_id=LONG.id)) == ("whole", True)


@pytest.mark.parametrize("doubts", [(0.2, 0.1), (0.8, 0.2), (0.6, 0.9)])
def test_an_answer_knows_in_the_place_of_how_much_writing_it_comes(store: Store, doubts: tuple[float, float]) -> None:
    drafter, _ = _doubting(store)
    drafter.doubts = doubts
    draft = drafter.draft(Question(text="Why?", article_id=LONG.id), Listening(), Stopwatch())
    assert draft.streamed == len("whole")


def test_what_was_judged_is_known_whichever_answer_stands(store: Store) -> None:
    drafter, closer = _doubting(store)
    drafter.doubts = (0.6, 0.9)
    for worst in (0.0, -9.0):
        closer.worst = worst
        draft = drafter.draft(Question(text="Why?", article_id=LONG.id), Listening(), Stopwatch())
        assert draft.attributor.nearest == draft.attributor.passages[3]


def _doubting(store: Store) -> tuple[Doubting, Closer]:
    store.add(LONG)
    store.keep_entities(LONG.id, VERSION, ())
    closer = Closer()
    engines: Any = SimpleNamespace(answerer=closer)
    articles = Alike(engines, store)
    found = [Evidence(article_id=LONG.id, paragraph=n, score=1 - n / 10) for n in range(1, 9)]
    reading = SimpleNamespace(answer=lambda _: iter(["whole"]))
    return Doubting(engines, articles, Researching(articles, found, reading)), closer


def _drafted(drafter: Doubting, question: Question) -> tuple[str, bool]:
    """Give the text of the draft, and whether it was looked at closer."""
    listener = Listening()
    draft = drafter.draft(question, listener, Stopwatch())
    return written(draft.settled), Step.LOOKING_CLOSER in listener.heard


def test_a_sentence_passes_once_the_next_one_begins(store: Store) -> None:
    articles = Alike(SimpleNamespace(), store)  # type: ignore[arg-type]
    pieces = ["Orlov spoke", " in Oslo [1]. ", "R", "eed re", "plied. It was", " late"]
    reading = SimpleNamespace(summary=lambda: iter(pieces))
    researcher = Researching(articles, [Evidence(article_id=STORY.id, paragraph=1, score=0.9)], reading)
    listener = Listening()
    Summariser(articles, researcher).summarise(Question.summary(STORY.id), listener, Stopwatch())
    first, second = "Orlov spoke in Oslo.", "Reed replied."
    at = [listener.heard.index(([first], 25)), listener.heard.index(([first, second], 39))]
    assert [listener.heard[n - 1] for n in at] == ["R", "plied. It was"]
    assert sum(isinstance(heard, tuple) for heard in listener.heard) == len(at)


def test_where_nothing_bears_on_a_question_nothing_is_written(store: Store) -> None:
    class Finding(Researching):
        def read(self, *_: Any) -> tuple[Any, tuple[Passage, ...]]:
            return self._reading, ()

    articles = Alike(SimpleNamespace(), store)  # type: ignore[arg-type]
    researcher = Finding(articles, (), SimpleNamespace())
    draft = Drafter(SimpleNamespace(), articles, researcher).draft(  # type: ignore[arg-type]
        Question(text="Who bakes?"), Listening(), Stopwatch()
    )
    assert draft.doubt == 1.0


def test_nothing_that_is_not_asked_or_open_goes_to_a_shared_index(store: Store) -> None:
    engines = SimpleNamespace(index=SimpleNamespace(shared=True), answerer_ready=False, may_work_ahead=True)
    pipeline = Pipeline(engines, store)  # type: ignore[arg-type]
    listener = Listening()
    pipeline.anticipate(Question(text="What did Reed", article_id=STORY.id), listener, paused=True)
    pipeline.index(STORY, ahead=True)  # there is no embedder to do it with
    assert listener.heard == []


def test_likeness_is_found_once_for_each_text() -> None:
    found: list[str] = []

    def similarity(text: str, passages: Sequence[Passage]) -> Any:
        found.append(text)
        return np.full(len(passages), 0.5)

    recall = remembered(similarity)
    assert [list(recall(text, [])) for text in ("a", "b", "a")] == [[], [], []]
    assert found == ["a", "b"]


def test_links_to_other_articles_are_no_evidence_from_the_library(store: Store) -> None:
    linked = Article.build("Talks", ["More:What Orlov said of it in Oslo", "Orlov spoke in Oslo."], origin="linked.txt")
    store.add(linked)

    class Found(Articles):
        evidence: tuple[Evidence, ...]
        indexer = SimpleNamespace(index_all=lambda _: None)  # type: ignore[assignment]

        @property
        def retriever(self) -> Any:
            return SimpleNamespace(evidence=lambda *_: self.evidence)

    engines: Any = SimpleNamespace(index=SimpleNamespace(lasting=True))
    articles = Found(engines, store)
    link, told = (Evidence(article_id=linked.id, paragraph=n, score=1 / n) for n in (1, 2))
    for articles.evidence, kept in (((link, told), (told,)), ((link,), (link,))):
        assert Researcher(engines, articles).found(Question(text="What did Orlov say?"), Listening()) == kept
