"""Who and what an article is about: people, organisations and places, each once, and what each of them said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from entities.also_known import find_other_names
from entities.countries import country_of, key, place_of_demonym
from entities.descriptions import Described
from entities.given_names import is_given_name
from entities.kinds import form, kinds_of, titles_of_works
from entities.link import Cluster, Mentioned, link, plain
from entities.names import find_names
from entities.parsing import SHOUTED_LENGTH, ParsedArticle, Parser
from entities.roles import role_of
from entities.speakers import Speakers
from entities.speech import Saying, find_sayings
from models.article import HEADLINE, Article
from models.entity import UNCLEAR, Entity, EntityType, Mention, Statement

VERSION: Final = "10:en_core_web_md-3.7.1"
"""What makes entities; those kept under another version are made anew. Raise it with every change of the rules."""

HEADLINE_WEIGHT: Final = 3.0
LEAD_WEIGHT: Final = 1.5
LEAD: Final = 3
"""A mention in the headline, or in the first paragraphs, tells more of what a story is about than a later one."""


class Recogniser:
    """Recognises entities; loaded once."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    @classmethod
    def load(cls, model_dir: Path) -> Self:
        """Load from a folder of spaCy data (``en_core_web_md``)."""
        # Word lists are read at first use, which shall not be while somebody waits for an article.
        is_given_name("")
        place_of_demonym("")
        return cls(Parser.load(model_dir))

    def recognise(self, article: Article) -> tuple[Entity, ...]:
        """Give the entities of an article, most important first; then whoever speaks without being named."""
        parsed = self._parser.parse(article)
        clusters = _clusters(parsed)
        sayings = find_sayings(parsed)
        speakers = Speakers(parsed, clusters).resolve(sayings)
        said: dict[int, list[Saying]] = defaultdict(list)
        unnamed: list[Described] = []
        unclear: list[Saying] = []
        for saying, speaker in zip(sayings, speakers, strict=True):
            if speaker is None:
                unclear.append(saying)
                continue
            if isinstance(speaker, Described) and not speaker.speaks:
                if saying.quoted:
                    unclear.append(saying)
                continue
            said[id(speaker)].append(saying)
            if isinstance(speaker, Described) and speaker not in unnamed:
                unnamed.append(speaker)
        clusters.sort(key=lambda c: _importance(c, len(said[id(c)])), reverse=True)
        demonyms = _demonyms(parsed)
        entities = [_named(parsed, c, said[id(c)], demonyms) for c in clusters]
        entities += [_described(parsed, d, said[id(d)]) for d in unnamed]
        if unclear:
            entities.append(_unclear(parsed, unclear))
        return tuple(entities)


def _clusters(parsed: ParsedArticle) -> list[Cluster]:
    names = find_names(parsed)
    known = list(find_other_names(names))
    kinds = kinds_of(names, known, titles_of_works(parsed))
    return link(
        [Mentioned(n.paragraph, n.start, n.end, n.text, kinds[form(n.text)]) for n in names if form(n.text) in kinds],
        [(name.text, other.text) for name, other in known],
    )


def _importance(cluster: Cluster, statements: int) -> float:
    weights = {HEADLINE: HEADLINE_WEIGHT} | dict.fromkeys(range(1, LEAD + 1), LEAD_WEIGHT)
    return statements + sum(weights.get(m.paragraph, 1.0) for m in cluster.mentions)


def _demonyms(parsed: ParsedArticle) -> dict[str, list[str]]:
    """Give the words for the people and things of a place that the article uses, by the place."""
    found: dict[str, list[str]] = defaultdict(list)
    for doc in parsed.docs:
        for token in doc:
            place = place_of_demonym(token.text) if token.ent_type_ == "NORP" else None
            if place is not None and token.text not in found[place]:
                found[place].append(token.text)
    return found


def _named(
    parsed: ParsedArticle, cluster: Cluster, sayings: Sequence[Saying], demonyms: Mapping[str, Sequence[str]]
) -> Entity:
    """Make the entity; a demonym is a name by which one may look for a place, but no mention of it."""
    forms = cluster.forms
    places = {country_of(text) or key(text) for text in forms} if cluster.type is EntityType.PLACE else set()
    aliases = [
        *(m.text for m in cluster.mentions),
        *(word for place in sorted(places) for word in demonyms.get(place, ())),
    ]
    name = max(forms, key=lambda text: (not _shouted(text), len(plain(text)), forms[text]))
    return Entity(
        name=name.title() if _shouted(name) and cluster.type is EntityType.PLACE else name,
        type=cluster.type,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != name)),
        role=_role(parsed, cluster),
        mentions=tuple(Mention(paragraph=m.paragraph, start=m.start, end=m.end, text=m.text) for m in cluster.mentions),
        statements=_statements(parsed, sayings),
    )


def _shouted(name: str) -> bool:
    return name.isupper() and len(name) >= SHOUTED_LENGTH


def _role(parsed: ParsedArticle, cluster: Cluster) -> str | None:
    """Give the fullest role among those that stand around the mentions of a person."""
    if cluster.type is not EntityType.PERSON:
        return None
    spans = (parsed.docs[m.paragraph].char_span(m.start, m.end, alignment_mode="expand") for m in cluster.mentions)
    roles = [role for span in spans if span is not None and (role := role_of(span))]
    return max(roles, key=len, default=None)


def _described(parsed: ParsedArticle, who: Described, sayings: Sequence[Saying]) -> Entity:
    return Entity(
        name=who.text,
        type=EntityType.SPEAKER,
        mentions=tuple(
            Mention(paragraph=p, start=start, end=end, text=parsed.text(p, start, end)) for p, start, end in who.spans
        ),
        statements=_statements(parsed, sayings),
    )


def _unclear(parsed: ParsedArticle, sayings: Sequence[Saying]) -> Entity:
    words = [(s.paragraph, s.source.idx, s.source.idx + len(s.source)) for s in sayings if s.source is not None]
    mentions = [Mention(paragraph=p, start=a, end=b, text=parsed.text(p, a, b)) for p, a, b in dict.fromkeys(words)]
    return Entity(
        name=UNCLEAR,
        type=EntityType.SPEAKER,
        aliases=tuple(dict.fromkeys(m.text for m in mentions)),
        mentions=tuple(mentions),
        statements=_statements(parsed, sayings),
    )


def _statements(parsed: ParsedArticle, sayings: Sequence[Saying]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            paragraph=s.paragraph, start=s.start, end=s.end, text=parsed.text(s.paragraph, s.start, s.end), cue=s.cue
        )
        for s in sayings
    )
