"""Places in an article that are lit up: what was found, where a name stands, what an answer cites."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, NamedTuple, Self

from models.answer import Citation
from models.article import HEADLINE, Article, Heading
from models.entity import Span
from tui.foreign import shown

MOST: Final = 10_000
"""Places that are found at the most: nobody walks more, and a single letter in a long text has far more."""


class Place(NamedTuple):
    """A stretch of a paragraph, or of a heading at it (see ``headings``)."""

    paragraph: int
    start: int
    end: int

    @classmethod
    def of(cls, span: Span | Citation) -> Self:
        """Give the place of something that stands in an article."""
        return cls(span.paragraph, span.start, span.end)

    @classmethod
    def whole(cls, article: Article, paragraph: int) -> Self:
        """Give the place of a whole paragraph."""
        return cls(paragraph, 0, len(article.text(paragraph)))


@dataclass(frozen=True)
class Trail:
    """Places to walk one after the other, in the order of the text.

    ``label`` says what they are, ``hue`` in which colour of the theme they are lit up; ``lit`` is False for places that
    can be told without that.
    """

    label: str
    places: tuple[Place, ...] = ()
    position: int = 0
    by_paragraph: dict[int, list[Place]] = field(default_factory=dict, compare=False)
    hue: int = 0
    lit: bool = True

    @classmethod
    def of(cls, label: str, places: Iterable[Place], hue: int = 0, *, lit: bool = True) -> Self:
        """Make a trail, sorted by place."""
        ordered = tuple(sorted(set(places)))
        index: defaultdict[int, list[Place]] = defaultdict(list)
        for place in ordered:
            index[place.paragraph].append(place)
        return cls(label, ordered, 0, dict(index), hue, lit)

    @property
    def current(self) -> Place | None:
        """The place where the reader is."""
        return self.places[self.position] if self.places else None

    def __str__(self) -> str:
        """Say where the reader is among the places."""
        if not self.places:
            return "not found"
        return f"{self.position + 1} of {'the first ' if len(self.places) == MOST else ''}{len(self.places):,}"

    def stepped(self, by: int) -> "Trail":
        """Give the trail some places further on, round the end."""
        return replace(self, position=(self.position + by) % len(self.places))

    def from_paragraph(self, paragraph: int) -> "Trail":
        """Give the trail at its first place in or after a paragraph, or at its start where none follows."""
        position = bisect_left(self.places, paragraph, key=lambda place: place.paragraph)
        return replace(self, position=position % max(len(self.places), 1))

    def at(self, place: Place) -> "Trail":
        """Give the trail at one of its places."""
        return replace(self, position=bisect_left(self.places, place))


NOWHERE = Trail("")


def headings(article: Article) -> Iterator[tuple[Heading, Place]]:
    """Give the headings and where they stand: having no number, in front of their paragraph, at offsets below 0.

    Those that no paragraph follows stand behind the end of the last one.
    """
    last = len(article.paragraphs)
    for before, following in groupby(article.headings, key=lambda heading: heading.before):
        group = list(following)
        paragraph = min(before, last)
        start = len(article.text(last)) + 1 if before > last else -sum(len(heading.text) + 1 for heading in group)
        for heading in group:
            end = start + len(heading.text)
            yield heading, Place(paragraph, start, end)
            start = end + 1


def find(article: Article, words: str) -> Trail:
    """Find words in headline, headings and paragraphs, whatever their case. A match is as long as the words."""
    if not words.strip():
        return NOWHERE
    places: list[Place] = []
    wanted = _folded(words)
    for paragraph, first, text in _texts(article):
        searched = _folded(text)
        start = searched.find(wanted)
        while start >= 0 and len(places) < MOST:
            places.append(Place(paragraph, first + start, first + start + len(wanted)))
            start = searched.find(wanted, start + len(wanted))
    return Trail.of(shown(words), places)


def _texts(article: Article) -> Iterator[tuple[int, int, str]]:
    """Give what can be found: the paragraph, the offset at which it begins, and the text."""
    for number in range(HEADLINE, len(article.paragraphs) + 1):
        yield number, 0, article.text(number)
    for heading, place in headings(article):
        yield place.paragraph, place.start, heading.text


def _folded(text: str) -> str:
    """Lower the case without changing the length: a few letters grow when lowered, those keep their case."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
