"""Which passages support a sentence: decided after generation, from several signals.

Asking a small model for markers gives wrong numbers; attributing afterwards covers more and errs less (ALCE, Gao et
al. 2023). A sentence may rest on two passages ("X said ..., while Y ..."): passages are added as long as they cover
words that those before them leave open.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from models.answer import Evidence
from rag.gates import names_in
from rag.numbers import numbers
from rag.passages import Passage, Rarity, without_links
from rag.question_type import Asks, asks
from rag.sentences import sentence_spans
from rag.words import content_stems, stem

WORDS_WEIGHT: Final = 0.5
MEANING_WEIGHT: Final = 0.35
EVIDENCE_WEIGHT: Final = 0.15
"""Shares of a passage's support: the sentence's words in it, likeness of meaning, and bearing on the question."""

ASKED_WEIGHT: Final = 0.15
"""What a word of the question counts in an answer, against one of the answer's own.

Not where the question asks who: all that such an answer adds is a name, which stands in many a passage. What the
question says stands in the right one, and is looked for with the answer, at full weight.
"""

MORE_COVER: Final = 0.2
"""Share of the sentence's weight that a further passage must cover anew to be cited as well."""

MORE_SUPPORT: Final = 0.35
"""Support that a further passage must have of its own."""

EVENS: Final = 0.5
"""Probability from which on something is more likely than not."""

MOST_PASSAGES: Final = 3
"""Passages cited for one sentence at the most."""


@dataclass(frozen=True)
class Support:
    """How well a passage supports a sentence. ``score`` and ``cover`` (share of its words) lie in [0, 1]."""

    passage: Passage
    score: float
    cover: float


Similarity = Callable[[str, Sequence[Passage]], npt.NDArray[np.float32]]
"""Cosine similarity of a text to each of some passages."""


class Attributor:
    """Attributes sentences to the passages of one article, or of several."""

    def __init__(
        self,
        passages: Sequence[Passage],
        similarity: Similarity,
        evidence: Mapping[tuple[str, int], float],
        question: str,
        *,
        judged: Collection[tuple[str, int]] = (),
    ) -> None:
        """``evidence`` maps article and paragraph to the retriever's score for the question.

        No sentence rests on a link to another article, unless there is nothing else.
        Of those that were ``judged``, it is the probability that they answer it.
        """
        self.passages = without_links(passages)
        self.rarity = Rarity(self.passages)
        self._similarity = similarity
        self._evidence = evidence
        self._question = question
        self._judged = judged
        self._asked = frozenset(content_stems(question))
        asks_who = asks(question) in (Asks.SPEAKER, Asks.PERSON)
        self._looked_for_too = question if asks_who else ""
        self._asked_weight = 1.0 if asks_who else ASKED_WEIGHT

    def knowing(self, evidence: Iterable[Evidence]) -> Self:
        """Give one that knows of some passages how probably they answer the question: the scores of ``evidence``."""
        judged = {(e.article_id, e.paragraph): e.score for e in evidence}
        known = {**self._evidence, **judged}
        return type(self)(self.passages, self._similarity, known, self._question, judged=judged)

    @property
    def nearest(self) -> Passage | None:
        """The passage that most probably answers the question, of those judged, or else bears on it most."""
        among = [p for p in self.passages if not self._judged or (p.article_id, p.number) in self._judged]
        return max(among, key=self.evidence_of, default=None)

    @property
    def judged_to_answer(self) -> Passage | None:
        """The nearest passage, if it was judged to answer the question more probably than not."""
        nearest = self.nearest
        return nearest if self._judged and nearest and self.evidence_of(nearest) > EVENS else None

    def ranked(self, sentence: str) -> list[Support]:
        """Give the support of every passage for a sentence, best first."""
        sentence = self._looked_for(sentence)
        stems = frozenset(content_stems(sentence))
        whole = self._weight(stems) or 1.0
        likeness = self._similarity(sentence, self.passages)
        supports = []
        for passage, cosine in zip(self.passages, likeness, strict=True):
            cover = self._weight(stems & passage.words) / whole
            score = (
                WORDS_WEIGHT * cover
                + MEANING_WEIGHT * max(0.0, float(cosine))
                + EVIDENCE_WEIGHT * self.evidence_of(passage)
            )
            supports.append(Support(passage, score, cover))
        return sorted(supports, key=lambda s: (-s.score, s.passage.number))

    def attribute(self, sentence: str) -> list[Support]:
        """Give the passages to cite for a sentence, best first: the best, and others for what it leaves open."""
        ranked = self.ranked(sentence)
        if not ranked:
            return []
        chosen = [ranked[0]]
        stems = frozenset(content_stems(self._looked_for(sentence)))
        whole = self._weight(stems) or 1.0
        open_stems = stems - ranked[0].passage.words
        while len(chosen) < MOST_PASSAGES and open_stems:
            best = max(
                (s for s in ranked if s not in chosen and s.score >= MORE_SUPPORT),
                key=lambda s: (self._weight(open_stems & s.passage.stems), s.score),
                default=None,
            )
            if best is None or self._weight(open_stems & best.passage.stems) < MORE_COVER * whole:
                break
            chosen.append(best)
            open_stems = open_stems - best.passage.words
        return chosen

    def evidence_of(self, passage: Passage) -> float:
        """Give the retriever's score of a passage for the question."""
        return self._evidence.get((passage.article_id, passage.number), 0.0)

    def asked_cover(self, passage: Passage) -> float:
        """Give the share of the question's words, by rarity, that a passage holds."""
        whole = self.rarity.total(self._asked) or 1.0
        return self.rarity.total(self._asked & passage.words) / whole

    def quote_span(self, sentence: str, passage: Passage) -> tuple[int, int]:
        """Give start and end of the sentence in the passage that supports a sentence best.

        It holds the names and numbers that the answer adds to the question, then what else it adds; among those that
        hold as much, what the question says.
        """
        stems = frozenset(content_stems(sentence))
        names = frozenset(map(stem, names_in(sentence, passage.name_stems))) - self._asked
        figures = numbers(sentence) - numbers(self._question)

        def support(span: tuple[int, int]) -> tuple[int, float, float]:
            text = passage.text[span[0] : span[1]]
            held = stems & frozenset(content_stems(text))
            exact = len(held & names) + len(figures & numbers(text))
            return exact, self.rarity.total(held - self._asked), self.rarity.total(held & self._asked)

        return max(sentence_spans(passage.text), key=support)

    def _looked_for(self, sentence: str) -> str:
        return f"{self._looked_for_too} {sentence}".strip()

    def _weight(self, stems: frozenset[str]) -> float:
        """Weigh words of a sentence: mostly, those that it adds to the question tell more of where it comes from."""
        return self.rarity.total(stems - self._asked) + self._asked_weight * self.rarity.total(stems & self._asked)
