"""Summaries: three to five sentences, each checked and cited as those of an answer are."""

import re
from collections.abc import Iterator
from typing import Final

from models.answer import AnswerSentence, Citation
from models.question import Question
from rag.answering import END_TOKENS, Settled, settle
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.listener import Listener, Stopwatch
from rag.messages import Step
from rag.passages import Passage
from rag.researcher import Researcher
from rag.sentences import sentence_spans, split_sentences

FEWEST: Final = 3
MOST: Final = 5
"""Sentences of a summary."""

INTRODUCTION: Final = re.compile(r"\A[^\n.!?]{0,80}:\s*\n")
ITEM: Final = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", re.MULTILINE)
"""What small models write all the same: "Here is a summary:", and lists."""


class Summariser:
    """Sums up articles."""

    def __init__(self, articles: Articles, researcher: Researcher) -> None:
        self._articles = articles
        self._researcher = researcher

    def summarise(self, question: Question, listener: Listener, clock: Stopwatch) -> Settled:
        """Say in a few sentences what the article of a question says; what bears on its headline matters most."""
        about = question.model_copy(update={"text": self._articles.article(question.article_id or "").headline})
        evidence = self._researcher.evidence(about, listener, clock)
        reading, passages = self._researcher.read(about, evidence, listener)
        scores = {(e.article_id, e.paragraph): e.score for e in evidence}
        attributor = Attributor(passages, remembered(self._articles.similarity), scores, "")
        listener.working(Step.ANSWERING)
        text = self._researcher.take_down(reading.summary(), lambda begun: _settled(begun, attributor), listener, clock)
        listener.working(Step.CHECKING)
        return summarise(text, attributor)


def summarise(text: str, attributor: Attributor, *, fewest: int = FEWEST, most: int = MOST) -> Settled:
    """Check and cite what the model wrote; too few sentences are filled up with the article's own."""
    settled = _settled(text, attributor, most)
    sentences, citations, cited = list(settled.sentences), list(settled.citations), list(settled.cited)
    for passage, citation in _leading(attributor):
        if len(sentences) >= fewest:
            break
        if citation not in citations:
            sentences.append(AnswerSentence(text=citation.quote, citations=(len(citations),), verbatim=True))
            citations.append(citation)
            cited.append(passage)
    return Settled(tuple(sentences), tuple(citations), tuple(cited))


def _settled(text: str, attributor: Attributor, most: int = MOST) -> Settled:
    return settle(" ".join(split_sentences(_plain(text))[:most]), "", attributor)


def _plain(text: str) -> str:
    """Give a text without introduction, a list as sentences."""
    text = INTRODUCTION.sub("", text)
    if not ITEM.search(text):
        return text
    items = [item for line in text.splitlines() if (item := ITEM.sub("", line).strip())]
    return " ".join(item if item[-1] in END_TOKENS else f"{item}." for item in items)


def _leading(attributor: Attributor) -> Iterator[tuple[Passage, Citation]]:
    """Give the first sentence of each passage, those first that bear most on what is summarised."""
    for passage in sorted(attributor.passages, key=attributor.evidence_of, reverse=True):
        for span in sentence_spans(passage.text)[:1]:
            yield passage, passage.citation(*span)
