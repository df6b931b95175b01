"""Gates: every number, name and quoted span of a sentence must stand in what it cites.

They are deterministic and know nothing of the model: whatever it writes, a sentence whose figures, names or quotes
the cited passages do not hold does not pass. Ordinary variants do: "1.4m" and "1.4 million", a surname for a full
name, "Russian" for "Russia", another case or plural.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rag.numbers import numbers, stated_numbers
from rag.passages import Passage
from rag.words import FUNCTION_WORDS, WORD, content_stems, content_words, stem

QUOTED: Final = re.compile(r"[\"“”„«]([^\"“”„»]{3,})[\"“”»]")
"""A quoted span of the sentence; shorter ones are titles of things or scare quotes of a letter or two."""

OPENS_ON_PRONOUN: Final = re.compile(r"(?:He|She|They)\s+(?![A-Z])")
"""Not a name: "He Lifeng"."""

COMMON_ROOT: Final = 4
"""Letters that a name and its adjective share at least: "Iran", "Iranian"; "China", "Chinese"."""


@dataclass(frozen=True)
class Unsupported:
    """Something in a sentence that the passages it cites do not hold."""

    kind: str
    text: str


def check(
    sentence: str, passages: Sequence[Passage], *, known: str, names: frozenset[str] = frozenset()
) -> list[Unsupported]:
    """Give what the passages do not support in a sentence; nothing means that it passes.

    ``known`` is text that the sentence may repeat without proof: the question. ``names`` are stems of the names of the
    whole article: by them, a word that opens the sentence is known for a name.
    """
    return [
        *_unsupported_numbers(sentence, passages, known),
        *_unsupported_names(sentence, passages, known, names),
        *_unsupported_quotes(sentence, passages),
    ]


def _unsupported_numbers(sentence: str, passages: Sequence[Passage], known: str) -> Iterable[Unsupported]:
    there = {value for passage in passages for value in passage.numbers} | numbers(known)
    for value in sorted(stated_numbers(sentence)):
        if not any(_same(value, other) for other in there):
            yield Unsupported("number", f"{value:g}")


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def _unsupported_names(
    sentence: str, passages: Sequence[Passage], known: str, names: frozenset[str]
) -> Iterable[Unsupported]:
    there = {s for passage in passages for s in passage.words} | set(content_stems(known))
    for name in names_in(sentence, names):
        if not any(_same_name(stem(name), other) for other in there):
            yield Unsupported("name", name)


def _same_name(a: str, b: str) -> bool:
    """Tell whether two stems are of one name, or of a name and its adjective."""
    root = max(COMMON_ROOT, min(len(a), len(b)) - 1)
    return a == b or (len(a) >= root and a[:root] == b[:root])


def names_in(sentence: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Give the words that look like parts of names: capitalised, and not just because a sentence begins there."""
    found = []
    for match in WORD.finditer(sentence):
        word = match.group()
        before = sentence[: match.start()].rstrip()
        opens = not before or before[-1] in '.!?:"“”'
        if word[0].isupper() and word.casefold() not in FUNCTION_WORDS and (not opens or stem(word) in names):
            found.append(word)
    return found


def new_names(answer: str, question: str) -> frozenset[str]:
    """Give the stems of the capitalised words of an answer that the question does not hold."""
    return frozenset(stem(w) for w in content_words(answer) if w[0].isupper()) - frozenset(content_stems(question))


def names_speaker(answer: str, question: str, passages: Sequence[Passage]) -> bool:
    """Tell whether an answer to "Who said ...?" names somebody new, one whom a passage quotes where it quotes any.

    One that begins with "He" does not, whomever else it names.
    """
    if OPENS_ON_PRONOUN.match(answer):
        return False
    speakers = frozenset().union(*(p.speaker_stems for p in passages))
    named = new_names(answer, question)
    return bool(named & speakers) if speakers else bool(named)


def _unsupported_quotes(sentence: str, passages: Sequence[Passage]) -> Iterable[Unsupported]:
    for quote in QUOTED.findall(sentence):
        if not any(holds_quote(passage.text, quote) for passage in passages):
            yield Unsupported("quote", quote)


def holds_quote(text: str, quote: str) -> bool:
    """Tell whether a text holds a quoted span word for word, but for punctuation and case."""
    wanted, there = [w.casefold() for w in WORD.findall(quote)], [w.casefold() for w in WORD.findall(text)]
    return any(there[i : i + len(wanted)] == wanted for i in range(len(there) - len(wanted) + 1))
