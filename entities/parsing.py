"""Parses an article with spaCy: words, sentences, grammar and raw names, paragraph by paragraph."""

import re
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from models.article import HEADLINE, Article

PLAIN_MARKS: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})
"""Typographic marks, as the model saw them in training. One character for one: offsets stay what they are."""

WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")

GLUED: Final = re.compile(r"""^[-–—―*•]+(?=\w)|(?<=["'”’]):(?=\w)""")
"""What is written to a word without being part of it: "--Jane Doe", "'We are alive':More"."""

DATELINE: Final = re.compile(
    r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?: \([\w ]+\))? ?(?:--?|[—–―]) "
)
"""Where a report was written, at its beginning."""

LONGEST_PARAGRAPH: Final = 20_000
LONGEST_ARTICLE: Final = 200_000
"""Characters that are parsed at the most, some ten seconds' work; the longest reports have a third of that."""

TITLE_CASE_SHARE: Final = 0.7
"""Share of capitalised words from which on a headline is held to be in Title Case; its capitals then mean nothing."""

SHOUTED_LENGTH: Final = 5
"""Letters from which on a word all in capitals is a shouted word ("WASHINGTON") rather than an acronym."""


@dataclass(frozen=True)
class ParsedArticle:
    """An article with what spaCy makes of it: ``docs[n]`` is paragraph ``n``, 0 the headline, offset for offset.

    ``title_case``: the headline is Written Like This, so that its capitals say nothing about names.
    """

    article: Article
    docs: tuple[Doc, ...]
    title_case: bool

    def paragraph(self, number: int) -> str:
        """Give the text of a paragraph as far as it was parsed."""
        return self.article.text(number)[: len(self.docs[number].text)]

    def text(self, paragraph: int, start: int, end: int) -> str:
        """Give a stretch of the article, word for word."""
        return self.article.text(paragraph)[start:end]


class Parser:
    """spaCy's English pipeline, loaded once."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline

    @classmethod
    def load(cls, model_dir: Path) -> Self:
        """Load the pipeline from a folder of spaCy data."""
        with warnings.catch_warnings():
            # The data of 3.7 works under spaCy 3.8 and gives the same results; no reader needs to hear of it.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            return cls(spacy.load(model_dir, exclude=["senter"]))

    def parse(self, article: Article) -> ParsedArticle:
        """Parse the headline and every paragraph."""
        texts = _readable([article.text(number) for number in range(HEADLINE, len(article.paragraphs) + 1)])
        case = _Case(texts[1:])
        plain = [case.mended(texts[0], headline=True), *(case.mended(text) for text in texts[1:])]
        docs = [self._with_dateline_apart(text) for text in plain]
        return ParsedArticle(article, tuple(self._pipeline.pipe(docs)), _in_title_case(WORD.findall(texts[HEADLINE])))

    def _with_dateline_apart(self, text: str) -> Doc:
        """Let the first sentence begin after "MINSK, Belarus (AP) - ", which is no part of its grammar."""
        doc = self._pipeline.make_doc(text)
        if match := DATELINE.match(text):
            first = next((token for token in doc if token.idx >= match.end()), None)
            if first is not None:
                first.is_sent_start = True
        return doc


class _Case:
    """Knows how the body of an article writes its words, and puts shouted and title-cased ones right."""

    def __init__(self, body: list[str]) -> None:
        self._forms = Counter(word for text in body for word in WORD.findall(text))

    def mended(self, text: str, *, headline: bool = False) -> str:
        plain = GLUED.sub(lambda match: " " * len(match[0]), text.translate(PLAIN_MARKS))
        words = WORD.findall(plain)
        title_case = headline and _in_title_case(words)
        shouted = bool(words) and sum(w.isupper() for w in words) > len(words) / 2

        def mend(match: re.Match[str]) -> str:
            word = match[0]
            if (word.isupper() and len(word) >= SHOUTED_LENGTH) or (shouted and word.isupper() and len(word) > 1):
                word = self._usual(word)
            elif title_case and match.start() and self._forms[word.lower()] > self._forms[word]:
                word = word.lower()
            return word if len(word) == len(match[0]) else match[0]

        return WORD.sub(mend, plain)

    def _usual(self, word: str) -> str:
        """Give the form in which the body uses a shouted word; unknown ones are taken to be names."""
        forms = (word, word.capitalize(), word.title(), word.lower())
        best = max(forms, key=lambda form: self._forms[form] - (form == word))
        return best if self._forms[best] and best != word else word.title()


def _readable(texts: list[str]) -> list[str]:
    """Cut what is longer than any article: a book is read as far as time allows, the rest as if it were empty."""
    cut, left = [], LONGEST_ARTICLE
    for text in texts:
        cut.append(text[: min(left, LONGEST_PARAGRAPH)])
        left -= len(cut[-1])
    return cut


def _in_title_case(words: list[str]) -> bool:
    long = [word for word in words[1:] if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) >= TITLE_CASE_SHARE * len(long)
