"""From a question to a cited answer: evidence, prompt, generation, checks."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from entities.recognise import VERSION as ENTITIES_VERSION
from library.cleaning import clean_text
from library.store import Store
from models.answer import Answer, Evidence, Timings
from models.article import Article
from models.entity import Entity
from models.question import Question, Task
from rag.answerability import LIBRARY_MOST_DOUBT, MOST_DOUBT, Signals, measure, unanswerable
from rag.answering import Settled, decline, settle, written
from rag.attribution import Attributor
from rag.engines import Engines
from rag.failures import NoSuchArticle
from rag.follow_up import understand
from rag.messages import Step
from rag.passages import Passage, passages_of
from rag.prompt import ANSWER_TOKENS, SUMMARY_TOKENS, Prefix, cited_text
from rag.reranker import rerank
from rag.retriever import Retriever
from rag.summary import summarise

LIT: Final = 3
"""Paragraphs that are lit up as evidence: more would light up half an article."""

EVIDENCE_PASSAGES: Final = 12
"""Paragraphs in the prompt where the article does not fit, or the whole library is asked."""

EVIDENCE_TOKENS: Final = 900
"""Tokens of those paragraphs at the most: they are processed anew for each question, at some 60 a second."""

SECOND_LOOK: Final = 0.4
"""Doubt above which an answer from the whole article is held against another. Of the wrong ones, more than half lie
above it; of the right ones, a fifth."""

CLOSER_PASSAGES: Final = 5
"""Paragraphs that the second answer rests on: the right one is among them for every question of docs/quality.md."""


class Listener(Protocol):
    """Hears what the pipeline is doing while it does it."""

    def working(self, step: Step, fraction: float | None = None) -> None:
        """A step has begun or has come a fraction (0 to 1) further."""

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        """The paragraphs that bear on the question are known."""

    def token(self, text: str) -> None:
        """The model has written a piece of its answer."""


class Stopwatch:
    """Takes the times of an answer, from its making."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.evidence_s: float | None = None
        self.first_token_s: float | None = None

    def now(self) -> float:
        """Give the seconds passed."""
        return round(time.monotonic() - self._began, 3)

    def timings(self) -> Timings:
        """Give the times taken, with now as the end."""
        return Timings(evidence_s=self.evidence_s, first_token_s=self.first_token_s, total_s=self.now())


@dataclass(frozen=True)
class Draft:
    """An answer that has been checked, with what speaks for and against its being one."""

    settled: Settled
    signals: Signals
    attributor: Attributor

    @property
    def doubt(self) -> float:
        """The estimated probability that the question has no answer; certainty where nothing is left of this one."""
        return unanswerable(self.signals) if self.settled.sentences else 1.0


