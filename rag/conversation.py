"""What a conversation has spoken of: whom a later "he" may mean, and what "that" was."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from entities.given_names import is_female
from entities.lexicon import FEMALE_TITLES, MALE_TITLES
from models.entity import UNCLEAR, Entity, EntityType
from models.question import Turn
from rag.question_type import SPEECH
from rag.sentences import split_sentences
from rag.words import FUNCTION_WORDS

LONGEST_SAID: Final = 200
"""Characters of an answer that stand for "that": a long sentence. More would drown the question itself."""

SHORTEST_SURNAME: Final = 3

QUOTED: Final = re.compile(r"“([^“”]+)”")

SAYS: Final = re.compile(r"[^,:;“”]{1,60}? (\w+) that (.+)", re.DOTALL)
"""A sentence of what somebody says: the verb, and what is said."""


class Named(NamedTuple):
    """An entity where a text names it."""

    entity: Entity
    start: int
    end: int
    name: str
    """Its full name, with an article where the text has one."""


class Names:
    """Finds the entities of an article in what was asked and answered about it, by any of their names."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_name: dict[str, Entity] = {}
        for entity in entities:
            for name in _names_of(entity):
                self._by_name.setdefault(name if _is_exact(name) else name.casefold(), entity)
        longest_first = sorted(self._by_name, key=len, reverse=True)
        names = "|".join(re.escape(n) if _is_exact(n) else f"(?i:{re.escape(n)})" for n in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)") if names else None

    def in_text(self, text: str) -> list[Named]:
        """Give the entities that a text names, in its order."""
        matches = self._pattern.finditer(text) if self._pattern else ()
        return [
            Named(entity, *match.span(), _with_article(entity, text[: match.start()]))
            for match in matches
            if (entity := self._of(match.group()))
        ]

    def called(self, name: str) -> Named | None:
        """Give the entity that goes by a name, which may have an article."""
        found = self.in_text(name)
        whole = found and name[: found[0].start].casefold() in ("", "the ") and found[0].end == len(name)
        return found[0] if whole else None

    def _of(self, name: str) -> Entity | None:
        return self._by_name.get(name) or self._by_name.get(name.casefold())


class Conversation:
    """Earlier questions and answers, as a follow-up sees them: the last first, of each the question before its answer.

    The reader's own question tells best what the conversation is about; its subject comes first in it.
    """

    def __init__(self, turns: Sequence[Turn], entities: Iterable[Entity]) -> None:
        self.turns = turns
        self.names = Names(entities)

    @property
    def last(self) -> Turn:
        """The turn before the follow-up."""
        return self.turns[-1]

    def spoken_of(self) -> Iterator[Named]:
        """Give the entities that it has spoken of, the most likely to be meant first."""
        for turn in reversed(self.turns):
            for text in (turn.question, turn.answer):
                yield from self.names.in_text(text)

    def said(self) -> str | None:
        """Give what was last answered, as a clause to stand behind "that"; None where nothing was."""
        sentences = split_sentences(self.last.answer)
        if not sentences:
            return None
        sentence = sentences[0].rstrip(".!? ")
        if quoted := QUOTED.fullmatch(sentences[0]):
            sentence = quoted[1].rstrip(".!? ")
        if (says := SAYS.fullmatch(sentence)) and says[1].casefold() in SPEECH:
            sentence = says[2]
        return cut(self._inside(sentence), LONGEST_SAID)

    def _inside(self, sentence: str) -> str:
        """Write the beginning of a sentence as it is written inside one: names keep their capital."""
        named = self.names.in_text(sentence)
        first = sentence.split(maxsplit=1)[0].casefold() if sentence else ""
        is_name = bool(named) and named[0].start == 0 and first != "the"
        return sentence if is_name or first not in FUNCTION_WORDS else sentence[:1].lower() + sentence[1:]


def is_person(entity: Entity) -> bool:
    """Tell whether an entity is somebody who is known."""
    return entity.type in (EntityType.PERSON, EntityType.SPEAKER) and entity.name != UNCLEAR


def is_woman(entity: Entity) -> bool | None:
    """Tell whether somebody is a woman, by their role or given name; None where these don't tell."""
    for word in re.findall(r"\w+", entity.role or "") + entity.name.split()[:-1]:
        if word.casefold() in FEMALE_TITLES or word.endswith("woman"):
            return True
        if word.casefold() in MALE_TITLES or (word.endswith("man") and word.islower() and word != "human"):
            return False
    return is_female(entity.name.split()[0]) if " " in entity.name else None


def cut(text: str, most: int) -> str:
    """Give the beginning of a text, whole words of it."""
    return text if len(text) <= most else text[:most].rsplit(maxsplit=1)[0]


def _with_article(entity: Entity, before: str) -> str:
    first, _, rest = entity.name.partition(" ")
    if first in ("a", "an"):
        return f"the {rest}"
    return f"the {entity.name}" if before.casefold().endswith("the ") and first != "the" else entity.name


def _names_of(entity: Entity) -> Iterator[str]:
    if entity.name == UNCLEAR:
        return
    yield entity.name
    yield from entity.aliases if entity.type is not EntityType.SPEAKER else ()  # else "he" may be among them
    *given, surname = entity.name.split()
    if entity.type is EntityType.PERSON and given and len(surname) >= SHORTEST_SURNAME:
        yield surname


def _is_exact(name: str) -> bool:
    """Tell whether a name is one only as it is written: "US" and "May" are words in another case."""
    return name.isupper() or name.casefold() in FUNCTION_WORDS
