"""The real pipeline over a library of its own, for measurements that look inside."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measured_settings import measured_settings
from benchmarks.question_sets import GoldQuestion, QuestionSet
from library.reader import read_article
from library.store import Store
from models.answer import AnswerSentence, Citation, Evidence
from models.article import Article
from models.question import Question
from rag.articles import Articles
from rag.drafting import Drafter
from rag.engines import Engines
from rag.listener import Stopwatch
from rag.local_answerer import LocalAnswerer
from rag.messages import Step
from rag.researcher import Researcher
from rag.stop_flag import StopFlag


class Silent:
    """Hears nothing."""

    def working(self, step: Step, fraction: float | None = None) -> None:
        """Nothing."""

    def evidence(self, found: tuple[Evidence, ...]) -> None:
        """Nothing."""

    def token(self, text: str) -> None:
        """Nothing."""

    def settled(self, sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...], written: int) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Workbench:
    """What questions are answered with, part by part."""

    store: Store
    answerer: LocalAnswerer
    articles: Articles
    researcher: Researcher
    drafter: Drafter

    def ask(self, question_set: QuestionSet, gold: GoldQuestion) -> tuple[Article, Question]:
        """Keep the article of a question, and give both."""
        article = read_article(question_set.articles / gold.article)
        self.store.add(article)
        return article, Question(text=gold.question, article_id=article.id)

    def evidence(self, question: Question) -> tuple[Evidence, ...]:
        """Find the paragraphs that bear on a question, best first."""
        return self.researcher.evidence(question, Silent(), Stopwatch())


@contextmanager
def workbench() -> Iterator[Workbench]:
    """Set one up; it is gone in the end."""
    with tempfile.TemporaryDirectory() as folder:
        settings = measured_settings().model_copy(update={"library_dir": Path(folder)})
        with Store.open(settings.library_file) as store, Engines(settings, StopFlag(), print) as engines:
            answerer = engines.answerer
            assert isinstance(answerer, LocalAnswerer)  # noqa: S101 -- no endpoint is set
            articles = Articles(engines, store)
            researcher = Researcher(engines, articles)
            yield Workbench(store, answerer, articles, researcher, Drafter(engines, articles, researcher))
