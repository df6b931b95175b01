"""Numbers in a text, by value: "1.4m", "1.4 million" and "1,400,000" are one number, as are "two" and "2"."""

import re
from typing import Final

SMALL: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7} | {
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
MAGNITUDES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
DIGITS: Final = re.compile(r"(?<![\w.])(\d+(?:,\d{3})*(?:\.\d+)?)(?:st|nd|rd|th|s)?\s?-?(?:([a-z]+)\b)?", re.IGNORECASE)
WORDS: Final = re.compile(
    rf"\b({'|'.join(SMALL)})(?:[- ]({'|'.join(list(SMALL)[1:10])}))?(?:[- ]({'|'.join(MAGNITUDES)}))?\b", re.IGNORECASE
)
UNCOUNTED: Final = frozenset({0, 1})
""""One of", "no one": words for these are rarely figures."""


def figures(text: str) -> set[float]:
    """Give the values of the numbers written with digits, each with its magnitude applied."""
    values = set()
    for digits, follower in DIGITS.findall(text):
        value = float(digits.replace(",", ""))
        values.add(value * MAGNITUDES.get(follower.casefold(), 1.0))
    return values


def numbers(text: str) -> set[float]:
    """Give the values of all numbers, written with digits or in words, ordinals too."""
    values = figures(text)
    for tens, units, magnitude in WORDS.findall(text):
        value = SMALL[tens.casefold()] + (SMALL[units.casefold()] if units else 0)
        values.add(value * (MAGNITUDES[magnitude.casefold()] if magnitude else 1))
    values.update(ORDINALS[w] for w in re.findall(r"[a-z]+", text.casefold()) if w in ORDINALS)
    return values


def stated_numbers(sentence: str) -> set[float]:
    """Give the numbers that a sentence commits itself to: all but a zero or one written as a word."""
    return figures(sentence) | (numbers(sentence) - UNCOUNTED)
