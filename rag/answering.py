"""Settles what the model wrote: each sentence is attributed and checked, and what fails is replaced or dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.answer import Answer, AnswerSentence, Citation, Timings, quoted
from rag.attribution import Attributor, Support
from rag.gates import check, names_speaker
from rag.passages import Passage
from rag.question_type import Asks, asks
from rag.sentences import split_sentences
from rag.words import words

LEAST_SUPPORT: Final = 0.4
"""Support below which a passage has little to do with a sentence. Of the right answers to some 60 questions about real
news, none had less; of the wrong ones, those made up from nothing had."""

REATTRIBUTIONS: Final = 5
"""Passages that are tried for a sentence whose first attribution did not pass the gates."""

MUCH_MORE_HELD: Final = 0.5
"""Share of the question's words by which a passage must surpass those cited to be taken for the one that is meant."""

NOT_SAID: Final = "The article does not say."

MARKER: Final = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]")
"""Paragraph numbers that the model wrote itself: it errs too often for them to be shown."""

END_TOKENS: Final = '.!?"”’)'


@dataclass(frozen=True)
class Settled:
    """An answer whose sentences have passed, with what they cite."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    cited: tuple[Passage, ...]

    def passages_of(self, sentence: AnswerSentence) -> tuple[Passage, ...]:
        """Give the passages that one of the sentences cites."""
        return tuple(dict.fromkeys(map(self.passage_of, sentence.citations)))

    def passage_of(self, citation: int) -> Passage:
        """Give the passage of one of the citations."""
        cited = {(passage.article_id, passage.number): passage for passage in self.cited}
        return cited[self.citations[citation].article_id, self.citations[citation].paragraph]

    def only(self, sentences: Sequence[AnswerSentence]) -> "Settled":
        """Give it with some of its sentences, and what these cite."""
        numbers = list(dict.fromkeys(i for sentence in sentences for i in sentence.citations))
        renumbered = tuple(
            s.model_copy(update={"citations": tuple(numbers.index(i) for i in s.citations)}) for s in sentences
        )
        cited = dict.fromkeys(passage for sentence in sentences for passage in self.passages_of(sentence))
        return Settled(renumbered, tuple(self.citations[i] for i in numbers), tuple(cited))

    @classmethod
    def joined(cls, answers: Sequence["Settled"]) -> "Settled":
        """Join answers into one; the same words never stand twice."""
        sentences: list[AnswerSentence] = []
        citations: dict[Citation, int] = {}
        for answer in answers:
            places = [citations.setdefault(citation, len(citations)) for citation in answer.citations]
            for sentence in answer.sentences:
                renumbered = tuple(places[i] for i in sentence.citations)
                if not any(_says(earlier.text, sentence.text) for earlier in sentences):
                    sentences.append(sentence.model_copy(update={"citations": renumbered}))
        cited = dict.fromkeys(passage for answer in answers for passage in answer.cited)
        whole = cls(tuple(sentences), tuple(citations), tuple(cited))
        return whole.only(whole.sentences)


NOTHING: Final = Settled((), (), ())
"""Of a text that rests on nothing."""


ARTICLES: Final = frozenset({"a", "an", "the"})


def _says(text: str, other: str) -> bool:
    """Tell whether two texts say the same, word for word but for articles, case and punctuation."""
    said, again = ([w.casefold() for w in words(t) if w.casefold() not in ARTICLES] for t in (text, other))
    return said == again


class _Citations:
    """Collects citations: of a passage, the sentence that supports one of ours; the same words once."""

    def __init__(self, attributor: Attributor) -> None:
        self._attributor = attributor
        self.list: list[Citation] = []
        self.passages: list[Passage] = []

    def cite(self, sentence: str, passage: Passage) -> int:
        """Give the index of the citation of a passage for a sentence, adding it where it is new."""
        citation = passage.citation(*self._attributor.quote_span(sentence, passage))
        if citation not in self.list:
            self.list.append(citation)
        if passage not in self.passages:
            self.passages.append(passage)
        return self.list.index(citation)


def settle(text: str, question: str, attributor: Attributor) -> Settled:
    """Check and cite each sentence of ``text``.

    A sentence that does not pass with the passages attributed to it is tried with others; failing that, the article's
    own sentence that comes nearest stands in its place, word for word. The same words never stand twice. Where there
    are no passages, nothing passes.
    """
    if not attributor.passages:
        return NOTHING
    citations = _Citations(attributor)
    sentences: list[AnswerSentence] = []
    for sentence in _sentences(text):
        supports = _passing(sentence, question, attributor)
        if supports:
            cited = tuple(citations.cite(sentence, s.passage) for s in supports)
            settled = AnswerSentence(text=sentence, citations=cited)
        else:
            settled = _verbatim(sentence, attributor, citations)
        if not any(_says(earlier.text, settled.text) for earlier in sentences):
            sentences.append(settled)
    if sentences and asks(question) is Asks.SPEAKER:
        text = " ".join(s.text for s in sentences)
        said_in = _said_in(citations.passages, attributor)
        if said_in not in citations.passages or not names_speaker(text, question, [said_in]):
            return _in_their_words(question, said_in, attributor)
    return Settled(tuple(sentences), tuple(citations.list), tuple(citations.passages)).only(sentences)


def _said_in(cited: Sequence[Passage], attributor: Attributor) -> Passage:
    """Find the passage in which that is said of which the question asks who said it.

    It is one that was judged to answer it; else one of those cited, unless another that quotes somebody holds much more
    of the question's words.
    """
    if (judged := attributor.judged_to_answer) and judged.speakers:
        return judged
    best = max(cited, key=lambda p: (bool(p.speakers), attributor.evidence_of(p)))
    held = max(attributor.asked_cover(p) for p in cited)
    others = [p for p in attributor.passages if p.speakers and attributor.asked_cover(p) > MUCH_MORE_HELD + held]
    return max(others, key=attributor.asked_cover, default=best)


def _in_their_words(question: str, passage: Passage, attributor: Attributor) -> Settled:
    """Answer "Who said ...?" by the passage itself, with its speaker in front where its words do not name them."""
    citations = _Citations(attributor)
    sentence = _verbatim_of(passage, question, citations)
    if len(passage.speakers) == 1 and not names_speaker(sentence.text, question, [passage]):
        sentence = AnswerSentence(text=f"{passage.speakers[0]}: {quoted(sentence.text)}", citations=sentence.citations)
    return Settled((sentence,), tuple(citations.list), (passage,))


def decline(question: str, attributor: Attributor) -> Settled:
    """Say that the article does not say, with the nearest thing that it does say, word for word."""
    citations = _Citations(attributor)
    nearest = attributor.nearest
    sentences = [AnswerSentence(text=NOT_SAID)]
    if nearest is not None:
        sentences.append(_verbatim_of(nearest, question, citations))
    return Settled(tuple(sentences), tuple(citations.list), tuple(citations.passages))


def written(settled: Settled) -> str:
    """Write an answer as one text; the article's own words stand in quotation marks."""
    return " ".join(sentence.said for sentence in settled.sentences)


