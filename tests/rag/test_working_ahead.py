"""Work that is done ahead is not done again: the tokens that the real model evaluates are counted."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from models.article import Article
from models.settings import Settings
from rag.language_model import BATCH_TOKENS, LanguageModel
from rag.local_answerer import LocalAnswerer
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path
from rag.passages import passages_of
from rag.prefix_cache import PrefixCache
from rag.prompt import Prefix
from rag.stop_flag import StopFlag

pytestmark = pytest.mark.real

ARTICLE = Article.build("Bridge closes", ["It rusted for years.", "The mayor, Ida Holm, wept."], origin="bridge.txt")
OTHER = Article.build("Bakers strike", ["There is no bread.", "The guild wants more pay."], origin="bread.txt")
QUESTION = "Who wept when the bridge was closed?"
Scores = npt.NDArray[np.float32]
BUDGET = 1_000_000_000
LONG = Article.build(
    "Ferries stop",
    [f"Sailing {n} left the quay at noon with bread, mail and {n} goats." for n in range(20)],
    origin="f",
)
"""An article of several batches."""


class Reader:
    """A model with a folder of its own, and a count of what it evaluates."""

    def __init__(self, model: LanguageModel, folder: Path) -> None:
        self.model = model
        self.answerer = LocalAnswerer(model, PrefixCache(folder, BUDGET))

    def prefix(self, article: Article) -> Prefix:
        """Give the tokens of an article."""
        prefix = self.answerer._prompter.article_prefix(article, passages_of(article, ()), "")
        assert prefix is not None
        return prefix

    def read(self, article: Article) -> int:
        """Read an article; give the tokens evaluated."""
        before = self.model.tokens_evaluated
        assert self.answerer.read_article(article, passages_of(article, ()), "", lambda _: None)
        return self.model.tokens_evaluated - before

    def answer(self, article: Article, question: str) -> tuple[str, int]:
        """Ask about an article that was read; give the first words, and the tokens evaluated until they came."""
        before = self.model.tokens_evaluated
        reading = self.answerer.read_article(article, passages_of(article, ()), question, lambda _: None)
        assert reading is not None
        pieces = reading.answer(question)
        first = next(pieces)
        evaluated = self.model.tokens_evaluated - before
        return first + "".join(pieces), evaluated


@pytest.fixture
def reader(real_settings: Settings, tmp_path: Path) -> Iterator[Reader]:
    path = model_path(real_settings, Purpose.ANSWER)
    with LanguageModel(path, StopFlag(), context_tokens=real_settings.answer.context_tokens) as model:
        yield Reader(model, tmp_path / "prefixes")


def test_a_question_that_was_read_while_it_was_typed_costs_nothing(reader: Reader) -> None:
    reader.read(ARTICLE)
    plain, evaluated = reader.answer(ARTICLE, QUESTION)
    assert evaluated > 10
    for typed in ("Who wept", "Who wept when the brid", QUESTION):
        reader.answerer.read_ahead(ARTICLE, passages_of(ARTICLE, ()), typed)
    answer, evaluated = reader.answer(ARTICLE, QUESTION)
    assert evaluated == 0
    assert answer == plain
    assert reader.read(ARTICLE) == 0


class Interrupted(Exception):
    """The reading was left for something else."""


def leave(share: float) -> None:
    """Leave after the first batch."""
    if share > 0:
        raise Interrupted


def test_a_question_that_comes_in_the_midst_of_reading_costs_no_token_twice(reader: Reader) -> None:
    before = reader.model.tokens_evaluated
    with pytest.raises(Interrupted):
        reader.answerer.read_article(LONG, passages_of(LONG, ()), "", leave)
    assert reader.model.tokens_evaluated - before == BATCH_TOKENS
    assert reader.read(LONG) == len(reader.prefix(LONG)) - BATCH_TOKENS


def test_the_next_article_is_read_from_disk_when_it_is_opened_and_the_open_one_stays_read(reader: Reader) -> None:
    assert reader.read(ARTICLE) > 0
    plain, _ = reader.answer(ARTICLE, QUESTION)
    reader.answerer.read_next(OTHER, passages_of(OTHER, ()), lambda _: None)
    assert reader.read(ARTICLE) == 0
    assert reader.answer(ARTICLE, QUESTION)[0] == plain
    assert reader.read(OTHER) == 0
    assert "bread" in reader.answer(OTHER, "What is there none of?")[0]


def test_an_article_that_is_opened_while_it_is_read_ahead_is_read_on_from_there(reader: Reader) -> None:
    reader.read(ARTICLE)
    with pytest.raises(Interrupted):
        reader.answerer.read_next(LONG, passages_of(LONG, ()), leave)
    assert reader.read(LONG) == len(reader.prefix(LONG)) - BATCH_TOKENS
    assert "goats" in reader.answer(LONG, "What did sailing 7 leave with?")[0]


def test_what_the_model_makes_of_a_question_depends_on_nothing_that_it_has_read_before(reader: Reader) -> None:
    def thoughts() -> tuple[Scores, Scores]:
        reader.answer(LONG, QUESTION)
        after = reader.answerer.judge(QUESTION, "The mayor, Ida Holm, wept.").state
        reader.answerer.read_article(LONG, passages_of(LONG, ()), QUESTION, lambda _: None)
        reader.model.feed([*reader.prefix(LONG), *reader.model.tokenize(QUESTION)], prefix=len(reader.prefix(LONG)))
        return after, reader.model.logits()

    def asked_before() -> None:
        reader.answer(LONG, "Who wept when the ferry was sold?")

    def typed_before() -> None:
        reader.answerer.read_ahead(LONG, passages_of(LONG, ()), "Who wept when")

    def read_another() -> None:
        reader.read(ARTICLE)

    def read_ahead_of_another() -> None:
        reader.answerer.read_next(OTHER, passages_of(OTHER, ()), lambda _: None)

    def went_on_after_an_interruption() -> None:
        reader.answerer = LocalAnswerer(reader.model, PrefixCache(Path(), 0))
        reader.read(ARTICLE)
        with pytest.raises(Interrupted):
            reader.answerer.read_article(LONG, passages_of(LONG, ()), "", leave)

    reader.read(LONG)
    first = thoughts()
    for happening in (
        asked_before, typed_before, read_another, read_ahead_of_another, went_on_after_an_interruption
    ):  # fmt: skip
        happening()
        for now, then in zip(thoughts(), first, strict=True):
            assert np.array_equal(now, then), happening.__name__
