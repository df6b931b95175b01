"""Ranks paragraphs by BM25, within any set of articles.

FTS5 has a ``bm25`` of its own, but it weighs a word by how rare it is among *all* rows. A word that is rare in the
library may stand in every other paragraph of the one article that a question is about, and the other way round; so
the weights are taken here over the articles asked about. What stands where is told by the full-text index; where only
a few paragraphs come into question, they are read.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple

import apsw

from library.cleaning import clean_text
from library.query import MAX_TERMS, phrase
from library.term_counts import Corpus, TermCounts, corpus_of, count_terms

K1: Final = 0.9
B: Final = 0.4
"""How soon repeating a word stops counting, and how much long paragraphs are held back (the defaults of Anserini)."""

HEADLINE_WEIGHT: Final = 0.5
"""What a word in the headline counts against one in the paragraph: it says which article, not which paragraph."""

FEW_ARTICLES: Final = 20
"""Articles that are read sooner than the index is gone through, which holds those of the whole library."""

MOST_PLACES: Final = 25_000
"""Places of words that are looked at, a tenth of a second's work. Beyond them, the rarest words choose candidates."""

CANDIDATES: Final = 1000
"""Paragraphs, chosen by the rarest words, that are read to rank them by all words."""


class ParagraphMatch(NamedTuple):
    """A paragraph that holds words of a query. A higher ``bm25`` is a better match, comparable within a query only."""

    article_id: str
    paragraph: int
    bm25: float


# With Lucene's inverse document frequency, which is never negative. Headline and paragraph are two fields that add up,
# each with frequencies of its own, for all paragraphs of an article share its headline.
_RANK: Final = """
WITH hits AS MATERIALIZED (
    SELECT term, col, doc, count(*) AS times FROM full_text_words
    WHERE term IN (SELECT value FROM json_each(:terms))
    AND {doc_in_scope}
    GROUP BY term, col, doc
),
weights AS MATERIALIZED (
    SELECT term, col, iif(col = 'headline', :headline_weight, 1)
        * ln(1 + (:paragraphs - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM hits GROUP BY term, col
)
SELECT article_id, number, sum(
    weight * times * (:k1 + 1) / (times + :k1 * iif(col = 'headline', 1, 1 - :b + :b * paragraphs.words / :words))
) AS score
FROM hits JOIN weights USING (term, col) JOIN paragraphs ON paragraphs.rowid = doc
GROUP BY doc ORDER BY score DESC, article_id, number LIMIT :limit
"""
_IN_SCOPE: Final = "article_id IN (SELECT value FROM json_each(:articles))"
_RANK_ALL: Final = _RANK.format(doc_in_scope="true")
_PARAGRAPHS_IN_SCOPE: Final = f"FROM paragraphs WHERE {_IN_SCOPE}"
_RANK_SOME: Final = _RANK.format(doc_in_scope=f"doc IN (SELECT rowid {_PARAGRAPHS_IN_SCOPE})")
_SIZE_OF_SOME: Final = f"SELECT count(*), coalesce(avg(words), 1) {_PARAGRAPHS_IN_SCOPE}"
_TERMS: Final = """
SELECT term, col, doc, cnt FROM full_text_terms WHERE term IN (SELECT value FROM json_each(?))
"""
_NEWEST: Final = """
SELECT article_id, number FROM (SELECT rowid AS hit FROM full_text(?) ORDER BY rowid DESC LIMIT ?)
JOIN paragraphs ON paragraphs.rowid = hit
"""
_TEXTS: Final = """
SELECT article_id, number, headline, text, words FROM paragraphs JOIN articles ON id = article_id WHERE {which}
"""
_TEXTS_OF_SOME: Final = _TEXTS.format(which=_IN_SCOPE)
_TEXTS_OF_CANDIDATES: Final = _TEXTS.format(
    which="(article_id, number) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:candidates))"
)


