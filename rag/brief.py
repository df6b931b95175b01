"""Makes the brief: groups the articles of some days by event, and sums up each event in a sentence or two."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final

import numpy as np

from library.briefs import News
from library.cleaning import clean_text
from library.store import Store
from models.answer import Answer, AnswerSentence, Citation, Timings, quoted
from models.article import Article
from models.brief import Brief, Story
from rag.answering import signed
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.embedder import BATCH_TEXTS, Vectors
from rag.engines import Engines
from rag.leads import LEAD, telling
from rag.listener import Listener, Stopwatch
from rag.messages import Step
from rag.passages import Passage
from rag.sentences import sentence_spans
from rag.stories import grouped
from rag.summary import summarise

SUMMED_UP: Final = 12
"""Stories that are summed up, the weightiest; of the others, how they begin must do. Each takes a quarter minute."""

SENTENCES: Final = 2
"""Sentences of a story at the most."""

REPORTS_READ: Final = 4
"""Reports of a story from which it is summed up, the most central."""

TOKENS_READ: Final = 600
"""Tokens of them: some ten seconds' worth on a plain processor."""


class BriefMaker:
    """Makes briefs. What is done of one is kept at once, so that whatever stops it, it goes on from there."""

    def __init__(self, engines: Engines, store: Store, articles: Articles) -> None:
        self._engines = engines
        self._store = store
        self._articles = articles

    def make(self, since: date | None, not_before: datetime | None, listener: Listener) -> Iterator[Brief]:
        """Give the brief of the days from ``since`` on, else of the newest days, each time that more of it is done.

        One that was made of the same articles before is given as it is, unless that was before ``not_before``.
        Nothing is given where there are no articles. Raises ``Stopped``.
        """
        news = self._store.briefs.news(since)
        if news is None:
            return
        brief = self._begun(news, not_before)
        if brief is not None and brief.complete:
            yield brief
            return
        furniture = self._store.briefs.furniture(news.article_ids)
        reports = self._told(news, furniture)
        news = news._replace(article_ids=tuple(report.id for report in reports))
        brief = self._begun(news, not_before)
        if brief is None:
            brief = self._grouped(news, reports, furniture, listener, anew=not_before is not None)
        yield brief
        while not brief.complete:
            brief = self._further(brief, furniture, listener)
            self._store.briefs.keep(brief)
            yield brief

    def _told(self, news: News, furniture: Collection[str]) -> list[Article]:
        """Give the articles but for those that say nothing but what their site says every day."""
        reports = self._articles.still_there(news.article_ids)
        return [one for one in reports if any(paragraph.text not in furniture for paragraph in one.paragraphs)]

    def _begun(self, news: News, not_before: datetime | None) -> Brief | None:
        """Give what is there of a brief of the same articles."""
        for brief in self._store.briefs.all()[:1]:
            recent = not_before is None or brief.made_at >= not_before
            if recent and brief.since == news.since and brief.article_ids == frozenset(news.article_ids):
                return brief
        return None

    def _grouped(
        self, news: News, reports: Sequence[Article], furniture: Collection[str], listener: Listener, *, anew: bool
    ) -> Brief:
        """Begin a brief: group the articles; unless it is made anew, what was said of the same reports still holds."""
        earlier = self._store.briefs.all()
        others = [brief.article_ids for brief in earlier if brief.article_ids != frozenset(news.article_ids)]
        seen = frozenset().union(*others)
        known = {} if anew else {s.article_ids: s for brief in earlier for s in brief.stories if s.summed_up}
        stories = []
        groups = grouped(reports, lambda texts: self._embedded(texts, listener), furniture)
        for articles in groups:
            ids = tuple(article.id for article in articles)
            begun = Story(
                headline=articles[0].headline, article_ids=ids, new=0, answer=_opening(articles[0], furniture)
            )
            stories.append(known.get(ids, begun).model_copy(update={"new": len(set(ids) - seen)}))
        newest_first = {article_id: place for place, article_id in enumerate(news.article_ids)}
        stories.sort(key=lambda s: (not s.new, -len(s.article_ids), min(newest_first[one] for one in s.article_ids)))
        brief = Brief(since=news.since, until=news.until, made_at=datetime.now(UTC), stories=tuple(stories))
        brief = brief.model_copy(update={"complete": _next_of(brief) is None})
        self._store.briefs.keep(brief)
        return brief

    def _embedded(self, texts: Sequence[str], listener: Listener) -> Vectors:
        """Embed texts, a few at a time: so it can be stopped."""
        vectors = []
        for begin in range(0, len(texts), BATCH_TEXTS):
            self._engines.stop.check()
            listener.working(Step.GROUPING, begin / len(texts))
            vectors.append(self._engines.embedder.embed(texts[begin : begin + BATCH_TEXTS]))
        return np.concatenate(vectors)

    def _further(self, brief: Brief, furniture: Collection[str], listener: Listener) -> Brief:
        """Sum up the next story of a brief; one whose reports have been removed meanwhile is left out."""
        stories = list(brief.stories)
        place = _next_of(brief)
        if place is not None:
            reports = self._articles.still_there(stories[place].article_ids[:REPORTS_READ])
            if reports:
                done = place / min(len(stories), SUMMED_UP)
                answer = self._summed_up(reports, furniture, listener, done)
                stories[place] = stories[place].model_copy(update={"answer": answer, "summed_up": True})
            else:
                del stories[place]
        brief = brief.model_copy(update={"stories": tuple(stories)})
        return brief.model_copy(update={"complete": _next_of(brief) is None})

    def _summed_up(
        self, reports: Sequence[Article], furniture: Collection[str], listener: Listener, done: float
    ) -> Answer:
        clock = Stopwatch()
        listener.working(Step.BRIEFING, done)
        for report in reports:
            self._articles.indexer.index(report)
        excerpts = self._leads(reports, furniture)
        passages = [passage for _, group in excerpts for passage in group]
        leading = {(p.article_id, p.number): 1 / place for _, group in excerpts for place, p in enumerate(group, 1)}
        attributor = Attributor(passages, remembered(self._articles.similarity), leading, "")
        if not self._engines.answerer_ready:
            listener.working(Step.LOADING)
        answerer = self._engines.answerer
        reading = answerer.read_excerpts(excerpts, "", lambda _: listener.working(Step.BRIEFING, done))
        pieces = []
        for piece in reading.brief():
            listener.working(Step.BRIEFING, done)
            pieces.append(piece)
        settled = summarise(clean_text("".join(pieces)), attributor, fewest=1, most=SENTENCES)
        return signed(settled, answerer.name, clock.timings())

    def _leads(self, articles: Sequence[Article], furniture: Collection[str]) -> list[tuple[Article, list[Passage]]]:
        """Give the first paragraphs of some articles that tell something: of each as many, as far as there is room."""
        leads = {article.id: telling(article, furniture)[:LEAD] for article in articles}
        chosen: dict[str, set[int]] = {article.id: set() for article in articles}
        tokens = 0
        for place in range(LEAD):
            for article in articles:
                for lead in leads[article.id][place : place + 1]:
                    tokens += self._engines.answerer.tokens_in(lead.text)
                    if tokens <= TOKENS_READ or place == 0:
                        chosen[article.id].add(lead.number)
        return [
            (article, [passage for passage in self._articles.passages(article) if passage.number in chosen[article.id]])
            for article in articles
        ]


def _next_of(brief: Brief) -> int | None:
    """Give the place of the next story to be summed up."""
    return next((n for n, story in enumerate(brief.stories[:SUMMED_UP]) if not story.summed_up), None)


def _opening(article: Article, furniture: Collection[str]) -> Answer:
    """Give how an article begins to tell what it is about, word for word."""
    first = telling(article, furniture)[0]
    text = first.text
    start, end = sentence_spans(text)[0] if sentence_spans(text) else (0, len(text))
    citation = Citation(article_id=article.id, paragraph=first.number, quote=text[start:end], start=start, end=end)
    return Answer(
        text=quoted(citation.quote),
        sentences=(AnswerSentence(text=citation.quote, citations=(0,), verbatim=True),),
        citations=(citation,),
        abstained=False,
        model="",
        timings=Timings(total_s=0),
    )
