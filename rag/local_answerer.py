"""The answerer on this machine: what the language model has read is kept in its context, and on disk."""

from collections.abc import Iterator, Sequence

from models.article import Article
from rag.answerer import Excerpts, OnProgress
from rag.language_model import LanguageModel
from rag.passages import Passage
from rag.prefix_cache import PrefixCache
from rag.probe import UNDECIDED, Judgement, Probe, Tells, log_odds
from rag.prompt import (
    ANSWER_TOKENS,
    BRIEF_TOKENS,
    BRIEFLY,
    SUMMARY_TOKENS,
    Prefix,
    Prompter,
)


class LocalReading:
    """A prefix that the model has read."""

    def __init__(self, model: LanguageModel, prompter: Prompter, prefix: Prefix) -> None:
        self._model = model
        self._prompter = prompter
        self._prefix = prefix

    def answer(self, question: str) -> Iterator[str]:
        """Answer a question from it. Raises ``Stopped``."""
        return self._write(self._prompter.asked(self._prefix, question), ANSWER_TOKENS)

    def summary(self) -> Iterator[str]:
        """Say in a few sentences what it says. Raises ``Stopped``."""
        return self._write(self._prompter.to_summarise(self._prefix), SUMMARY_TOKENS)

    def brief(self) -> Iterator[str]:
        """Say in a sentence or two what happened. Raises ``Stopped``."""
        return self._write(self._prompter.tokens(self._prefix, BRIEFLY), BRIEF_TOKENS)

    def _write(self, tokens: Sequence[int], most: int) -> Iterator[str]:
        self._model.feed(tokens, prefix=len(self._prefix))
        return self._model.generate(most)


class LocalAnswerer:
    """Answers by a language model in this process."""

    def __init__(self, model: LanguageModel, prefixes: PrefixCache) -> None:
        """Answer by a model. Raises ``ModelUnusable`` where its context holds too little."""
        self._model = model
        self._prefixes = prefixes
        self._prompter = Prompter(model)
        self._open: Prefix | None = None
        self._begun: list[int] | None = None
        self.probe = Probe.of(model.name, model.width, Tells.ANSWERS)
        self.answer_probe = Probe.of(model.name, model.width, Tells.RIGHT)

    @property
    def name(self) -> str:
        """The name of the model file."""
        return self._model.name

    def read_article(
        self, article: Article, passages: Sequence[Passage], question: str, on_progress: OnProgress
    ) -> LocalReading | None:
        """Read a whole article, or load what was kept of it; None where it does not fit. Raises ``Stopped``."""
        prefix = self._prompter.article_prefix(article, passages, question)
        self._open, self._begun = prefix, None
        if prefix is None:
            return None
        if not self._has_read(prefix):
            self._feed(prefix, on_progress)
            self._prefixes.save(self._model, prefix)
        return self._reading(prefix)

    def read_excerpts(self, excerpts: Excerpts, question: str, on_progress: OnProgress) -> LocalReading:
        """Read some passages, cut to what fits beside the question. Raises ``Stopped``."""
        prefix = self._prompter.evidence_prefix(excerpts, question)
        self._feed(prefix, on_progress)
        return self._reading(prefix)

    def read_ahead(self, article: Article, passages: Sequence[Passage], question: str) -> None:
        """Read a question that may be asked, if the article before it has been read. Raises ``Stopped``."""
        prefix = self._prompter.article_prefix(article, passages, question)
        if prefix is not None and self._has_read(prefix):
            self._begun = self._prompter.asked(prefix, question)
            self._model.feed(self._begun, prefix=len(prefix))

    def read_next(self, article: Article, passages: Sequence[Passage], on_progress: OnProgress) -> None:
        """Read an article that may be opened next, and keep it on disk. Raises ``Stopped``.

        The open one comes back from there when it is asked about. Nothing is read where the disk does not keep that, or
        a question about it has been read that is still to be asked.
        """
        prefix = self._prompter.article_prefix(article, passages, "")
        if prefix is None or self._prefixes.keeps(self._model, prefix):
            return
        if self._begun is not None and self._model.holds(self._begun):
            return
        if self._open is None or self._prefixes.keeps(self._model, self._open):
            self._model.feed(prefix, lambda done, total: on_progress(done / total))
            self._prefixes.save(self._model, prefix)

    def look_closer(self, excerpts: Excerpts, question: str) -> str:
        """Answer from a few passages aside, so that what was read before stays read. Raises ``Stopped``."""
        return self._model.write_aside(self._prompter.asked_closer(excerpts, question), ANSWER_TOKENS)

    def answers_it(self, question: str, cited: str) -> float:
        """Judge whether some text answers a question; give the log-odds. Raises ``Stopped``."""
        return log_odds(self.judge(question, cited), self.probe)

    def is_right(self, question: str, cited: str, answer: str) -> float:
        """Judge whether an answer is right by what it cites; give the log-odds. Raises ``Stopped``."""
        if self.answer_probe is None:
            return UNDECIDED
        return self.answer_probe.read(self.judge(question, cited, answer).state)

    def judge(self, question: str, cited: str, answer: str | None = None) -> Judgement:
        """Ask the model whether some text answers a question, or an answer is right by it. Raises ``Stopped``."""
        return self._prompter.judge(question, cited, answer)

    def tokens_in(self, text: str) -> int:
        """Count the tokens of a text."""
        return len(self._model.tokenize(text))

    def _has_read(self, prefix: Prefix) -> bool:
        """Tell whether the model has read a prefix, which is brought back from the disk if need be."""
        return self._model.holds(prefix) or self._prefixes.load(self._model, prefix)

    def _feed(self, prefix: Prefix, on_progress: OnProgress) -> None:
        on_progress(0.0)
        self._model.feed(prefix, lambda done, total: on_progress(done / total))

    def _reading(self, prefix: Prefix) -> LocalReading:
        return LocalReading(self._model, self._prompter, prefix)
