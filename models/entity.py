"""Who and what an article is about, and who said what."""

from enum import StrEnum
from typing import Final

from models.base import Frozen

UNCLEAR: Final = "unclear"
"""The name of the speaker of all statements of which the text does not tell who made them."""


class EntityType(StrEnum):
    """What kind of thing a name stands for."""

    PERSON = "PERSON"
    ORG = "ORG"
    PLACE = "PLACE"
    SPEAKER = "SPEAKER"
    """Somebody who is quoted without being named ("a campaign official"), or whose name is unclear."""


class Span(Frozen):
    """A stretch of an article: ``text`` is ``article.text(paragraph)[start:end]``, word for word."""

    paragraph: int
    start: int
    end: int
    text: str


class Mention(Span):
    """A place in the text where an entity is named."""


class Statement(Span):
    """What an entity said, directly or indirectly; ``cue`` is the verb that says so ("warned")."""

    cue: str


class Entity(Frozen):
    """A person, organisation or place, once, with every name it goes by in the article.

    ``role`` is how the article describes it ("Russian Foreign Minister"). Mentions and statements stand in the
    order of the text.
    """

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    role: str | None = None
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def unclear(self) -> bool:
        """Whether it is nobody, but holds what is said by whom the text does not tell."""
        return self.type is EntityType.SPEAKER and self.name == UNCLEAR
