"""Suggested questions come from what the article holds."""

from models.article import Article
from models.entity import UNCLEAR, Entity, EntityType, Mention, Statement
from rag.suggestions import LONGEST_NAME, suggested

TEXTS = [
    "The bridge in the port of Galway was closed on Monday. The first crack was seen by the City Council.",
    "Ann Lee said the bridge was safe. Lee blamed the City Council for the first closure.",
    "Tom Ray said Galway had waited too long. He wept.",
]
STORY = Article.build("Galway closes first bridge", TEXTS, origin="bridge.txt")


def mention(article: Article, paragraph: int, words: str) -> Mention:
    start = article.text(paragraph).index(words)
    return Mention(paragraph=paragraph, start=start, end=start + len(words), text=words)


def statement(article: Article, paragraph: int, words: str) -> Statement:
    return Statement(**mention(article, paragraph, words).model_dump(), cue="said")


LEE = Entity(
    name="Ann Lee",
    type=EntityType.PERSON,
    mentions=(mention(STORY, 2, "Ann Lee"),),
    statements=(statement(STORY, 2, "the bridge was safe"), statement(STORY, 2, "blamed the City Council")),
)
RAY = Entity(
    name="Tom Ray",
    type=EntityType.PERSON,
    mentions=(mention(STORY, 3, "Tom Ray"),),
    statements=(statement(STORY, 3, "Galway had waited too long"),),
)
GALWAY = Entity(
    name="Galway", type=EntityType.PLACE, mentions=(mention(STORY, 0, "Galway"), mention(STORY, 3, "Galway"))
)
COUNCIL = Entity(name="City Council", type=EntityType.ORG, mentions=(mention(STORY, 2, "City Council"),))


def test_who_says_most_is_asked_about_what_they_speak_of() -> None:
    assert suggested(STORY, [GALWAY, RAY, LEE, COUNCIL]) == (
        "What did Ann Lee say about the bridge?",
        "What did Tom Ray say about Galway?",
    )


def test_nothing_is_asked_about_twice() -> None:
    questions = suggested(STORY, [LEE.model_copy(update={"statements": LEE.statements[:1]}), GALWAY])
    assert questions == ("What did Ann Lee say about the bridge?", "What does the article say about Galway?")


def test_a_name_has_the_article_that_the_text_gives_it() -> None:
    blamed = LEE.model_copy(update={"statements": LEE.statements[1:]})
    assert suggested(STORY, [blamed, COUNCIL])[0] == "What did Ann Lee say about the City Council?"


def test_who_speaks_of_nothing_in_particular_is_asked_what_they_said() -> None:
    wept = RAY.model_copy(update={"statements": (statement(STORY, 3, "He wept"),)})
    assert suggested(STORY, [wept])[0] == "What did Tom Ray say?"


def test_nobody_unknown_is_asked_about() -> None:
    unclear = LEE.model_copy(update={"name": UNCLEAR, "type": EntityType.SPEAKER})
    endless = LEE.model_copy(update={"name": "A" * LONGEST_NAME})
    assert suggested(STORY, [unclear, endless]) == ("What does the article say about the bridge?",)


def test_an_adjective_is_no_thing_and_a_country_has_no_article() -> None:
    article = Article.build(
        "Nuclear test in Norway",
        ["The nuclear test in Norway failed. In the Norway talks the test was named."],
        origin="-",
    )
    norway = Entity(name="Norway", type=EntityType.PLACE, mentions=(mention(article, 0, "Norway"),))
    assert suggested(article, [norway]) == (
        "What does the article say about the test?",
        "What does the article say about Norway?",
    )


def test_an_article_of_nothing_has_no_questions() -> None:
    assert suggested(Article.build("", ["Nothing happened."], origin="-"), []) == ()
