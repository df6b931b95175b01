"""Follow-ups are understood from the conversation; what stands on its own stays as it is."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.question_sets import OWN, QuestionSet
from models.answer import Answer, Citation, Timings
from models.entity import UNCLEAR, Entity, EntityType, Statement
from models.question import LONGEST_ANSWER, LONGEST_QUESTION, MOST_SOURCES, Turn
from rag.follow_up import understand
from rag.noun_phrases import plural

SAID = (Statement(paragraph=1, start=0, end=4, text="what", cue="said"),)


def entity(name: str, kind: EntityType, *aliases: str, role: str | None = None, speaks: bool = False) -> Entity:
    return Entity(name=name, type=kind, aliases=aliases, role=role, statements=SAID if speaks else ())


ENTITIES = (
    entity("Pavel Orlov", EntityType.PERSON, "Orlov", role="foreign minister", speaks=True),
    entity("James Reed", EntityType.PERSON, "Reed", role="German envoy", speaks=True),
    entity("Irena Nowak", EntityType.PERSON, "Nowak", role="mayor", speaks=True),
    entity("Bergen", EntityType.PLACE),
    entity("Oslo", EntityType.PLACE),
    entity("Dockers' Union", EntityType.ORG, "DU", speaks=True),
    entity("Port Authority", EntityType.ORG, "US"),
    entity(UNCLEAR, EntityType.SPEAKER, "it", "he"),
    entity("a campaign official", EntityType.SPEAKER, "he", speaks=True),
)

TALKS = Turn(
    question="What did Orlov say?",
    answer="Orlov said that the talks in Bergen were useful. He will come back.",
)
BRIDGE = Turn(
    question="Why was the bridge closed?",
    answer="The bridge was closed after inspectors found cracks in seven of the steel hangers.",
)
BUS = Turn(question="What did Nowak promise?", answer="Nowak promised a bus. Five dockers were hurt.")
DECLINED = Turn(question="Did Nowak resign?")


def understood(question: str, *earlier: Turn) -> str:
    return understand(question, earlier, ENTITIES)


@pytest.mark.parametrize(
    ("turn", "question", "meaning"),
    [
        (TALKS, "And what did Reed reply?", "What did Reed reply to Pavel Orlov?"),
        (BRIDGE, "But why did the board order that?", None),
        (BRIDGE, "So who found the cracks?", "Who found the cracks?"),
        (TALKS, "What about Reed?", "What did James Reed say?"),
        (TALKS, "and reed?", "What did James Reed say?"),
        (TALKS, "And the DU?", "What did the Dockers' Union say?"),
        (TALKS, "And in Oslo?", "What did Orlov say in Oslo?"),
        (Turn(question="What did Orlov say in Bergen?"), "And in Oslo?", "What did Orlov say in Oslo?"),
        (Turn(question="What did Orlov say in Bergen?"), "What about Oslo?", "What did Orlov say in Oslo?"),
        (Turn(question="How long is the detour for cars?"), "And for lorries?", "How long is the detour for lorries?"),
        (BRIDGE, "What about Reed?", "What about James Reed?"),
        (BUS, "And her deputy?", "What about Irena Nowak’s deputy?"),
    ],
)
def test_the_question_before_is_asked_of_something_else(turn: Turn, question: str, meaning: str | None) -> None:
    found = understood(question, turn)
    assert found == meaning if meaning else found.startswith("Why did the board order that")


@pytest.mark.parametrize(
    ("turn", "question", "meaning"),
    [
        (TALKS, "Did he meet Reed?", "Did Pavel Orlov meet Reed?"),
        (TALKS, "What did he say about his visit?", "What did Pavel Orlov say about his visit?"),
        (TALKS, "When was his visit?", "When was Pavel Orlov’s visit?"),
        (TALKS, "Who is he?", "Who is Pavel Orlov?"),
        (BUS, "What does her husband say?", "What does Irena Nowak’s husband say?"),
        (BUS, "Who supports her?", "Who supports Irena Nowak?"),
        (TALKS, "What happened there?", "What happened in Bergen?"),
        (TALKS, "Why did Reed go there?", "Why did Reed go to Bergen?"),
        (BRIDGE, "When was it built?", "When was the bridge built?"),
        (BRIDGE, "What is its length?", "What is the bridge’s length?"),
        (BRIDGE, "Which firm owns it?", "Which firm owns the bridge?"),
        (BRIDGE, "How many of them were replaced?", "How many of the steel hangers were replaced?"),
        (BUS, "How many of them were hurt?", "How many of the dockers were hurt?"),
        (Turn(question="What did the Port Authority buy?"), "Where is it?", "Where is the Port Authority?"),
        (Turn(question="What does the DU demand?"), "Why do they strike?", "Why do the Dockers' Union strike?"),
        (
            Turn(question="What did a campaign official say?"),
            "Why did he say it?",
            "Why did the campaign official say it?",
        ),
    ],
)
def test_pronouns_are_resolved(turn: Turn, question: str, meaning: str) -> None:
    assert understood(question, turn) == meaning


@pytest.mark.parametrize(
    ("turn", "question", "meaning"),
    [
        (TALKS, "When was that?", "When was it that the talks in Bergen were useful?"),
        (TALKS, "Why did he say so?", "Why did Pavel Orlov say that the talks in Bergen were useful?"),
        (TALKS, "Who said that?", "Who said that the talks in Bergen were useful?"),
        (TALKS, "How did Reed react to this?", "How did Reed react to this: the talks in Bergen were useful?"),
        (TALKS, "Is that true?", "Is that true: the talks in Bergen were useful?"),
        (TALKS, "Then what?", "What happened after that: the talks in Bergen were useful?"),
        (TALKS, "And what did he do then?", "What did Pavel Orlov do after that: the talks in Bergen were useful?"),
        (TALKS, "Why?", "Why is it that the talks in Bergen were useful?"),
        (BRIDGE, "When?", "When was the bridge closed?"),
        (DECLINED, "Why?", "Why did Nowak resign?"),
        (Turn(question="Who spoke?", answer="“The hull is thin.”"), "Why is that?", "Why is it that the hull is thin?"),
    ],
)
def test_what_was_answered_stands_for_that(turn: Turn, question: str, meaning: str) -> None:
    assert understood(question, turn) == meaning


@pytest.mark.parametrize(
    "question",
    [
        "When Orlov spoke, what did he say?",
        "When he spoke, what did Orlov say?",
        "What did the mayor say before he left?",
        "What did Brown say when he left?",
        "Who said he would resign?",
        "Who said that his party was sure of it?",
        "What did Nowak say about her visit?",
        "How many workers said they were hurt?",
        "Why did the board close the bridge after it cracked?",
        "Which company says it will pay?",
        "Is it true that the bridge is safe?",
        "How long will it take to repair the bridge?",
        "Is there a ferry?",
        "How many ships are there in Oslo?",
        "Who said that the bridge is safe?",
        "Is that bridge safe?",
        "After the vote, who said that?",
        "So far, how many were hurt?",
        "Did Orlov say so much?",
        "What did Orlov and Reed say?",
        "why was the bridge closed",
        "  Why  was the bridge closed?",
        "Orlov",
    ],
)
@pytest.mark.parametrize("turn", [TALKS, BRIDGE, BUS])
def test_a_question_that_stands_on_its_own_stays_as_it_is(question: str, turn: Turn) -> None:
    assert understood(question, turn) == question


@pytest.mark.parametrize("question", ["And what did Reed reply?", "When was that?", "What about Reed?", "Who is he?"])
def test_without_a_conversation_a_question_is_what_it_is(question: str) -> None:
    assert understood(question) == question


@pytest.mark.parametrize("question", ["When was that?", "Who said so?", "Then what?", "What did he say?"])
def test_what_the_conversation_does_not_tell_stays_open(question: str) -> None:
    assert understood(question, DECLINED) == question


def test_it_is_no_place_that_an_answer_names_in_passing() -> None:
    turn = Turn(question="What did Orlov say?", answer="Orlov said in Bergen that he was glad.")
    assert understand("Where did he build it?", [turn], ENTITIES) == "Where did Pavel Orlov build it?"


def test_the_last_turn_that_fits_is_meant() -> None:
    assert understood("What did he say?", TALKS, Turn(question="What did Reed say?"), BUS) == "What did James Reed say?"
    assert understood("What did she say?", BUS, TALKS) == "What did Irena Nowak say?"


def test_an_acronym_is_no_pronoun() -> None:
    assert understood("What about us?", TALKS) == "What about us?"


@pytest.mark.parametrize("question_set", OWN, ids=lambda question_set: question_set.questions.stem)
def test_no_question_of_our_own_sets_is_changed_by_another_one_before_it(question_set: QuestionSet) -> None:
    golds = question_set.load()
    for before, gold in product(golds, golds):
        turn = Turn(question=before.question, answer=before.answer[:LONGEST_ANSWER])
        assert before.article != gold.article or understood(gold.question, turn) == gold.question


@given(st.text(max_size=LONGEST_QUESTION), st.text(max_size=LONGEST_QUESTION), st.text(max_size=LONGEST_ANSWER))
def test_whatever_is_asked_it_stays_a_question_that_can_be_sent(question: str, before: str, answer: str) -> None:
    assert len(understood(question, Turn(question=before, answer=answer))) <= LONGEST_QUESTION


@given(st.lists(st.sampled_from("and so he she it that there what about why Orlov then of them ? , say".split())))
def test_words_that_point_back_in_any_order_do_no_harm(words: list[str]) -> None:
    assert understood(" ".join(words), TALKS).count("?") <= words.count("?") + 1


def test_a_turn_hands_on_what_was_understood_and_no_more_than_it_may() -> None:
    cited = tuple(Citation(article_id=f"a{n}", paragraph=1, quote="x", start=0, end=1) for n in range(20))
    answer = Answer(
        text="word " * 500, sentences=(), citations=cited, abstained=False, model="m", timings=Timings(total_s=1)
    )
    turn = Turn.of("When was that?", answer.model_copy(update={"understood_as": "When was the vote?"}))
    assert turn.question == "When was the vote?"
    assert len(turn.answer) == LONGEST_ANSWER
    assert turn.article_ids == tuple(f"a{n}" for n in range(MOST_SOURCES))
    assert Turn.of("Why?", answer.model_copy(update={"abstained": True})).answer == ""


def test_what_is_several_ends_before_a_verb_of_saying_in_any_form() -> None:
    assert plural("Which three critics argued?", counted=False) == "the three critics"
    assert plural("Which critic argued rules were broken?", counted=False) is None
