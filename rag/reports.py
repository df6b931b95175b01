"""Answers that rest on several reports: how old each is, and where they differ, is said rather than averaged."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from models.answer import AnswerSentence, Citation
from models.article import Article
from rag.answering import Settled
from rag.disagreement import Claim, differing
from rag.passages import Passage

REPORTS_DIFFER: Final = "Reports differ:"


def compared(question: str, settled: Settled, passages: Iterable[Passage], articles: Mapping[str, Article]) -> Settled:
    """Say what reports differ about, and date the sentences that rest on older ones than the newest that is cited."""
    claims = differing(question, settled.cited, list(passages), articles)
    if claims is not None:
        settled = _with_both(
            settled, sorted(claims, key=lambda claim: _published(claim, articles) or date.min), articles
        )
    return _dated(settled, articles)


def _with_both(settled: Settled, claims: Iterable[Claim], articles: Mapping[str, Article]) -> Settled:
    """Add what each report says, word for word, with its day."""
    citations, cited = list(settled.citations), list(settled.cited)
    sentences = [*settled.sentences, AnswerSentence(text=REPORTS_DIFFER)]
    for claim in claims:
        citation = claim.passage.citation(*claim.sentence)
        if citation not in citations:
            citations.append(citation)
        if claim.passage not in cited:
            cited.append(claim.passage)
        index = citations.index(citation)
        day = _published(claim, articles)
        sentences.append(AnswerSentence(text=citation.quote, citations=(index,), verbatim=True, reported=day))
    return replace(settled, sentences=tuple(sentences), citations=tuple(citations), cited=tuple(cited))


def _published(claim: Claim, articles: Mapping[str, Article]) -> date | None:
    return articles[claim.passage.article_id].published


def _dated(settled: Settled, articles: Mapping[str, Article]) -> Settled:
    """Date each sentence whose reports are all older than the newest one that the answer cites."""

    def newest(citations: Iterable[Citation]) -> date | None:
        days = (articles[citation.article_id].published for citation in citations)
        return max((day for day in days if day), default=None)

    latest = newest(settled.citations)
    sentences = []
    for sentence in settled.sentences:
        day = newest(settled.citations[index] for index in sentence.citations)
        older = day is not None and latest is not None and day < latest
        sentences.append(sentence.model_copy(update={"reported": day}) if older else sentence)
    return replace(settled, sentences=tuple(sentences))
