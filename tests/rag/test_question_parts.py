"""Questions of several parts are taken apart into questions that stand on their own, and others are left alone."""

import pytest

from models.entity import Entity, EntityType
from rag.question_parts import parts_of

ODE = Entity(name="Mara Ode", type=EntityType.PERSON, aliases=("Ode",))
LIND = Entity(name="Anna Lind", type=EntityType.PERSON)
SANDERS = Entity(name="Sanders", type=EntityType.PERSON)
HEALTH = Entity(name="Department of Health and Human Services", type=EntityType.ORG)
SOAP = Entity(name="Procter & Gamble", type=EntityType.ORG)
ISLANDS = Entity(name="Trinidad and Tobago", type=EntityType.PLACE)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did it close, and who will pay?", ("When did it close?", "Who will pay?")),
        ("How big is the crack and by whom was it found?", ("How big is the crack?", "By whom was the crack found?")),
        ("Why did the union strike; and which ports shut?", ("Why did the union strike?", "Which ports shut?")),
        ("Where was the law passed, and can any port object?", ("Where was the law passed?", "Can any port object?")),
        (
            "Who closed the bridge and when was the rust found and what will the repairs cost?",
            ("Who closed the bridge?", "When was the rust found?", "What will the repairs cost?"),
        ),
        ("What did Ode and Lind each say?", ("What did Ode say?", "What did Lind say?")),
        ("What do Ode and the Oslo council want?", ("What does Ode want?", "What does the Oslo council want?")),
        (
            "How did the Scottish and the Welsh leader each take it?",
            ("How did the Scottish leader take it?", "How did the Welsh leader take it?"),
        ),
        (
            "What did Lind and the Oslo council both ask for?",
            ("What did Lind ask for?", "What did the Oslo council ask for?"),
        ),
        ("What have the Greens and Lind promised?", ("What have the Greens promised?", "What has Lind promised?")),
        ("What do Ode and Sanders want?", ("What does Ode want?", "What does Sanders want?")),
        ("Why did Ode resign and who replaced her?", ("Why did Ode resign?", "Who replaced Mara Ode?")),
        ("How did the fire start, and was Ode hurt?", ("How did the fire start?", "Was Ode hurt?")),
        ("How many came in March, and how many in July?", ("How many came in March?", "How many came in July?")),
        ("What does Ode blame, and what did Lind?", ("What does Ode blame?", "What did Lind blame?")),
        (
            "What does the mayor want to close, and what does the finder's son?",
            ("What does the mayor want to close?", "What does the finder's son want to close?"),
        ),
    ],
)
def test_each_part_is_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, (ODE, SANDERS)) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who closed the bridge?",
        "Who appointed Ode, and in what year?",
        "Who won and who lost?",
        "Who supports and who opposes the deal?",
        "Who scored first and who last?",
        "What's happened to the bridge and who's been fired?",
        "Which bill did the council pass and did Ode veto?",
        "Who closed the bridge, when was the rust found, and what will the repairs cost?",
        "Why did the storm, which hit Kiel, grow so fast, and when was the alarm raised?",
        "Why did the port, whose boss left, close, and who replaced him?",
        "Which port sent most boats and which has the fewest?",
        "Was the boat old and what boat was it?",
        "Is it clear when the war began and who started it?",
        "What did Ode say the firm will build, and when will it open?",
        "When did Tesla buy the firm, and what did it pay?",
        "Who blames Ode, and what does Lind?",
        "What has Ode promised, and what did Lind?",
        "What does the plan that Ode proposed say, and what does Lind?",
        "How many people in Gaza were killed, and how many in Ukraine?",
        "How many people in London died in 2020, and how many in Paris?",
        "How many jobs were cut in March by Tesla, and how many in July?",
        "How many died in London, and how many in 2020?",
        "What did former presidents Ode and Lind say?",
        "What did Procter and Gamble say?",
        "When did Ode and Lind announce their engagement?",
        "How many came, and how many in July?",
        "How much of the cake will it eat in May, and how much did it in April?",
        "How many came in March, and how many on Sundays?",
        "Why did the firm fold, and what does the mayor?",
        "What did Ode say about how the bank failed and who is to blame?",
        "Did Ode say who closed the bridge and who will pay?",
        "According to Ode, who closed the bridge and who will pay?",
        "In 2019, how many died and how many were hurt?",
        "How did Ode, who is 40 and who lives in Oslo, win?",
        "What kind of car and how many people were hit?",
        "What is the name of the bridge and how old is it?",
        "When did Ode meet Anna Lind, and why did she leave?",
        "How long is the bridge, and how long is each pier?",
        "What did the mayors of Oslo and Kiel say?",
        "What did the Scottish and Welsh leaders say?",
        "What did Marks and Spencer and Ode say?",
        "What did Hill and Hill say?",
        "What did Ode and Lind agree to say?",
        "What did Ode and Lind jointly demand?",
        "What did the US Department of Health and Human Services say?",
        "What did Ode and Lind each say and when?",
        "Which flag flies in Oslo, and which one in Kiel?",
        "Where and when was it found?",
        "Did the mayor say when and where it will reopen?",
        "Did Ode say when it closed and what it cost?",
        "What do voters think of the plan and of how it is paid for?",
        "Who founded the group and was the first to lead it?",
        "Which bridge was closed in May and is the oldest in the city?",
        "Who won the race and has the record for the most wins?",
        "Where did Berg sail, and what did she find?",
        "What did the union demand, and did they get it?",
        "What did the council say, and what became of this?",
        "What did the engineers and the divers find?",
        "What did Ode and Lind say to each other?",
        "When did Ode and Lind meet?",
        "How do Oslo and Kiel differ over it?",
        "What was Trinidad and Tobago's response?",
        "What do Trinidad and Tobago say?",
        "What happened after that: Ode said it was shut and who is to blame?",
        'Who said "and what will it cost"?',
        "Which boats sail on Sundays and holidays?",
        "",
    ],
)
def test_what_can_not_be_taken_apart_stays_whole(question: str) -> None:
    assert parts_of(question, (ISLANDS, HEALTH, SOAP, ODE, LIND)) == (question,)


def test_whom_a_pronoun_means_is_named() -> None:
    asked = "Why did Ode close the bridge, and what did she promise?"
    assert parts_of(asked, (ODE,)) == ("Why did Ode close the bridge?", "What did Mara Ode promise?")


def test_a_very_long_question_is_taken_apart_as_any_other() -> None:
    first = f"Who closed {'the old bridge, ' * 60}the ferry"
    assert parts_of(f"{first}, and when was it?", ()) == (f"{first}, and when was it?",)
    assert parts_of(f"{first}, and when was the storm?", ()) == (f"{first}?", "When was the storm?")
