"""From a question to a cited answer: what the worker asks for, whichever task it is."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from library.store import Store
from models.answer import Answer
from models.article import Article
from models.brief import Brief
from models.entity import Entity
from models.question import Question, Task
from rag.answerability import LIBRARY_MOST_DOUBT, MOST_DOUBT
from rag.answering import Settled, decline, signed
from rag.articles import Articles
from rag.brief import BriefMaker
from rag.completing import Completer
from rag.drafting import Draft, Drafter
from rag.engines import Engines
from rag.failures import IndexNotHeld
from rag.finishing import Finisher
from rag.follow_up import understand
from rag.listener import Listener, Stopwatch
from rag.messages import Step
from rag.reports import compared
from rag.researcher import Researcher
from rag.summary import Summariser


class Pipeline:
    """Makes articles of a store ready, answers questions about them, and sums them up."""

    def __init__(self, engines: Engines, store: Store) -> None:
        self._engines = engines
        self._articles = Articles(engines, store)
        self._researcher = Researcher(engines, self._articles)
        self._drafter = Drafter(engines, self._articles, self._researcher)
        self._finisher = Finisher(Completer(engines, self._articles, self._researcher, self._drafter))
        self._summariser = Summariser(self._articles, self._researcher)
        self._brief_maker = BriefMaker(engines, store, self._articles)

    # --- preparing an article ---

    def article(self, article_id: str) -> Article:
        """Give an article of the store. Raises ``NoSuchArticle``."""
        return self._articles.article(article_id)

    def entities(self, article: Article) -> tuple[Entity, ...]:
        """Give the entities of an article: the kept ones, or else recognised and kept now."""
        return self._articles.entities(article)

    def index(self, article: Article, *, ahead: bool) -> None:
        """Put an article into the vector index unless it is there.

        ``ahead``: it is not open yet; where the index is on a server, nothing of it is sent there.
        """
        if not (ahead and self._engines.index.shared):
            self._articles.indexer.index(article)

    def index_library(self, on_progress: Callable[[int, int], None]) -> None:
        """Put all articles into the vector index. Raises ``IndexNotHeld`` and ``Stopped``."""
        if not self._engines.index.lasting:
            raise IndexNotHeld("What is indexed here would not be kept. Mend that, and try again.")

        def progress(done: int, total: int) -> None:
            self._engines.stop.check()
            on_progress(done, total)

        self._articles.indexer.index_all(progress)

    def take_index(self) -> None:
        """Take the vector index, if what was in its way is gone."""
        self._engines.index_holder.take()

    def renew_index(self, failure: Exception) -> None:
        """Put a new vector index in the place of one that has failed."""
        self._engines.index_holder.renew(failure)

    def warm(self, article: Article, listener: Listener, *, ahead: bool) -> None:
        """Have the model read an article, so that questions about it are answered at once. Raises ``Stopped``.

        ``ahead``: it is not open yet, and the one that is can wait. Nothing is done where the machine is to be left
        alone.
        """
        if not self._engines.may_work_ahead:
            return
        if not self._engines.answerer_ready:
            listener.working(Step.LOADING)
        answerer, passages = self._engines.answerer, self._articles.passages(article)

        def progress(share: float) -> None:
            listener.working(Step.READING, share)

        if ahead:
            answerer.read_next(article, passages, progress)
        else:
            answerer.read_article(article, passages, "", progress)

    # --- answering ---

    def answer(self, question: Question, listener: Listener) -> Answer:
        """Answer a question. Raises ``NoSuchArticle``, ``ModelMissing``, ``ModelUnusable`` and ``Stopped``."""
        clock = Stopwatch()
        if question.task is Task.SUMMARY:
            return self._signed(self._summariser.summarise(question, listener, clock), clock)
        understood = self._understood(question)
        draft = self.draft(understood, listener, clock)
        abstained = draft.doubt > (LIBRARY_MOST_DOUBT if question.article_id is None else MOST_DOUBT)
        if abstained:
            settled = decline(understood.text, draft.attributor)
        else:
            listener.settled(draft.settled.sentences, draft.settled.citations, draft.streamed)
            settled = self._finisher.finish(understood, draft, listener)
        if question.article_id is None and not abstained:
            passages = draft.attributor.passages
            articles = {passage.article_id: self.article(passage.article_id) for passage in passages}
            settled = compared(understood.text, settled, passages, articles)
        meaning = understood.text if understood.text != question.words else None
        return self._signed(settled, clock, abstained=abstained, understood_as=meaning)

    def anticipate(self, question: Question, listener: Listener, *, paused: bool) -> None:
        """Find the evidence of a question that is still being typed.

        Where the reader has ``paused``, it may be complete, and is read if that may be done ahead. Where the index is
        on a server, no evidence is found: what has not been asked is not sent there.
        Raises ``NoSuchArticle``, ``ModelMissing``, ``ModelUnusable`` and ``Stopped``.
        """
        question = self._understood(question)
        if not self._engines.index.shared:
            self._researcher.evidence(question, listener, Stopwatch())
        ready = self._engines.answerer_ready and self._engines.may_work_ahead
        if paused and ready and question.article_id is not None:
            article = self.article(question.article_id)
            self._engines.answerer.read_ahead(article, self._articles.passages(article), question.text)

    def brief(self, since: date | None, not_before: datetime | None, listener: Listener) -> Iterator[Brief]:
        """Make the brief, and give it each time that more of it is done; see ``BriefMaker.make``."""
        return self._brief_maker.make(since, not_before, listener)

    def draft(self, question: Question, listener: Listener, clock: Stopwatch) -> Draft:
        """Find evidence, have the model write, and check what it wrote; whether it is an answer is not yet decided."""
        return self._drafter.draft(question, listener, clock)

    def _understood(self, question: Question) -> Question:
        """Give a question in words that stand on their own."""
        question = question.model_copy(update={"text": question.words})
        if not question.earlier:
            return question
        sources = [i for turn in question.earlier for i in turn.article_ids]
        articles = self._articles.still_there(
            [question.article_id] if question.article_id else [*dict.fromkeys(sources)]
        )
        entities = [entity for article in articles for entity in self.entities(article)]
        return question.model_copy(update={"text": understand(question.text, question.earlier, entities)})

    def _signed(
        self, settled: Settled, clock: Stopwatch, *, abstained: bool = False, understood_as: str | None = None
    ) -> Answer:
        answer = signed(settled, self._engines.answerer.name, clock.timings())
        return answer.model_copy(update={"abstained": abstained, "understood_as": understood_as})
