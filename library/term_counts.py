"""Counts words in texts as the full-text index does, for BM25 over a few paragraphs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple

import apsw

TOKENIZER: Final = ("porter", ["unicode61", "remove_diacritics", "2"])
"""The tokenizer of the full-text index, as its migration names it."""


class TermCounts(NamedTuple):
    """How often each stem stands in a paragraph, and in its headline."""

    article_id: str
    number: int
    words: int
    headline: Counter[str]
    text: Counter[str]

    @property
    def columns(self) -> tuple[tuple[str, Counter[str]], ...]:
        """The two, with what their columns are called."""
        return ("headline", self.headline), ("text", self.text)


class Corpus(NamedTuple):
    """How many paragraphs there are, their mean words, and how many of them hold a stem in a column."""

    paragraphs: int
    words: float
    holding: dict[tuple[str, str], int]

    def weights(self, stems: Iterable[str], headline_weight: float) -> dict[tuple[str, str], float]:
        """Give Lucene's inverse document frequency of stems, by column."""
        weighted = {}
        for term in stems:
            for column, weight in (("headline", headline_weight), ("text", 1.0)):
                holding = self.holding.get((term, column), 0)
                weighted[term, column] = weight * log(1 + (self.paragraphs - holding + 0.5) / (holding + 0.5))
        return weighted


def corpus_of(texts: Sequence[TermCounts]) -> Corpus:
    """Count over some paragraphs."""
    holding = Counter((term, column) for text in texts for column, counts in text.columns for term in counts)
    return Corpus(len(texts), sum(text.words for text in texts) / max(1, len(texts)) or 1.0, dict(holding))


def count_terms(connection: apsw.Connection, text: str, reason: int = apsw.FTS5_TOKENIZE_DOCUMENT) -> Counter[str]:
    """Count the stems of a text, in the order in which they first stand there."""
    tokenize = connection.fts5_tokenizer(*TOKENIZER)
    tokens = tokenize(text.encode(), reason, None, include_offsets=False)
    return Counter(str(stem) for stems in tokens for stem in stems)
