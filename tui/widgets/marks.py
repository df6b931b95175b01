"""Places in an article that are lit up: what was found, where a name stands, what an answer cites."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, Self

from models.answer import Citation
from models.article import HEADLINE, Article
from models.entity import Span
from tui.foreign import shown

MOST: Final = 10_000
"""Places that are found at the most: nobody walks more, and a single letter in a long text has far more."""


class Place(NamedTuple):
    """A stretch of a paragraph."""

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
        position = bisect_left(self.places, (paragraph, 0, 0))
        return replace(self, position=position % max(len(self.places), 1))

    def at(self, place: Place) -> "Trail":
        """Give the trail at one of its places."""
        return replace(self, position=bisect_left(self.places, place))


NOWHERE = Trail("")


def find(article: Article, words: str) -> Trail:
    """Find words in headline and paragraphs, whatever their case. The length of a match is that of the words."""
    if not words.strip():
        return NOWHERE
    places: list[Place] = []
    wanted = _folded(words)
    for number in range(HEADLINE, len(article.paragraphs) + 1):
        text = _folded(article.text(number))
        start = text.find(wanted)
        while start >= 0 and len(places) < MOST:
            places.append(Place(number, start, start + len(wanted)))
            start = text.find(wanted, start + len(wanted))
    return Trail.of(shown(words), places)


def _folded(text: str) -> str:
    """Lower the case without changing the length: a few letters grow when lowered, those keep their case."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
