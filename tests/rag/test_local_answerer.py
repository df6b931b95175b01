"""When the answerer on this machine reads, and when it need not, with a scripted model."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from models.article import Article
from models.settings import LEAST_CONTEXT_TOKENS
from rag.local_answerer import LocalAnswerer
from rag.passages import passages_of
from rag.prompt import ANSWER, ANSWER_TOKENS, SUMMARISE, SUMMARY_TOKENS

ARTICLE = Article.build("Bridge closes", ["It rusted."], origin="bridge.txt")
PASSAGES = passages_of(ARTICLE, ())


class Model:
    """Takes every letter for a token, and remembers what it has read and was to write."""

    name = "letters"
    context_tokens = LEAST_CONTEXT_TOKENS
    width = 2

    def __init__(self) -> None:
        self.read: list[str] = []
        self.held: tuple[int, ...] = ()

    def chat(self, _: str, user: str) -> str:
        return f"<{user}>"

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:  # noqa: ARG002 -- as the model's
        return [ord(letter) for letter in text]

    def text(self, tokens: Sequence[int]) -> str:
        return "".join(map(chr, tokens))

    def holds(self, prefix: Sequence[int]) -> bool:
        return self.held[: len(prefix)] == tuple(prefix)

    def feed(
        self, tokens: Sequence[int], on_progress: Callable[[int, int], None] | None = None, *, prefix: int = 0
    ) -> None:
        assert self.holds(tokens[:prefix])
        self.read.append(self.text(tokens))
        self.held = tuple(tokens)
        if on_progress is not None:
            on_progress(len(tokens), len(tokens))

    def generate(self, most: int) -> Iterator[str]:
        yield f"{most} more"

    def write_aside(self, tokens: Sequence[int], most: int) -> str:
        return f"{self.text(tokens)} and {most} more"


class Kept:
    """Keeps prefixes as the cache on disk does."""

    def __init__(self) -> None:
        self.prefixes: list[tuple[int, ...]] = []

    def load(self, model: Model, prefix: tuple[int, ...]) -> bool:
        if prefix in self.prefixes:
            model.held = prefix
        return prefix in self.prefixes

    def save(self, _: Model, prefix: tuple[int, ...]) -> None:
        self.prefixes.append(prefix)

    def keeps(self, _: Model, prefix: tuple[int, ...]) -> bool:
        return prefix in self.prefixes


def answerer(model: Model, kept: Kept) -> LocalAnswerer:
    return LocalAnswerer(model, kept)  # type: ignore[arg-type]


def read(local: LocalAnswerer, article: Article = ARTICLE) -> tuple[Any, list[float]]:
    shares: list[float] = []
    reading = local.read_article(article, passages_of(article, ()), "Why?", shares.append)
    return reading, shares


def test_an_article_is_read_once_and_then_known_by_heart_or_from_disk() -> None:
    model, kept = Model(), Kept()
    _, shares = read(answerer(model, kept))
    assert shares == [0.0, 1.0]
    assert kept.prefixes == [model.held]
    assert read(answerer(model, kept))[1] == []  # it is held
    model.held = ()
    assert read(answerer(model, kept))[1] == []  # it is loaded
    assert len(model.read) == len(kept.prefixes) == 1


@pytest.mark.parametrize(
    ("task", "asked", "most"),
    [("answer", ANSWER.format(question="Why?"), ANSWER_TOKENS), ("summary", SUMMARISE, SUMMARY_TOKENS)],
)
def test_the_task_comes_behind_what_was_read(task: str, asked: str, most: int) -> None:
    model = Model()
    reading, _ = read(answerer(model, Kept()))
    pieces = reading.answer("Why?") if task == "answer" else reading.summary()
    assert list(pieces) == [f"{most} more"]
    before, prompt = model.read
    assert prompt == f"{before}{asked}>"


def test_an_article_that_does_not_fit_is_not_read() -> None:
    model = Model()
    long = Article.build("Bridge closes", ["x" * LEAST_CONTEXT_TOKENS], origin="bridge.txt")
    assert read(answerer(model, Kept()), long) == (None, [])
    assert model.read == []


def test_passages_of_several_articles_are_read_anew_and_not_kept() -> None:
    model, kept = Model(), Kept()
    other = Article.build("Bridge opens", ["It was mended."], origin="open.txt")
    excerpts = [(ARTICLE, PASSAGES), (other, passages_of(other, ()))]
    answerer(model, kept).read_excerpts(excerpts, "Why?", lambda _: None)
    assert "It rusted." in model.read[0]
    assert "It was mended." in model.read[0]
    assert not kept.prefixes


def test_a_closer_look_leaves_what_was_read_as_it_is() -> None:
    model = Model()
    local = answerer(model, Kept())
    read(local)
    held = model.held
    assert "It rusted." in local.look_closer([(ARTICLE, PASSAGES)], "Why?")
    assert model.held == held


def test_what_is_read_ahead_of_a_question_is_what_is_asked() -> None:
    model = Model()
    local = answerer(model, Kept())
    read(local)
    before = model.read.pop()
    local.read_ahead(ARTICLE, PASSAGES, "Why did it")
    assert model.read == [f"{before}{ANSWER.format(question='Why did it')}>"]
    reading, _ = read(local)
    list(reading.answer("Why did it"))
    assert model.read[0] == model.read[1]


def test_nothing_of_a_question_is_read_before_the_article_is() -> None:
    model = Model()
    answerer(model, Kept()).read_ahead(ARTICLE, PASSAGES, "Why did it")
    assert model.read == []


def test_the_next_article_is_read_and_kept_and_the_open_one_comes_back() -> None:
    model, kept = Model(), Kept()
    local = answerer(model, kept)
    read(local)
    held = model.held
    shares: list[float] = []
    other = Article.build("Bridge opens", ["It was mended."], origin="open.txt")
    local.read_next(other, passages_of(other, ()), shares.append)
    assert "It was mended." in model.text(model.held)
    assert shares == [1.0]
    assert read(local)[1] == []
    assert model.held == held
    local.read_next(other, passages_of(other, ()), shares.append)
    assert shares == [1.0]  # it is kept already
    assert read(local, other)[1] == []


def test_a_question_that_is_typed_brings_the_open_article_back() -> None:
    model = Model()
    local = answerer(model, Kept())
    read(local)
    other = Article.build("Bridge opens", ["It was mended."], origin="open.txt")
    local.read_next(other, passages_of(other, ()), lambda _: None)
    local.read_ahead(ARTICLE, PASSAGES, "Why did it")
    assert model.text(model.held).endswith(f"{ANSWER.format(question='Why did it')}>")


def test_the_next_article_waits_where_a_question_was_read_that_is_still_to_be_asked() -> None:
    model = Model()
    local = answerer(model, Kept())
    read(local)
    local.read_ahead(ARTICLE, PASSAGES, "Why did it")
    held = model.held
    other = Article.build("Bridge opens", ["It was mended."], origin="open.txt")
    local.read_next(other, passages_of(other, ()), lambda _: None)
    assert model.held == held
    read(local)
    local.read_next(other, passages_of(other, ()), lambda _: None)
    assert "It was mended." in model.text(model.held)


def test_the_next_article_is_not_read_where_the_open_one_would_not_come_back() -> None:
    model, kept = Model(), Kept()
    local = answerer(model, kept)
    read(local)
    kept.prefixes.clear()
    held = model.held
    other = Article.build("Bridge opens", ["It was mended."], origin="open.txt")
    local.read_next(other, passages_of(other, ()), lambda _: None)
    assert model.held == held
