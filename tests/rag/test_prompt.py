"""Whatever is asked about whatever text, it fits the context, with a scripted model."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from models.article import Article
from models.question import LONGEST_QUESTION
from models.settings import LEAST_CONTEXT_TOKENS
from rag.failures import ModelUnusable
from rag.passages import passages_of
from rag.prompt import ANSWER_TOKENS, ASIDE_TOKENS, SUMMARY_TOKENS, Prefix, Prompter

BEGIN, END = "<system>", "<reply>"


class LetterModel:
    """Takes every letter for a token; says Yes."""

    name = "letters"

    def __init__(self, context_tokens: int) -> None:
        self.context_tokens = context_tokens
        self.asked_aside = ""
        self.prefix = ""

    def chat(self, _: str, user: str) -> str:
        return f"{BEGIN}{user}{END}"

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:  # noqa: ARG002 -- as the model's
        return [ord(letter) for letter in text]

    def text(self, tokens: Sequence[int]) -> str:
        return "".join(map(chr, tokens))

    def weigh_aside(
        self, tokens: Sequence[int], candidates: Sequence[int], *, prefix: int
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
        self.asked_aside = self.text(tokens)
        self.prefix = self.text(tokens[:prefix])
        return np.log(np.linspace(0.9, 0.1, len(candidates))), np.ones(2, dtype=np.float32)


def prompter(context_tokens: int = LEAST_CONTEXT_TOKENS) -> tuple[Prompter, LetterModel]:
    model = LetterModel(context_tokens)
    return Prompter(model), model  # type: ignore[arg-type]


def article(letters: int) -> Article:
    return Article.build("Bridge closes", ["x" * letters], origin="bridge.txt")


def evidence(writer: Prompter, letters: int, question: str) -> Prefix:
    long = article(letters)
    return writer.evidence_prefix([(long, passages_of(long, ()))], question)


@pytest.mark.parametrize("question", ["Why?", "?" * LONGEST_QUESTION])
def test_a_paragraph_longer_than_the_context_leaves_room_for_question_answer_and_check(question: str) -> None:
    writer, model = prompter()
    prefix = evidence(writer, 100_000, question)
    asked = writer.asked(prefix, question)
    writer.judge(question, "y" * 100_000)
    assert "xxx" in model.text(prefix)
    assert len(asked) + ANSWER_TOKENS + ASIDE_TOKENS <= model.context_tokens
    assert len(model.asked_aside) <= ASIDE_TOKENS


def test_a_summary_has_room_behind_an_article_that_just_fits() -> None:
    writer, model = prompter()
    room = next(n for n in range(2000, 0, -1) if writer.article_prefix(article(n), passages_of(article(n), ())))
    prefix = writer.article_prefix(article(room), passages_of(article(room), ()))
    assert prefix is not None
    asked = writer.to_summarise(prefix)
    assert asked[: len(prefix)] == list(prefix)
    assert len(asked) + SUMMARY_TOKENS <= model.context_tokens


def test_a_long_question_takes_the_room_of_an_article_that_would_fit_beside_a_short_one() -> None:
    writer, _ = prompter()
    close = article(700)
    passages = passages_of(close, ())
    assert writer.article_prefix(close, passages) is not None
    assert writer.article_prefix(close, passages, "Why?") is not None
    assert writer.article_prefix(close, passages, "?" * LONGEST_QUESTION) is None


def test_the_check_keeps_its_beginning_and_its_task_beside_a_long_question() -> None:
    writer, model = prompter()
    writer.judge("?" * LONGEST_QUESTION, "y" * 1000)
    assert model.asked_aside.startswith(f"{BEGIN}Paragraph: y")
    assert model.asked_aside.endswith(f"Reply with Yes or No.{END}")


@pytest.mark.parametrize(("question", "cited"), [("Why?", "It rusted."), ("?" * LONGEST_QUESTION, "y" * 100_000)])
def test_a_check_of_an_answer_fits_and_begins_as_that_of_the_paragraph_does(question: str, cited: str) -> None:
    writer, model = prompter()
    writer.judge(question, cited)
    prefix = model.prefix
    writer.judge(question, cited, "a" * 1000)
    assert model.prefix == prefix
    assert model.asked_aside.startswith(f"{prefix}Answer: aaa")
    assert model.asked_aside.endswith(f"Reply with Yes or No.{END}")
    assert len(model.asked_aside) <= ASIDE_TOKENS


def test_a_closer_look_leaves_room_for_its_answer_beside_what_is_read() -> None:
    writer, model = prompter()
    long = article(100_000)
    asked = writer.asked_closer([(long, passages_of(long, ()))], "Why?")
    assert "xxx" in model.text(asked)
    assert model.text(asked).endswith(END)
    assert len(asked) + ANSWER_TOKENS == ASIDE_TOKENS


def test_what_is_short_is_asked_as_it_is() -> None:
    writer, model = prompter()
    assert "Question: Why?\n" in model.text(writer.asked((), "Why?"))
    assert writer.judge("Why?", "It rusted.").yes > 0
    assert "Paragraph: It rusted.\n\nQuestion: Why?\n" in model.asked_aside


def test_a_model_of_too_small_a_context_is_refused_in_words() -> None:
    with pytest.raises(ModelUnusable, match="reads no more than 512 tokens"):
        prompter(512)
