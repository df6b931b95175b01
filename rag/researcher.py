"""What comes before and around every text that is written: finding evidence, having it read, handing out the pieces."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from library.cleaning import clean_text
from models.answer import Evidence
from models.article import Article
from models.filters import NO_FILTERS
from models.question import Question
from rag.answerer import Reading
from rag.answering import Settled
from rag.articles import Articles
from rag.engines import Engines
from rag.link_lines import is_link_line
from rag.listener import Listener, Stopwatch
from rag.messages import Step
from rag.passages import Passage
from rag.reranker import rerank
from rag.sentences import sentence_spans

LIT: Final = 3
"""Paragraphs that are lit up as evidence: more would light up half an article."""

EVIDENCE_PASSAGES: Final = 12
"""Paragraphs in the prompt where the article does not fit, or the whole library is asked."""

LOOKED_THROUGH: Final = 3 * EVIDENCE_PASSAGES
"""Best paragraphs of a library among which links to other articles are looked for: more than are ever read."""

EVIDENCE_TOKENS: Final = 900
"""Tokens of those paragraphs at the most: they are processed anew for each question, at some 60 a second."""


class Researcher:
    """Finds what bears on a question, has the answerer read it, and takes down what that writes."""

    def __init__(self, engines: Engines, articles: Articles) -> None:
        self._engines = engines
        self._articles = articles

    def evidence(self, question: Question, listener: Listener, clock: Stopwatch) -> tuple[Evidence, ...]:
        """Find what bears on the question that the reader asked, best first, and light up the very best."""
        listener.working(Step.RETRIEVING)
        found = self.found(question, listener)
        listener.evidence(found[:LIT])
        clock.evidence_s = clock.now()
        return found

    def found(self, question: Question, listener: Listener) -> tuple[Evidence, ...]:
        """Find the paragraphs that bear on a question, best first."""
        retriever, indexer = self._articles.retriever, self._articles.indexer
        if question.article_id is None:
            passing = self._articles.passing(question.filters) if question.filters != NO_FILTERS else None
            if self._engines.index.lasting:
                indexer.index_all(lambda done, total: self._indexing(done, total, listener))
            else:
                indexer.index_paragraphs(retriever.matching(question.text, passing))
            return self._without_links(retriever.evidence(question.text, passing))
        article = self._articles.article(question.article_id)
        indexer.index(article)
        found = retriever.in_article(question.text, article)
        return rerank(question.text, self._articles.passages(article), found)

    def read(
        self, question: Question, evidence: Sequence[Evidence], listener: Listener
    ) -> tuple[Reading, tuple[Passage, ...]]:
        """Have the answerer read what the answer is to rest on; give that, and the passages that may be cited."""
        if not self._engines.answerer_ready:
            listener.working(Step.LOADING)
        answerer = self._engines.answerer

        def progress(share: float) -> None:
            listener.working(Step.READING, share)

        if question.article_id is not None:
            article = self._articles.article(question.article_id)
            passages = self._articles.passages(article)
            if (whole := answerer.read_article(article, passages, question.text, progress)) is not None:
                return whole, passages
        chosen = self._within_budget(evidence)
        reading = answerer.read_excerpts(chosen, question.text, progress)
        return reading, tuple(p for _, group in chosen for p in group)

    def take_down(
        self, pieces: Iterator[str], settle: Callable[[str], Settled], listener: Listener, clock: Stopwatch
    ) -> str:
        """Hand out each piece as it is written, and each sentence as it passes; give the whole, cleaned.

        ``settle`` checks a text that ends with a sentence. The last sentence is left to whoever checks the whole.
        """
        taken = []
        handed_out = ""
        complete = 0
        for piece in pieces:
            if clock.first_token_s is None:
                clock.first_token_s = clock.now()
            taken.append(piece)
            cleaned = clean_text(piece)
            handed_out += cleaned
            listener.token(cleaned)
            begun = sentence_spans(handed_out)[-1:]
            if begun and begun[0][0] > complete:  # another sentence begins: those before it are complete
                complete = begun[0][0]
                settled = settle(handed_out[:complete])
                listener.settled(settled.sentences, settled.citations, complete)
        return clean_text("".join(taken))

    def _within_budget(self, evidence: Sequence[Evidence]) -> list[tuple[Article, list[Passage]]]:
        """Give the best passages that fit the budget, at least one."""
        chosen: list[Evidence] = []
        tokens = 0
        for found in evidence[:EVIDENCE_PASSAGES]:
            tokens += self._engines.answerer.tokens_in(self._text(found))
            if tokens > EVIDENCE_TOKENS and chosen:
                break
            chosen.append(found)
        return self._articles.excerpts(chosen)

    def _without_links(self, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Leave out the links to other articles among the best; all are kept where these are nothing else."""
        best = found[:LOOKED_THROUGH]
        told = tuple(e for e in best if not is_link_line(self._text(e)))
        return (*told, *found[LOOKED_THROUGH:]) if told else found

    def _text(self, found: Evidence) -> str:
        return self._articles.article(found.article_id).text(found.paragraph)

    def _indexing(self, done: int, total: int, listener: Listener) -> None:
        self._engines.stop.check()
        listener.working(Step.INDEXING, done / total)
