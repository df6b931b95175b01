"""An article, its entities and an answer as plain text: for pipes, logs, screen readers, and ``newsreader ask``."""

from collections.abc import Mapping, Sequence
from typing import Final

from models.answer import Answer, Citation, quoted
from models.article import Article, Heading
from models.entity import Entity, EntityType
from tui.foreign import shown
from tui.notices import notices_of

HEADINGS: Final = {
    EntityType.PERSON: "People",
    EntityType.ORG: "Organisations",
    EntityType.PLACE: "Places",
    EntityType.SPEAKER: "Others quoted",
}


def article_text(article: Article) -> str:
    """Headline, date, author and source, then one paragraph a line, each behind the number that citations show."""
    published = f"{article.published:%-d %B %Y}" if article.published else None
    source = " · ".join(part for part in (published, article.byline, article.url) if part)
    body = [part.text if isinstance(part, Heading) else f"[{part.number}] {part.text}" for part in article.body]
    return _shown_lines([article.headline, *([source] if source else []), *notices_of(article), "", *body])


def entities_text(entities: Sequence[Entity]) -> str:
    """One line a type: the entities, most important first, each with its role and how often it is named."""
    lines = []
    for kind, heading in HEADINGS.items():
        names = [_entity_text(entity) for entity in entities if entity.type is kind and not entity.unclear]
        if names:
            lines.append(f"{heading}: {'; '.join(names)}")
    return _shown_lines(lines)


def _entity_text(entity: Entity) -> str:
    role = f", {entity.role}" if entity.role else ""
    return f"{entity.name}{role} ({len(entity.mentions)})"


def answer_text(answer: Answer, articles: Mapping[str, Article], *, scope: str | None) -> str:
    """The answer with its markers, then each cited passage; before them, what a follow-up was understood as.

    A marker is the number of the paragraph where the question was about one article (``scope``); in an answer from
    the whole library it counts the citations, and the passages name their articles.
    """
    markers = [
        str(citation.paragraph) if scope is not None else str(count)
        for count, citation in enumerate(answer.citations, start=1)
    ]
    body = " ".join(
        _sentence_text(sentence.said, [markers[index] for index in sentence.citations]) for sentence in answer.sentences
    )
    passages = [
        _passage_text(marker, citation, None if scope is not None else articles.get(citation.article_id))
        for marker, citation in zip(markers, answer.citations, strict=True)
    ]
    meaning = [f"Understood as: {answer.understood_as}", ""] if answer.understood_as else []
    return _shown_lines([*meaning, body or answer.text, *([""] if passages else []), *dict.fromkeys(passages)])


def _sentence_text(said: str, markers: list[str]) -> str:
    return " ".join([said, *(f"[{marker}]" for marker in dict.fromkeys(markers))])


def _passage_text(marker: str, citation: Citation, article: Article | None) -> str:
    published = f" ({article.published:%-d %B %Y})" if article and article.published else ""
    source = f"{article.headline}{published}, paragraph {citation.paragraph}: " if article else ""
    return f"[{marker}] {source}{quoted(citation.quote)}"


def _shown_lines(lines: Sequence[str]) -> str:
    return "\n".join(map(shown, lines))
