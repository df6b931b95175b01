"""Recognises a story that another feed has brought before, copied with small changes: agencies' stories mostly are.

A different story must never be taken for a copy. So a copy is only what says nothing new: nearly all that stands in it
stands in the other one too, word after word, and each figure, name and "not" of it as often. Articles that may be
copied from are found by some hashes of runs of words (the smallest: a bottom-k sketch, Broder 1997), and then read.
"""

import re
from collections import Counter
from typing import Any, Final, NamedTuple
from zlib import crc32

import apsw

from models.article import Article

RUN: Final = 5
"""Words in a run: five in the same order are seldom the same by chance."""

SKETCH: Final = 12
"""Hashes kept of an article. A copy of half of it shares one of them in all but some thousandths of cases."""

LEAST_WORDS: Final = 80
"""Shorter texts say too little to tell a copy from another one of the same make."""

SAME: Final = 0.85
"""Share of the runs of a copy that stand in the other. An edited word breaks five of them."""

DAYS_APART: Final = 2
"""Days between a story and its copies, at the most."""

SHORT: Final = 3
"""Letters of a word that says nothing of what a headline is about."""

HEADLINE_SAME: Final = 0.7
"""Share of the longer words of a copy's headline that stand somewhere in the other."""

CANDIDATES: Final = 20
"""Articles that are read at the most: those that share most hashes."""

_WORD: Final = re.compile(r"[\w'’]+(?:[.,]\d+)*")
_NEGATIONS: Final = {"not", "no", "never", "nor", "none", "without", "cannot", "denied", "denies"}


class Story(NamedTuple):
    """What is compared of an article."""

    headline: str
    texts: list[str]


def keep_sketch(connection: apsw.Connection, article: Article) -> None:
    """Keep by what copies of an article are recognised, within a transaction of the caller."""
    connection.executemany(
        "INSERT OR IGNORE INTO sketches (hash, article_id) VALUES (?, ?)",
        ((value, article.id) for value in _sketch(_words(_texts(article)))),
    )


def copied_from(connection: apsw.Connection, article: Article, feed: int) -> str | None:
    """Find the article, of another feed or the user's own, that says all that this one does, if there is one."""
    words = _words(_texts(article))
    if len(words) < LEAST_WORDS or article.published is None:
        return None
    hashes = _sketch(words)
    rows: list[Any] = connection.execute(
        _CANDIDATES.format(marks=", ".join("?" * len(hashes))),
        (*hashes, article.id, feed, article.published.isoformat(), DAYS_APART, CANDIDATES),
    ).fetchall()
    for article_id, headline in rows:
        if says_it_all(Story(headline, _kept_texts(connection, article_id)), Story(article.headline, _texts(article))):
            return str(article_id)
    return None


_CANDIDATES: Final = """
SELECT id, headline FROM sketches JOIN articles ON id = article_id
WHERE hash IN ({marks}) AND replaced_by IS NULL AND id <> ?
AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.article_id = id AND feed_id = ? AND own)
AND abs(julianday(published) - julianday(?)) <= ?
GROUP BY id ORDER BY count(*) DESC, id LIMIT ?
"""


def says_it_all(whole: Story, copy: Story) -> bool:
    """Tell whether a story says all that another one does.

    Two pages that hold nothing but the same notice of their site are told apart by their headlines.
    """
    runs, in_whole = _runs(_words(copy.texts)), _runs(_words(whole.texts))
    if not runs or len(runs & in_whole) < SAME * len(runs):
        return False
    if _telling(copy.texts) - _telling(whole.texts) or _turned_round(whole.texts, copy.texts):
        return False
    said = set(_words([whole.headline, *whole.texts]))
    announced = [word for word in _words([copy.headline]) if len(word) > SHORT or word[0].isdigit()]
    known = [word for word in announced if word in said]
    return len(known) >= HEADLINE_SAME * len(announced) and all(
        word in known for word in announced if word[0].isdigit()
    )


def _turned_round(whole: list[str], copy: list[str]) -> bool:
    """Tell whether a paragraph has lost or got a "not" in the copy."""
    kept = [(_runs(_words([text])), _negations(text)) for text in whole]
    everything = set().union(*(runs for runs, _ in kept))
    for text in copy:
        runs = _runs(_words([text]))
        if runs <= everything:
            continue
        shared, negations = max(((len(runs & others), count) for others, count in kept), key=lambda one: one[0])
        if shared and negations != _negations(text):
            return True
    return False


def _negations(text: str) -> int:
    return sum(map(_negates, _words([text])))


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n’t"))


def _telling(texts: list[str]) -> Counter[str]:
    """Count the words of which one alone makes another story: figures, names, and what turns a sentence round."""
    telling: Counter[str] = Counter()
    for text in texts:
        words = _WORD.findall(text)
        for place, word in enumerate(words):
            low = word.lower()
            named = word[0].isupper() and place > 0
            if named or _negates(low) or any(letter.isdigit() for letter in word):
                telling[low] += 1
    return telling


def _words(texts: list[str]) -> list[str]:
    return [word.lower() for text in texts for word in _WORD.findall(text)]


def _runs(words: list[str]) -> set[int]:
    return {crc32(" ".join(words[place : place + RUN]).encode()) for place in range(len(words) - RUN + 1)}


def _sketch(words: list[str]) -> list[int]:
    return sorted(_runs(words))[:SKETCH]


def _texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def _kept_texts(connection: apsw.Connection, article_id: str) -> list[str]:
    rows = connection.execute("SELECT text FROM paragraphs WHERE article_id = ? ORDER BY number", (article_id,))
    return [str(text) for (text,) in rows]
