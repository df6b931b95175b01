"""Where reports differ: two articles give different numbers or days for what was asked.

Deterministic, and precise rather than eager. Both must state it in a sentence that holds all that the question says (a
name may stand in the headline); "at least 12" and "15" don't differ, nor do "1.4 million" and "1,380,000"; and of a
sentence with two such figures, nobody can tell which is meant.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from models.article import Article
from rag.numbers import DIGITS, MAGNITUDES, SMALL
from rag.numbers import WORDS as NUMBER_WORDS
from rag.passages import Passage
from rag.question_type import Asks, asks
from rag.sentences import sentence_spans
from rag.words import FUNCTION_WORDS, WORD, content_stems, stem

COUNTED: Final = re.compile(r"\bhow many\s+((?:[\w'’-]+\s*){1,4})", re.IGNORECASE)
"""What is counted, and what follows it."""

MOST_BETWEEN: Final = 2
"""Words between a number and what it counts: "12 more wounded soldiers"."""

AT_LEAST: Final = re.compile(r"\b(?:at least|more than|over|above|not less than|upwards of)\s*$", re.IGNORECASE)
AT_MOST: Final = re.compile(r"\b(?:at most|up to|as many as|fewer than|less than|under|below)\s*$", re.IGNORECASE)
ABOUT: Final = re.compile(
    r"\b(?:about|some|around|nearly|almost|roughly|approximately|an estimated)\s*$", re.IGNORECASE
)
WHOLE: Final = re.compile(r"\bof (?:the|its|their|those) $", re.IGNORECASE)
"""Before a whole of which only a part is meant: "12 of the 30 people"."""

SHARE: Final = re.compile(r"\s?(?:%|percent|per cent)", re.IGNORECASE)
YEAR: Final = re.compile(r"(?:19|20)\d\d\b(?!,)")

CLAUSE: Final = re.compile(r"[;:,.!?]")

ROUNDED: Final = 0.49
"""Share of its last digit's unit by which a rounded number may be off."""

ROUGHLY: Final = 0.1
"""Share by which what is said to be "about" so many may be off."""

MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH: Final = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
DAY: Final = re.compile(rf"\b{_DAY} (?:of )?{_MONTH}|\b{_MONTH} {_DAY}\b(?!,?\d)")

Span: TypeAlias = tuple[float, float]
"""From and to which value something may be, both included."""


@dataclass(frozen=True)
class Claim:
    """What a report states: ``sentence`` is its place in the passage."""

    passage: Passage
    sentence: tuple[int, int]
    value: Span


def differing(
    question: str, cited: Sequence[Passage], passages: Sequence[Passage], articles: Mapping[str, Article]
) -> tuple[Claim, Claim] | None:
    """Give a claim of what an answer cites, and one of another article that can't be true at the same time.

    Of several others, that of the newest article. None where no reports differ, or nothing is asked that could.
    """
    own = _claims(question, cited, articles)
    others = _claims(question, passages, articles)
    for mine in own:
        apart = [
            other
            for other in others
            if other.passage.article_id != mine.passage.article_id and not _meet(mine.value, other.value)
        ]
        if apart:
            return mine, max(apart, key=lambda claim: _day_of(articles[claim.passage.article_id]))
    return None


def _day_of(article: Article) -> str:
    return article.published.isoformat() if article.published else ""


def _meet(a: Span, b: Span) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _claims(question: str, passages: Iterable[Passage], articles: Mapping[str, Article]) -> list[Claim]:
    """Give what passages state of what is asked, at most one claim each."""
    counted = COUNTED.search(question)
    if counted is None and asks(question) is not Asks.TIME:
        return []
    things = frozenset(_things(counted[1])) if counted else frozenset()
    asked = frozenset(content_stems(question)) - {"when"}
    names = frozenset(stem(word) for word in WORD.findall(question)[1:] if word[0].isupper())
    claims = []
    for passage in passages:
        around = frozenset(content_stems(articles[passage.article_id].headline)) | passage.name_stems
        for start, end in sentence_spans(passage.text):
            sentence = passage.text[start:end]
            held = frozenset(content_stems(sentence))
            if not (asked - names) <= held or not names <= held | around:
                continue
            values = set(_counts(sentence, things) if counted else _days(sentence))
            if len(values) == 1:
                claims.append(Claim(passage, (start, end), values.pop()))
                break
    return claims


def _things(following: str) -> Iterator[str]:
    """Give the stems of the words behind "how many", up to the first that says nothing."""
    for word in WORD.findall(following):
        if word.casefold() in FUNCTION_WORDS:
            return
        yield stem(word)


def _counts(sentence: str, things: frozenset[str]) -> Iterator[Span]:
    """Give the numbers of a sentence that count some things."""
    found = sorted([*DIGITS.finditer(sentence), *NUMBER_WORDS.finditer(sentence)], key=lambda match: match.start())
    for match in found:
        before, behind = sentence[: match.start()], WORD.findall(CLAUSE.split(sentence[match.end() :], 1)[0])
        if match.re is DIGITS and match[2] and match[2].casefold() not in MAGNITUDES:
            behind.insert(0, match[2])
        if WHOLE.search(before) or SHARE.match(sentence[match.end(1) :]) or YEAR.match(match[0]):
            continue
        if things & {stem(word) for word in behind[: MOST_BETWEEN + 1]}:
            yield _span(before, match)


def _span(before: str, match: re.Match[str]) -> Span:
    value, off = _value(match)
    if AT_LEAST.search(before):
        return value - off, float("inf")
    if AT_MOST.search(before):
        return 0.0, value + off
    off = max(off, ROUGHLY * value if ABOUT.search(before) else 0.0)
    return value - off, value + off


def _value(match: re.Match[str]) -> tuple[float, float]:
    """Give a number, and by how much it may have been rounded: "1.4 million" is exact to half of its last digit."""
    if match.re is not DIGITS:
        tens, units, magnitude = match.groups()
        number = SMALL[tens.casefold()] + (SMALL[units.casefold()] if units else 0)
        return _scaled(float(number), 1.0, magnitude)
    digits = match[1].replace(",", "")
    whole, _, decimals = digits.partition(".")
    zeros = len(whole) - len(whole.rstrip("0")) if not decimals else 0
    unit = 10.0 ** -len(decimals) if decimals else 10.0**zeros if zeros > 1 else 1.0
    return _scaled(float(digits), unit, match[2])


def _scaled(number: float, unit: float, magnitude: str | None) -> tuple[float, float]:
    scale = MAGNITUDES.get((magnitude or "").casefold(), 1.0)
    return number * scale, unit * scale * ROUNDED if scale > 1 or unit > 1 else 0.0


def _days(sentence: str) -> Iterator[Span]:
    """Give the days of a sentence, by month and day."""
    for day, month, other_month, other_day in DAY.findall(sentence):
        number = float(MONTHS[(month or other_month)[:3].casefold()] * 100 + int(day or other_day))
        yield number, number
