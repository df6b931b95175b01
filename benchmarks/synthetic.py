"""A library of any size, made up: articles with the statistics of news, of words that mean nothing.

A few words stand in nearly every paragraph and most in a few (Zipf's law); each article has words of its own, which
come back in it. The same number always gives the same article.
"""

import random
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from models.article import Article

VOCABULARY: Final = 30_000
PARAGRAPHS: Final = 25
WORDS: Final = (25, 55)
"""Words of a paragraph, from and to."""

OWN_WORDS: Final = 12
OWN_SHARE: Final = 0.15
"""How many of the words of an article are its own."""

FIRST_DAY: Final = date(2020, 1, 1)
ARTICLES_A_DAY: Final = 12

_SYLLABLES: Final = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er", "ist")]


@cache
def vocabulary() -> list[str]:
    """Give the words, the most frequent first."""
    chooser = random.Random(0)  # noqa: S311 -- the same words each time
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(chooser.choices(_SYLLABLES, k=chooser.choice((2, 2, 3, 3, 4))))] = None
    return list(words)


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))


def article(number: int, paragraphs: int = PARAGRAPHS) -> Article:
    """Make the article of a number."""
    chooser = random.Random(number)  # noqa: S311 -- the same article each time
    words = vocabulary()
    own = chooser.sample(words[1000:], OWN_WORDS)
    texts = []
    for _ in range(paragraphs):
        length = chooser.randint(*WORDS)
        chosen = chooser.choices(words, cum_weights=_weights(), k=length)
        for place in range(length):
            if chooser.random() < OWN_SHARE:
                chosen[place] = chooser.choice(own)
        texts.append(f"{' '.join(chosen).capitalize()}.")
    headline = " ".join([*chooser.sample(own, 4), *chooser.choices(words, cum_weights=_weights(), k=4)]).capitalize()
    return Article.build(
        headline,
        texts,
        published=FIRST_DAY + timedelta(days=number // ARTICLES_A_DAY),
        url=f"https://gazette.example/{number}",
        origin=f"{number}.txt",
    )