def rank_paragraphs(
    connection: apsw.Connection, terms: Iterable[str], article_ids: Collection[str] | None, limit: int
) -> list[ParagraphMatch]:
    """Find the paragraphs that hold any word of ``terms``, best first: of these articles, or of all where None.

    In a large library, frequent words only help to rank what the rarer ones have found.
    """
    text = clean_text(" ".join(terms))
    stems = count_terms(connection, text, apsw.FTS5_TOKENIZE_QUERY)
    wanted = list(stems)[:MAX_TERMS]
    if not wanted:
        return []
    if article_ids is None:
        return _rank_all(connection, text, wanted, limit)
    articles = json.dumps(list(article_ids))
    if len(article_ids) <= FEW_ARTICLES:
        texts = _read(connection, _TEXTS_OF_SOME, {"articles": articles})
        return _ranked(texts, wanted, corpus_of(texts), limit)
    size: Any = connection.execute(_SIZE_OF_SOME, {"articles": articles}).fetchone()
    return _rank_by_index(connection, _RANK_SOME, wanted, size, limit, articles)


def _rank_all(connection: apsw.Connection, text: str, stems: list[str], limit: int) -> list[ParagraphMatch]:
    rows: list[Any] = connection.execute(_TERMS, (json.dumps(stems),)).fetchall()
    places = dict.fromkeys(stems, 0)
    for term, _, _, count in rows:
        places[term] += count
    size = _size(connection, any_of) if (any_of := _any_of(text)) else None
    if size is None:
        return []
    if sum(places.values()) <= MOST_PLACES:
        return _rank_by_index(connection, _RANK_ALL, stems, size, limit)
    rare, total = [], 0
    for term in sorted((term for term in stems if places[term]), key=lambda term: places[term]):
        total += places[term]
        if total <= MOST_PLACES:
            rare.append(term)
    if rare:
        matches = _rank_by_index(connection, _RANK_ALL, rare, size, CANDIDATES)
        candidates = [(match.article_id, match.paragraph) for match in matches]
    else:
        newest: list[Any] = connection.execute(_NEWEST, (any_of, CANDIDATES)).fetchall()
        candidates = newest
    texts = _read(connection, _TEXTS_OF_CANDIDATES, {"candidates": json.dumps(candidates)})
    return _ranked(texts, stems, Corpus(*size, {(term, col): doc for term, col, doc, _ in rows}), limit)


def _rank_by_index(
    connection: apsw.Connection, query: str, stems: list[str], size: tuple[int, float], limit: int, articles: str = "[]"
) -> list[ParagraphMatch]:
    rows = connection.execute(
        query,
        {
            "terms": json.dumps(stems),
            "articles": articles,
            "paragraphs": size[0],
            "words": size[1],
            "headline_weight": HEADLINE_WEIGHT,
            "k1": K1,
            "b": B,
            "limit": limit,
        },
    )
    return [ParagraphMatch(str(article_id), int(number), float(score)) for article_id, number, score in rows]


def _ranked(texts: list[TermCounts], stems: list[str], corpus: Corpus, limit: int) -> list[ParagraphMatch]:
    weights = corpus.weights(stems, HEADLINE_WEIGHT)
    matches = []
    for text in texts:
        norms = {"headline": K1, "text": K1 * (1 - B + B * text.words / corpus.words)}
        score = sum(
            weights[term, column] * times * (K1 + 1) / (times + norms[column])
            for column, counts in text.columns
            for term in stems
            if (times := counts.get(term, 0))
        )
        if score > 0:
            matches.append(ParagraphMatch(text.article_id, text.number, score))
    return sorted(matches, key=lambda match: (-match.bm25, match.article_id, match.paragraph))[:limit]


def _read(connection: apsw.Connection, query: str, parameters: dict[str, str]) -> list[TermCounts]:
    rows: list[Any] = connection.execute(query, parameters).fetchall()
    return [
        TermCounts(article_id, number, words, count_terms(connection, headline), count_terms(connection, text))
        for article_id, number, headline, text, words in rows
    ]


def _size(connection: apsw.Connection, any_of: str) -> tuple[int, float] | None:
    """Give how many paragraphs there are, and how many words one has; None where a query finds nothing.

    The full-text index knows, but says so only to a function that is called for a row.
    """
    connection.register_fts5_function("corpus_size", _corpus_size)
    found = connection.execute("SELECT corpus_size(full_text) FROM full_text(?) LIMIT 1", (any_of,)).get
    if found is None:
        return None
    paragraphs, words = map(int, str(found).split())
    return paragraphs, max(1, words) / paragraphs


def _corpus_size(api: apsw.FTS5ExtensionApi, *_: Any) -> str:
    return f"{api.row_count} {api.column_total_size(1)}"


def _any_of(text: str) -> str:
    return " OR ".join(found for word in text.split()[:MAX_TERMS] if (found := phrase(word)))
