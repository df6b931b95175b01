"""Articles, entities and answers as plain text."""

from datetime import date

from models.answer import Answer, AnswerSentence, Citation, Timings
from models.article import Article, Heading
from models.entity import UNCLEAR, Entity, EntityType, Mention
from tui.plain_output import answer_text, article_text, entities_text

STORY = Article.build(
    "Ferry [bold]line[/] to close", ["It closes in May.", "[1] is not a link."], published=date(2024, 3, 1), origin="-"
)
OTHER = Article.build("Bridge to open", ["It opens in June."], origin="-")


def answer(*sentences: AnswerSentence, citations: tuple[Citation, ...]) -> Answer:
    text = " ".join(sentence.text for sentence in sentences)
    return Answer(
        text=text, sentences=sentences, citations=citations, abstained=False, model="m", timings=Timings(total_s=1)
    )


def cite(article: Article, paragraph: int) -> Citation:
    quote = article.text(paragraph)
    return Citation(article_id=article.id, paragraph=paragraph, quote=quote, start=0, end=len(quote))


def test_text_that_looks_like_markup_stays_as_it_is() -> None:
    assert article_text(STORY) == (
        "Ferry [bold]line[/] to close\n1 March 2024\n\n[1] It closes in May.\n[2] [1] is not a link."
    )


def test_author_and_headings_are_shown_without_a_number() -> None:
    article = STORY.model_copy(update={"byline": "By Ada Krol", "headings": (Heading(before=2, text="What next"),)})
    assert article_text(article).endswith(
        "\n1 March 2024 · By Ada Krol\n\n[1] It closes in May.\nWhat next\n[2] [1] is not a link."
    )


def test_statements_of_nobody_make_no_name() -> None:
    unclear = Entity(name=UNCLEAR, type=EntityType.SPEAKER)
    assert entities_text([unclear]) == ""


def test_notices_are_told() -> None:
    article = STORY.model_copy(update={"notices": ("12 bytes could not be decoded",)})
    assert "\nNote: 12 bytes could not be decoded\n" in article_text(article)


def test_entities_stand_by_type_with_role_and_count() -> None:
    mention = Mention(paragraph=1, start=0, end=2, text="It")
    found = [
        Entity(name="Oslo", type=EntityType.PLACE, mentions=(mention, mention)),
        Entity(name="Ida Holm", type=EntityType.PERSON, role="Mayor", mentions=(mention,)),
        Entity(name="Per Dahl", type=EntityType.PERSON),
    ]
    assert entities_text(found) == "People: Ida Holm, Mayor (1); Per Dahl (0)\nPlaces: Oslo (2)"


def test_every_type_of_entity_has_a_heading() -> None:
    for kind in EntityType:
        assert "Somebody" in entities_text([Entity(name="Somebody", type=kind)])


def test_markers_are_paragraph_numbers_in_one_article() -> None:
    one = AnswerSentence(text="It closes in May.", citations=(0, 1))
    two = AnswerSentence(text="[1] is not a link.", citations=(1,), verbatim=True)
    text = answer_text(answer(one, two, citations=(cite(STORY, 1), cite(STORY, 2))), {}, scope=STORY.id)
    assert text == (
        "It closes in May. [1] [2] “[1] is not a link.” [2]\n\n[1] “It closes in May.”\n[2] “[1] is not a link.”"
    )


def test_citations_from_the_library_name_their_articles() -> None:
    sentence = AnswerSentence(text="One closes, one opens.", citations=(0, 1))
    both = {article.id: article for article in (STORY, OTHER)}
    text = answer_text(answer(sentence, citations=(cite(STORY, 1), cite(OTHER, 1))), both, scope=None)
    assert "One closes, one opens. [1] [2]\n" in text
    assert "[1] Ferry [bold]line[/] to close (1 March 2024), paragraph 1: “It closes in May.”" in text
    assert "[2] Bridge to open, paragraph 1: “It opens in June.”" in text


def test_an_answer_without_citations_is_its_text() -> None:
    assert answer_text(answer(AnswerSentence(text="No."), citations=()), {}, scope=None) == "No."


def test_what_a_follow_up_was_understood_as_stands_above_its_answer() -> None:
    given = answer(AnswerSentence(text="In May."), citations=()).model_copy(update={"understood_as": "When\x1b?"})
    assert answer_text(given, {}, scope=None) == "Understood as: When�?\n\nIn May."


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    sentence = AnswerSentence(text="Stop\x1b[2J that\x9b31m.")
    assert not {"\x1b", "\x9b"} & set(answer_text(answer(sentence, citations=()), {}, scope=None))