class Pipeline:
    """Answers questions about the articles of a store."""

    def __init__(self, engines: Engines, store: Store) -> None:
        self._engines = engines
        self._store = store
        self._passages: dict[str, tuple[Passage, ...]] = {}

    # --- preparing an article ---

    def entities(self, article: Article) -> tuple[Entity, ...]:
        """Give the entities of an article: the kept ones, or else recognised and kept now."""
        kept = self._store.entities(article.id, ENTITIES_VERSION)
        if kept is not None:
            return kept
        found = self._engines.recogniser.recognise(article)
        self._store.keep_entities(article.id, ENTITIES_VERSION, found)
        return found

    def article(self, article_id: str) -> Article:
        """Give an article of the store. Raises ``NoSuchArticle``."""
        article = self._store.article(article_id)
        if article is None:
            raise NoSuchArticle("This article is not in the library any more. Open it again.")
        return article

    def index(self, article: Article) -> None:
        """Put an article into the vector index unless it is there."""
        self._retriever().index(article)

    def warm(self, article: Article, listener: Listener) -> None:
        """Have the model read an article, so that questions about it are answered at once. Raises ``Stopped``."""
        if not self._engines.model_loaded:
            listener.working(Step.LOADING)
        prefix = self._engines.prompter.article_prefix(article, self.passages(article))
        if prefix is not None:
            self._warm(prefix, listener)

    def passages(self, article: Article) -> tuple[Passage, ...]:
        """Give the passages of an article, with whom they name."""
        if article.id not in self._passages:
            self._passages = {article.id: passages_of(article, self.entities(article))}
        return self._passages[article.id]

    # --- answering ---

    def answer(self, question: Question, listener: Listener) -> Answer:
        """Answer a question. Raises ``NoSuchArticle``, ``ModelMissing``, ``ModelUnusable`` and ``Stopped``."""
        if question.task is Task.SUMMARY:
            return self._summary(question, listener)
        clock = Stopwatch()
        understood = self._understood(question)
        draft = self.draft(understood, listener, clock)
        abstained = draft.doubt > (LIBRARY_MOST_DOUBT if question.article_id is None else MOST_DOUBT)
        settled = decline(understood.text, draft.attributor) if abstained else draft.settled
        return Answer(
            text=written(settled),
            sentences=settled.sentences,
            citations=settled.citations,
            abstained=abstained,
            model=self._engines.model.name,
            timings=clock.timings(),
            understood_as=understood.text if understood.text != question.text else None,
        )

    def _summary(self, question: Question, listener: Listener) -> Answer:
        """Say in a few sentences what an article says; what bears on its headline matters most."""
        clock = Stopwatch()
        about = question.model_copy(update={"text": self.article(question.article_id or "").headline})
        evidence = self._evidence(about, listener)
        listener.evidence(evidence[:LIT])
        clock.evidence_s = clock.now()
        prefix, passages = self._read(about, evidence, listener)
        listener.working(Step.ANSWERING)
        text = self._write(self._engines.prompter.to_summarise(prefix), listener, clock, most=SUMMARY_TOKENS)
        listener.working(Step.CHECKING)
        scores = {(e.article_id, e.paragraph): e.score for e in evidence}
        settled = summarise(text, Attributor(passages, self._similarity, scores, ""))
        return Answer(
            text=written(settled),
            sentences=settled.sentences,
            citations=settled.citations,
            abstained=False,
            model=self._engines.model.name,
            timings=clock.timings(),
        )

    def _understood(self, question: Question) -> Question:
        """Give a question in words that stand on their own."""
        if not question.earlier:
            return question
        sources = [i for turn in question.earlier for i in turn.article_ids]
        articles = map(self._store.article, dict.fromkeys([question.article_id] if question.article_id else sources))
        entities = [entity for article in articles if article is not None for entity in self.entities(article)]
        return question.model_copy(update={"text": understand(question.text, question.earlier, entities)})

    def draft(self, question: Question, listener: Listener, clock: Stopwatch) -> Draft:
        """Find evidence, have the model write, and check what it wrote; whether it is an answer is not yet decided.

        A doubtful answer from the whole article is held against one from the best evidence alone: a small model finds
        its way better in five paragraphs than in fifty, but they have to be read for it anew.
        """
        evidence = self._evidence(question, listener)
        listener.evidence(evidence[:LIT])
        clock.evidence_s = clock.now()
        prefix, passages = self._read(question, evidence, listener)
        scores = {(e.article_id, e.paragraph): e.score for e in evidence}
        attributor = Attributor(passages, self._similarity, scores, question.text)
        listener.working(Step.ANSWERING)
        text = self._write(self._engines.prompter.asked(prefix, question.text), listener, clock)
        listener.working(Step.CHECKING)
        first = self._checked(question, text, attributor)
        if question.article_id is None or first.doubt <= SECOND_LOOK or len(passages) <= CLOSER_PASSAGES:
            return first
        listener.working(Step.LOOKING_CLOSER)
        second = self._checked(question, self._look_closer(question, evidence), attributor)
        return min(first, second, key=lambda draft: draft.doubt)

    def _checked(self, question: Question, text: str, attributor: Attributor) -> Draft:
        settled = settle(text, question.text, attributor)
        cited = cited_text([(self.article(p.article_id), p) for p in settled.cited])
        agrees = self._engines.prompter.answers_it(question.text, cited)
        return Draft(settled, measure(question.text, text, settled, attributor, agrees), attributor)

    def _look_closer(self, question: Question, evidence: Sequence[Evidence]) -> str:
        """Have the model answer from the best passages alone."""
        [(article, passages)] = self._grouped(evidence[:CLOSER_PASSAGES])
        tokens = self._engines.prompter.asked_closer(article, passages, question.text)
        return clean_text(self._engines.model.write_aside(tokens, ANSWER_TOKENS))

    def _evidence(self, question: Question, listener: Listener) -> tuple[Evidence, ...]:
        listener.working(Step.RETRIEVING)
        retriever = self._retriever()
        if question.article_id is None:
            retriever.index_all(lambda done, total: self._indexing(done, total, listener))
            return retriever.evidence(question.text)
        article = self.article(question.article_id)
        retriever.index(article)
        found = retriever.evidence(question.text, [article.id], limit=len(article.paragraphs))
        return rerank(question.text, self.passages(article), found)

    def _write(self, tokens: Sequence[int], listener: Listener, clock: Stopwatch, *, most: int = ANSWER_TOKENS) -> str:
        """Have the model write on from some tokens, handing out each piece; give the whole, cleaned."""
        self._engines.model.feed(tokens)
        pieces = []
        for piece in self._engines.model.generate(most):
            if clock.first_token_s is None:
                clock.first_token_s = clock.now()
            pieces.append(piece)
            listener.token(clean_text(piece))
        return clean_text("".join(pieces))

    def _read(
        self, question: Question, evidence: Sequence[Evidence], listener: Listener
    ) -> tuple[Prefix, tuple[Passage, ...]]:
        """Have the model read what the answer is to rest on; give that prefix, and the passages that may be cited."""
        if not self._engines.model_loaded:
            listener.working(Step.LOADING)
        prompter = self._engines.prompter
        if question.article_id is not None:
            article = self.article(question.article_id)
            passages = self.passages(article)
            prefix = prompter.article_prefix(article, passages, question.text)
            if prefix is not None:
                self._warm(prefix, listener)
                return prefix, passages
        chosen = self._within_budget(evidence)
        prefix = prompter.evidence_prefix(chosen, question.text)
        self._feed(prefix, listener)
        return prefix, tuple(p for _, group in chosen for p in group)

    def _within_budget(self, evidence: Sequence[Evidence]) -> list[tuple[Article, list[Passage]]]:
        """Give the best passages that fit the budget, at least one."""
        chosen: list[Evidence] = []
        tokens = 0
        for found in evidence[:EVIDENCE_PASSAGES]:
            tokens += len(self._engines.model.tokenize(self.article(found.article_id).text(found.paragraph)))
            if tokens > EVIDENCE_TOKENS and chosen:
                break
            chosen.append(found)
        return self._grouped(chosen)

    def _grouped(self, evidence: Sequence[Evidence]) -> list[tuple[Article, list[Passage]]]:
        """Give passages by article, the best article first, each article's in the order of its text."""
        numbers: dict[str, list[int]] = {}
        for found in evidence:
            numbers.setdefault(found.article_id, []).append(found.paragraph)
        articles = [self.article(article_id) for article_id in numbers]
        passages = [passages_of(article, self.entities(article)) for article in articles]
        return [
            (article, [all_of_it[n - 1] for n in sorted(numbers[article.id])])
            for article, all_of_it in zip(articles, passages, strict=True)
        ]

    def _warm(self, prefix: Prefix, listener: Listener) -> None:
        model = self._engines.model
        if model.holds(prefix) or self._engines.prefixes.load(model, prefix):
            return
        self._feed(prefix, listener)
        self._engines.prefixes.save(model, prefix)

    def _feed(self, prefix: Prefix, listener: Listener) -> None:
        listener.working(Step.READING, 0.0)
        self._engines.model.feed(prefix, lambda done, total: listener.working(Step.READING, done / total))

    def _indexing(self, done: int, total: int, listener: Listener) -> None:
        self._engines.stop.check()
        listener.working(Step.INDEXING, done / total)

    def _similarity(self, text: str, passages: Sequence[Passage]) -> npt.NDArray[np.float32]:
        ids = sorted({p.article_id for p in passages})
        count = sum(len(self.article(i).paragraphs) for i in ids)
        near = self._engines.index.nearest(self._engines.embedder.embed([text])[0], count, ids)
        return np.array([near.get((p.article_id, p.number), 0.0) for p in passages], dtype=np.float32)

    def _retriever(self) -> Retriever:
        return Retriever(self._store, self._engines.index, self._engines.embedder)
