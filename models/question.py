"""Questions, and what was asked and answered before them."""

from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from models.answer import Answer
from models.base import Frozen
from models.filters import NO_FILTERS, Filters, NoDay, read_filters

LONGEST_QUESTION = 1000
"""Characters of a question: more is a paste by mistake."""

LONGEST_ANSWER: Final = 600
"""Characters of an earlier answer that are handed on: who and what "he" and "that" are stands at its beginning."""

MOST_TURNS: Final = 5
"""Earlier questions that a question goes back to: nobody means more than these by "he" or "that"."""

MOST_SOURCES: Final = 8
"""Articles of an earlier answer in which its names are looked for."""

SUMMARY: Final = "Summary"
"""What stands in the place of a question where a summary was wanted."""

QuestionText = Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)]


def asked_words(text: str) -> str:
    """Give a question without the filters in it."""
    try:
        return read_filters(text)[0]
    except NoDay:
        return text


class Turn(Frozen):
    """An earlier question, as it was understood, and what was answered: nothing where the article does not say.

    ``article_ids`` are the articles that the answer cites.
    """

    question: QuestionText
    answer: Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)] = ""
    article_ids: Annotated[tuple[str, ...], Field(max_length=MOST_SOURCES)] = ()

    @classmethod
    def of(cls, question: str, answer: Answer) -> Self:
        """Make the turn of a question and its answer, cut to what is handed on."""
        cited = dict.fromkeys(citation.article_id for citation in answer.citations)
        return cls(
            question=(answer.understood_as or asked_words(question))[:LONGEST_QUESTION],
            answer="" if answer.abstained else answer.text[:LONGEST_ANSWER],
            article_ids=tuple(cited)[:MOST_SOURCES],
        )


class Task(StrEnum):
    """What is to be done."""

    ANSWER = "answer"
    """Answer what is asked, or say that the article does not say."""
    SUMMARY = "summary"
    """Say in a few sentences what the article says."""


class Question(Frozen):
    """What the reader asks. Its scope is the article of ``article_id``, or the whole library where that is None.

    Of the library, ``filters`` let only some articles through; the text holds them as the reader wrote them.
    ``earlier`` is the conversation before it, oldest first: by it, a follow-up ("When was that?") is understood.
    """

    text: QuestionText
    article_id: str | None = None
    filters: Filters = NO_FILTERS
    earlier: Annotated[tuple[Turn, ...], Field(max_length=MOST_TURNS)] = ()
    task: Task = Task.ANSWER

    @property
    def words(self) -> str:
        """What is asked, without filters."""
        return self.text if self.article_id else asked_words(self.text)

    @classmethod
    def summary(cls, article_id: str) -> Self:
        """Ask for the summary of an article."""
        return cls(text=SUMMARY, article_id=article_id, task=Task.SUMMARY)

    @model_validator(mode="after")
    def _has_what_to_summarise(self) -> Self:
        if self.task is Task.SUMMARY and self.article_id is None:
            raise ValueError("a summary is one of an article")
        return self
