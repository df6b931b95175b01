"""An article, what is known about it, and an answer."""

from datetime import date

from library.store import Store
from models.answer import Answer, AnswerSentence, Citation, Timings
from models.article import Article
from models.entity import Entity, EntityType, Mention

ANSWER = Answer(
    text="It is cracked.",
    sentences=(AnswerSentence(text="It is cracked.", citations=(0,)),),
    citations=(Citation(article_id="x", paragraph=1, quote="cracked", start=4, end=11),),
    abstained=False,
    model="scripted",
    timings=Timings(total_s=0.5),
)

ENTITIES = (
    Entity(
        name="Ann Lee",
        type=EntityType.PERSON,
        aliases=("Lee",),
        mentions=(Mention(paragraph=1, start=0, end=3, text="Lee"),),
    ),
)


def article(headline: str = "Bridge closed", *texts: str, published: date | None = None) -> Article:
    return Article.build(headline, list(texts or ["The bridge is cracked."]), published=published, origin="a.txt")


def kept(store: Store, headline: str, *entities: Entity, published: date | None = None, version: str = "v1") -> Article:
    story = article(headline, published=published)
    store.add(story)
    store.keep_entities(story.id, version, entities)
    return story


def person(name: str, *aliases: str, kind: EntityType = EntityType.PERSON) -> Entity:
    return Entity(name=name, type=kind, aliases=aliases)
