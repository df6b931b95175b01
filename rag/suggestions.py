"""Questions to begin with: made by rule from who says what in an article, so that it answers them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from models.article import HEADLINE, Article
from models.entity import Entity, EntityType
from rag.words import FUNCTION_WORDS

MOST: Final = 3
"""Suggestions: more would be a list to read."""

SPEAKERS: Final = 2
"""Of whom it is asked what they said; the rest is about the article's subject."""

LONGEST_NAME: Final = 50
"""Characters of a name that fits into a line with its question."""

NO_THINGS: Final = frozenset("first second third last latest next new old big biggest great whole early late".split())
"""Words behind "the" that are no things."""

KNOWN_THING: Final = re.compile(r"\b[Tt]he ([a-z][\w’'-]+)(?: (\w+))?")
"""A thing that the article takes for known, and the word behind it: "the nuclear test" is about no "nuclear"."""


def suggested(article: Article, entities: Sequence[Entity]) -> tuple[str, ...]:
    """Give some questions that an article answers; none where it holds nothing to make them from."""
    topics = _topics(article)
    questions: list[str] = []
    asked_about: list[str] = []
    speakers = [e for e in entities if e.statements and e.type is not EntityType.SPEAKER and len(e.name) < LONGEST_NAME]
    for speaker in sorted(speakers, key=lambda e: -len(e.statements))[:SPEAKERS]:
        about = [a for a in _spoken_of(speaker, article, entities, topics) if a not in asked_about][:1]
        questions.append(f"What did {_called(speaker, article)} say{f' about {about[0]}' if about else ''}?")
        asked_about += about
    subjects = [*topics, *(_called(e, article) for e in _in_headline(entities) if e not in speakers)]
    questions += [f"What does the article say about {subject}?" for subject in subjects if subject not in asked_about]
    return tuple(questions[:MOST])


def _topics(article: Article) -> list[str]:
    """Give the things of the headline that the article speaks of, those first of which it speaks most."""
    found = (pair for p in article.paragraphs for pair in KNOWN_THING.findall(p.text))
    known = Counter(word for word, behind in found if not behind or behind in FUNCTION_WORDS)
    words = dict.fromkeys(word.casefold() for word in re.findall(r"[\w’'-]+", article.headline))
    things = [word for word in words if known[word] and word not in FUNCTION_WORDS | NO_THINGS]
    return [f"the {word}" for word in sorted(things, key=lambda word: -known[word])]


def _spoken_of(speaker: Entity, article: Article, entities: Sequence[Entity], topics: Sequence[str]) -> Iterator[str]:
    """Give what somebody speaks of: first what the headline does, then who or what is named in their words."""
    said = " ".join(statement.text for statement in speaker.statements).casefold()
    yield from (topic for topic in topics if re.search(rf"\b{re.escape(topic.removeprefix('the '))}\b", said))
    for entity in entities:
        if entity == speaker or entity.type is EntityType.SPEAKER or len(entity.name) >= LONGEST_NAME:
            continue
        if any(
            s.paragraph == m.paragraph and s.start <= m.start and m.end <= s.end
            for s in speaker.statements
            for m in entity.mentions
        ):
            yield _called(entity, article)


def _in_headline(entities: Sequence[Entity]) -> Iterator[Entity]:
    named = (e for e in entities if e.type is not EntityType.SPEAKER and len(e.name) < LONGEST_NAME)
    return (e for e in named if any(m.paragraph == HEADLINE for m in e.mentions))


def _called(entity: Entity, article: Article) -> str:
    """Give a name with an article where the text has one."""
    text = "\n".join(paragraph.text for paragraph in article.paragraphs)
    name = rf"{re.escape(entity.name)}(?![\w-])"
    with_article = len(re.findall(rf"\b[Tt]he {name}", text)) * 2 > len(re.findall(rf"\b{name}", text))
    return f"the {entity.name}" if with_article else entity.name
