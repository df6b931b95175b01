"""Answers, and what they rest on."""

from datetime import date

from models.base import Frozen


class Evidence(Frozen):
    """A paragraph that the retriever holds to bear on a question. ``score`` lies in [0, 1], higher is better."""

    article_id: str
    paragraph: int
    score: float


class Citation(Frozen):
    """Words of an article that support a sentence: ``quote`` is ``article.text(paragraph)[start:end]``, verbatim."""

    article_id: str
    paragraph: int
    quote: str
    start: int
    end: int


class AnswerSentence(Frozen):
    """A sentence of an answer. ``citations`` index into ``Answer.citations``.

    ``verbatim`` sentences are the article's own words, shown as a quote because the model's sentence could not be
    supported. ``reported`` is the day of what it rests on, where the answer cites newer reports as well.
    """

    text: str
    citations: tuple[int, ...] = ()
    verbatim: bool = False
    reported: date | None = None

    @property
    def said(self) -> str:
        """The sentence as it is to be read: in quotation marks where it is the article's, and with its day."""
        day = f" ({self.reported:%-d %B %Y})" if self.reported else ""
        if self.verbatim:
            return quoted(self.text) + day
        return f"{self.text[:-1]}{day}." if day and self.text.endswith(".") else self.text + day


def quoted(words: str) -> str:
    """Put an article's own words into quotation marks: single ones around those that have double ones of their own."""
    return f"‘{words}’" if any(mark in words for mark in '"“”') else f"“{words}”"


class Timings(Frozen):
    """Seconds from the asking of the question until each step was done; None for a step that was not reached."""

    evidence_s: float | None = None
    first_token_s: float | None = None
    total_s: float


class Answer(Frozen):
    """A short answer with its citations.

    ``abstained``: the article does not say; ``text`` tells so, and the citations, if any, are the nearest thing that
    it does say. ``model`` names the model file that wrote it. ``understood_as`` is the question that was answered, in
    words that stand on their own, where what was asked does not.
    """

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    model: str
    timings: Timings
    understood_as: str | None = None
