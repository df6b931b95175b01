"""Work that is done ahead is not done again: the tokens that the real model evaluates are counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.article import Article
from models.settings import Settings
from rag.language_model import BATCH_TOKENS, LanguageModel
from rag.local_answerer import LocalAnswerer
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path
from rag.passages import passages_of
from rag.prefix_cache import PrefixCache
from rag.stop_flag import StopFlag

pytestmark = pytest.mark.real

ARTICLE = Article.build("Bridge closes", ["It rusted for years.", "The mayor, Ida Holm, wept."], origin="bridge.txt")
OTHER = Article.build("Bakers strike", ["There is no bread.", "The guild wants more pay."], origin="bread.txt")
QUESTION = "Who wept when the bridge was closed?"
BUDGET = 1_000_000_000
REST = 5
"""Tokens that are left to be read of an article."""


class Reader:
    """A model with a folder of its own, and a count of what it evaluates."""

    def __init__(self, model: LanguageModel, folder: Path) -> None:
        self.model = model
        self.answerer = LocalAnswerer(model, PrefixCache(folder, BUDGET))

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


def test_a_question_that_was_read_while_it_was_typed_costs_one_token(reader: Reader) -> None:
    reader.read(ARTICLE)
    plain, evaluated = reader.answer(ARTICLE, QUESTION)
    assert evaluated > 10
    for typed in ("Who wept", "Who wept when the brid", QUESTION):
        reader.answerer.read_ahead(ARTICLE, passages_of(ARTICLE, ()), typed, whole=True)
    answer, evaluated = reader.answer(ARTICLE, QUESTION)
    assert evaluated == 1
    assert answer == plain
    assert reader.read(ARTICLE) == 0


class Interrupted(Exception):
    """The reading was left for something else."""


def test_a_question_that_comes_in_the_midst_of_reading_costs_no_token_twice(reader: Reader) -> None:
    long = Article.build("Ferries", [f"Sailing {n} leaves at noon with bread and mail." for n in range(40)], origin="f")

    def leave(share: float) -> None:
        if share > 0:
            raise Interrupted

    before = reader.model.tokens_evaluated
    with pytest.raises(Interrupted):
        reader.answerer.read_article(long, passages_of(long, ()), "", leave)
    assert reader.model.tokens_evaluated - before == BATCH_TOKENS
    prefix = reader.answerer._prompter.article_prefix(long, passages_of(long, ()), "")
    assert prefix is not None
    assert reader.read(long) == len(prefix) - BATCH_TOKENS


def test_words_that_have_settled_are_not_read_again(reader: Reader) -> None:
    reader.read(ARTICLE)
    _, whole = reader.answer(ARTICLE, QUESTION)
    reader.answerer.read_ahead(ARTICLE, passages_of(ARTICLE, ()), "Who wept when the bri", whole=False)
    _, rest = reader.answer(ARTICLE, QUESTION)
    assert rest < whole


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
    prefix = reader.answerer._prompter.article_prefix(OTHER, passages_of(OTHER, ()), "")
    assert prefix is not None
    reader.model.feed_ahead(prefix[:-REST])
    assert reader.read(OTHER) == REST
    assert "bread" in reader.answer(OTHER, "What is there none of?")[0]


def test_what_is_read_ahead_gives_way_where_the_room_is_needed(real_settings: Settings) -> None:
    with LanguageModel(model_path(real_settings, Purpose.ANSWER), StopFlag(), context_tokens=256) as model:
        tokens = model.tokenize("The ferry stops on Friday. " * 50)
        model.feed_ahead(tokens[:150])
        model.feed(tokens[:200])
        assert model.holds(tokens[:200])
