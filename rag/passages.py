"""Passages: the paragraphs of an article as the citation checks see them."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.answer import Citation
from models.article import Article
from models.entity import Entity, EntityType
from rag.link_lines import is_link_line
from rag.numbers import numbers
from rag.words import content_stems


@dataclass(frozen=True)
class Passage:
    """A paragraph with what it says and whom it names.

    ``names`` are all the names of the entities that occur in it, whichever of them it uses, and those of whoever its
    pronouns quote: a paragraph with "he said" may support a sentence that names him. ``speakers`` are those whom it
    quotes, by name; ``unnamed_speakers`` those of them whom it does not name itself.
    """

    article_id: str
    number: int
    text: str
    names: tuple[str, ...] = field(default=(), repr=False)
    speakers: tuple[str, ...] = ()
    unnamed_speakers: tuple[str, ...] = ()

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(content_stems(self.text))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of the words of its names."""
        return frozenset(stem for name in self.names for stem in content_stems(name))

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of its content words and of its names: what it may be found by."""
        return self.stems | self.name_stems

    @cached_property
    def speaker_stems(self) -> frozenset[str]:
        """The stems of the words of its speakers' names."""
        return frozenset(stem for name in self.speakers for stem in content_stems(name))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The values of the numbers in it."""
        return frozenset(numbers(self.text))

    def citation(self, start: int, end: int) -> Citation:
        """Cite some of its words, from and to."""
        quote = self.text[start:end]
        return Citation(article_id=self.article_id, paragraph=self.number, quote=quote, start=start, end=end)


def passages_of(article: Article, entities: Sequence[Entity]) -> tuple[Passage, ...]:
    """Make the passages of an article; passage ``n`` stands at ``n - 1``."""
    return tuple(_passage(article, p.number, p.text, entities) for p in article.paragraphs)


def _passage(article: Article, number: int, text: str, entities: Sequence[Entity]) -> Passage:
    named = [e for e in entities if any(m.paragraph == number for m in e.mentions)]
    speaking = [
        e for e in entities if e.type is not EntityType.SPEAKER and any(s.paragraph == number for s in e.statements)
    ]
    return Passage(
        article_id=article.id,
        number=number,
        text=text,
        names=tuple(sorted({name for e in (*named, *speaking) for name in (e.name, *e.aliases)})),
        speakers=tuple(e.name for e in speaking),
        unnamed_speakers=tuple(e.name for e in speaking if e not in named),
    )


def without_links(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Give some passages but for those that are links; all of them where nothing else is left."""
    return tuple(passage for passage in passages if not is_link_line(passage.text)) or passages


class Rarity:
    """How much a word tells: its inverse document frequency among passages (Robertson and Sparck Jones)."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._count = len(passages)
        self._with: Counter[str] = Counter()
        for passage in passages:
            self._with.update(passage.words)

    def of(self, stem: str) -> float:
        """Give the weight of a stem, at least a little above nothing."""
        n = self._with[stem]
        return math.log(1 + (self._count - n + 0.5) / (n + 0.5))

    def total(self, stems: Iterable[str]) -> float:
        """Give the weight of several stems together."""
        return sum(self.of(stem) for stem in stems)
