"""Scores who and what was found in articles, and who was found to have said what."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict

from models.entity import EntityType

TYPES: Final = (EntityType.PERSON, EntityType.ORG, EntityType.PLACE)
"""The types that are scored: a speaker without a name is no entity."""

SAME: Final = 0.5
"""Overlap of two stretches of text from which on they are the same statement."""

FEWEST_WORDS: Final = 4
"""Words of a statement that must be found: "yes" says little, and where a shorter one ends is arguable."""

_TITLE: Final = re.compile(r"^(?:the|president|mr\.?|mrs\.?|ms\.?|dr\.?|sen\.?|rep\.?)\s+")
_POSSESSIVE: Final = re.compile(r"['’]s$")
_MARKS: Final = re.compile(r"[^\w ]")


class GoldEntity(BaseModel):
    """An entity with the forms that it occurs in."""

    model_config = ConfigDict(frozen=True)

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()

    @property
    def forms(self) -> frozenset[str]:
        """What it is called, without titles, case and marks."""
        return frozenset(_plain(form) for form in (self.name, *self.aliases)) - {""}


class GoldEntities(BaseModel):
    """The entities of an article; ``article`` is the name of its file."""

    article: str
    entities: tuple[GoldEntity, ...]


class GoldStatement(BaseModel):
    """Something said in a paragraph. ``source`` is who says it, in the words of the text.

    Where ``content`` is in two parts, with "she said" between them, they are joined by an ellipsis. ``speaker`` is the
    name of the entity that is meant, where an annotator has told; else ``source`` may name it.
    """

    model_config = ConfigDict(frozen=True)

    paragraph: int
    source: str
    content: str
    speaker: str | None = None

    @property
    def must_be_found(self) -> bool:
        """Tell whether missing it is an error."""
        return bool(self.source) and len(_words(self.content)) >= FEWEST_WORDS


class GoldStatements(BaseModel):
    """The statements of an article; ``article`` is the name of its file."""

    article: str
    statements: tuple[GoldStatement, ...]


class FoundStatement(BaseModel):
    """A statement as ``newsreader entities --json`` prints it."""

    paragraph: int
    text: str


class FoundEntity(GoldEntity):
    """An entity as ``newsreader entities --json`` prints it."""

    statements: tuple[FoundStatement, ...] = ()


class Found(BaseModel):
    """What ``newsreader entities --json`` prints of an article."""

    article: str
    entities: tuple[FoundEntity, ...]


@dataclass
class Tally:
    """Counts of what was right, what was found and is wrong, and what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass
class EntityScore:
    """Tallies by type, and what went wrong, a line each."""

    by_type: dict[EntityType, Tally]
    problems: list[str]

    @property
    def all(self) -> Tally:
        """The tally over all types."""
        tallies = self.by_type.values()
        return Tally(*(sum(getattr(t, part) for t in tallies) for part in ("right", "wrong", "missed")))


def score_entities(golds: Iterable[GoldEntities], found: Mapping[str, Found]) -> EntityScore:
    """Score entities: one is right if it has the type of a gold entity and shares a form with it.

    Each gold entity counts once, so an entity that is split in two costs, and so do two that are taken for one.
    """
    score = EntityScore({kind: Tally() for kind in TYPES}, [])
    for gold in golds:
        here = found.get(gold.article)
        free: list[FoundEntity] = [e for e in here.entities if e.type in TYPES] if here else []
        for entity in sorted(gold.entities, key=lambda e: -len(e.aliases)):
            same = [e for e in free if e.type is entity.type and e.forms & entity.forms]
            if same:
                free.remove(max(same, key=lambda e: len(e.forms & entity.forms)))
                score.by_type[entity.type].right += 1
            else:
                score.by_type[entity.type].missed += 1
                score.problems.append(f"{gold.article}: missed {entity.type} {entity.name}")
        for extra in free:
            score.by_type[extra.type].wrong += 1
            score.problems.append(f"{gold.article}: wrong {extra.type} {extra.name}")
    return score


@dataclass
class Share:
    """How many of ``n`` are right."""

    right: int = 0
    n: int = 0

    @property
    def value(self) -> float:
        """The share, in [0, 1]."""
        return self.right / max(1, self.n)

    def count(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.n += 1


@dataclass
class StatementScore:
    """Shares of statements, and what went wrong, a line each.

    ``found``: gold statements that were found. ``precision``: statements found that are gold ones. ``speaker``: gold
    statements found, by a known entity, that were given to that one.
    """

    found: Share
    precision: Share
    speaker: Share
    problems: list[str]

    @property
    def shares(self) -> dict[str, Share]:
        """The shares by name."""
        return {"found": self.found, "precision": self.precision, "speaker": self.speaker}


def score_statements(
    golds: Iterable[GoldStatements], entities: Iterable[GoldEntities], found: Mapping[str, Found]
) -> StatementScore:
    """Score statements: one is found if a stretch of the same paragraph overlaps it by half of the words or more."""
    score = StatementScore(Share(), Share(), Share(), [])
    known = {gold.article: gold.entities for gold in entities}
    for gold in golds:
        here = found.get(gold.article)
        given = [(e, s) for e in here.entities for s in e.statements] if here else []
        for statement in filter(lambda s: s.must_be_found, gold.statements):
            where = f"{gold.article} [{statement.paragraph}] {statement.source}: {statement.content!r}"
            entity = _best(statement, given)
            score.found.count(entity is not None)
            if entity is None:
                score.problems.append(f"{where}: not found")
            elif meant := _meant(statement, known.get(gold.article, ())):
                right = any(entity.forms & speaker.forms for speaker in meant)
                score.speaker.count(right)
                if not right:
                    score.problems.append(f"{where}: given to {entity.name}")
        for _, said in given:
            score.precision.count(any(_same(said, statement) >= SAME for statement in gold.statements))
    return score


def _best(gold: GoldStatement, given: Sequence[tuple[FoundEntity, FoundStatement]]) -> FoundEntity | None:
    """Give the entity whose statement is most like a gold one, if any is the same."""
    likeness, entity = max(
        ((_same(said, gold), entity) for entity, said in given), key=lambda pair: pair[0], default=(0.0, None)
    )
    return entity if likeness >= SAME else None


def _meant(statement: GoldStatement, entities: Sequence[GoldEntity]) -> list[GoldEntity]:
    """Give the people and organisations that a statement may be given to; none where its source names none."""
    if statement.speaker is not None:
        return [e for e in entities if e.name == statement.speaker]
    return [
        e
        for e in entities
        if e.type in (EntityType.PERSON, EntityType.ORG)
        and any(re.search(rf"\b{re.escape(form)}\b", statement.source) for form in (e.name, *e.aliases))
    ]


def _same(said: FoundStatement, gold: GoldStatement) -> float:
    """Give the overlap of two statements: the F-measure of their words, 0 in different paragraphs."""
    if said.paragraph != gold.paragraph:
        return 0.0
    mine, theirs = Counter(_words(said.text)), Counter(_words(gold.content))
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def _plain(form: str) -> str:
    bare = _POSSESSIVE.sub("", form.strip().casefold())
    return _MARKS.sub("", _TITLE.sub("", bare))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
