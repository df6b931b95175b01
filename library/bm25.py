"""Ranks paragraphs by BM25, within any set of articles.

FTS5 has a ``bm25`` of its own, but it weighs a word by how rare it is among *all* rows. A word that is rare in the
library may stand in every other paragraph of the one article that a question is about, and the other way round; so
the weights are taken here over the articles asked about. What stands where is told by the full-text index.
"""

import json
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

import apsw

from library.cleaning import clean_text

K1: Final = 0.9
B: Final = 0.4
"""How soon repeating a word stops counting, and how much long paragraphs are held back (the defaults of Anserini)."""

HEADLINE_WEIGHT: Final = 0.5
"""What a word in the headline counts against one in the paragraph: it says which article, not which paragraph."""

MAX_TERMS: Final = 256
"""Different words of a query at the most, so that no query takes long."""

TOKENIZER: Final = ("porter", ["unicode61", "remove_diacritics", "2"])
"""The tokenizer of the full-text index, as its migration names it."""


class ParagraphMatch(NamedTuple):
    """A paragraph that holds words of a query. A higher ``bm25`` is a better match, comparable within a query only."""

    article_id: str
    paragraph: int
    bm25: float


# With Lucene's inverse document frequency, which is never negative. Headline and paragraph are two fields that add up,
# each with frequencies of its own, for all paragraphs of an article share its headline.
_RANK: Final = """
WITH size AS MATERIALIZED (
    SELECT count(*) AS paragraphs, avg(words) AS words FROM paragraphs WHERE {in_scope}
),
hits AS MATERIALIZED (
    SELECT term, col, doc, count(*) AS times FROM full_text_words
    WHERE term IN (SELECT value FROM json_each(:terms))
    AND {doc_in_scope}
    GROUP BY term, col, doc
),
weights AS MATERIALIZED (
    SELECT term, col, iif(col = 'headline', :headline_weight, 1)
        * ln(1 + (size.paragraphs - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM hits, size GROUP BY term, col
)
SELECT article_id, number, sum(
    weight * times * (:k1 + 1) / (times + :k1 * iif(col = 'headline', 1, 1 - :b + :b * paragraphs.words / size.words))
) AS score
FROM hits JOIN weights USING (term, col) JOIN paragraphs ON paragraphs.rowid = doc, size
GROUP BY doc ORDER BY score DESC, article_id, number LIMIT :limit
"""
_RANK_ALL: Final = _RANK.format(in_scope="true", doc_in_scope="true")
_RANK_SOME: Final = _RANK.format(
    in_scope="article_id IN (SELECT value FROM json_each(:articles))",
    doc_in_scope="doc IN (SELECT rowid FROM paragraphs WHERE article_id IN (SELECT value FROM json_each(:articles)))",
)


def rank_paragraphs(
    connection: apsw.Connection, terms: Iterable[str], article_ids: Collection[str] | None, limit: int
) -> list[ParagraphMatch]:
    """Find the paragraphs that hold any word of ``terms``, best first: of these articles, or of all where None."""
    stems = _stems(connection, " ".join(terms))
    rows = connection.execute(
        _RANK_ALL if article_ids is None else _RANK_SOME,
        {
            "terms": json.dumps(stems),
            "articles": json.dumps(list(article_ids or ())),
            "headline_weight": HEADLINE_WEIGHT,
            "k1": K1,
            "b": B,
            "limit": limit,
        },
    )
    return [ParagraphMatch(str(article_id), int(number), float(score)) for article_id, number, score in rows]


def _stems(connection: apsw.Connection, text: str) -> list[str]:
    tokenize = connection.fts5_tokenizer(*TOKENIZER)
    tokens = tokenize(clean_text(text).encode(), apsw.FTS5_TOKENIZE_QUERY, None, include_offsets=False)
    return list(dict.fromkeys(str(stem) for stems in tokens for stem in stems))[:MAX_TERMS]