def signed(settled: Settled, model: str, timings: Timings) -> Answer:
    """Make an answer of what has passed, signed with the model that wrote it."""
    return Answer(
        text=written(settled),
        sentences=settled.sentences,
        citations=settled.citations,
        abstained=False,
        model=model,
        timings=timings,
    )


def _sentences(text: str) -> list[str]:
    """Give the sentences of the model's text, without markers of its own and without one that was cut off."""
    sentences = [s for s in split_sentences(MARKER.sub("", " ".join(text.split()))) if words(s)]
    if len(sentences) > 1 and sentences[-1][-1] not in END_TOKENS:
        sentences.pop()
    return list(dict.fromkeys(sentences))


def _passing(sentence: str, question: str, attributor: Attributor) -> Sequence[Support]:
    """Give the passages that support a sentence and with which it passes the gates; none where there are none."""
    ranked = [s for s in attributor.ranked(sentence)[:REATTRIBUTIONS] if s.score >= LEAST_SUPPORT]
    chosen = [s for s in attributor.attribute(sentence) if s.score >= LEAST_SUPPORT]
    others = [s for s in ranked if s not in chosen]
    candidates = [chosen, *([other] for other in others), *([*chosen, other] for other in others)]
    return next((c for c in candidates if c and passes(sentence, [s.passage for s in c], question, attributor)), [])


def passes(sentence: str, passages: Sequence[Passage], question: str, attributor: Attributor) -> bool:
    """Tell whether some passages hold all that must stand in what a sentence cites; see ``rag/gates.py``."""
    names = frozenset().union(*(p.name_stems for p in attributor.passages))
    return not check(sentence, passages, known=question, names=names)


def _verbatim(sentence: str, attributor: Attributor, citations: _Citations) -> AnswerSentence:
    return _verbatim_of(attributor.ranked(sentence)[0].passage, sentence, citations)


def _verbatim_of(passage: Passage, sentence: str, citations: _Citations) -> AnswerSentence:
    """Give the sentence of a passage that comes nearest to another, word for word."""
    cited = citations.cite(sentence, passage)
    return AnswerSentence(text=citations.list[cited].quote, citations=(cited,), verbatim=True)
