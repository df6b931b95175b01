"""Questions of several parts are taken apart into questions that stand on their own, and others are left alone."""

import pytest

from models.entity import Entity, EntityType
from rag.question_parts import parts_of

ODE = Entity(name="Mara Ode", type=EntityType.PERSON, aliases=("Ode",))
ISLANDS = Entity(name="Trinidad and Tobago", type=EntityType.PLACE)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did it close, and who will pay?", ("When did it close?", "Who will pay?")),
        ("How big is the crack and by whom was it found?", ("How big is the crack?", "By whom was the crack found?")),
        ("Why did the union strike; and which ports shut?", ("Why did the union strike?", "Which ports shut?")),
        ("Where was the law passed, and can any port object?", ("Where was the law passed?", "Can any port object?")),
        (
            "Who closed the bridge, when was the rust found, and what will the repairs cost?",
            ("Who closed the bridge, when was the rust found?", "What will the repairs cost?"),
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
    ],
)
def test_each_part_is_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, ()) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who closed the bridge?",
        "Who appointed Ode, and in what year?",
        "How many came in March, and how many in July?",
        "Which flag flies in Oslo, and which one in Kiel?",
        "Where and when was it found?",
        "Did the mayor say when and where it will reopen?",
        "Did Ode say when it closed and what it cost?",
        "What do voters think of the plan and of how it is paid for?",
        "Who founded the group and was the first to lead it?",
        "Which bridge was closed in May and is the oldest in the city?",
        "Who won the race and has the record for the most wins?",
        "Where did Lind sail, and what did she find?",
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
    assert parts_of(question, (ISLANDS,)) == (question,)


def test_whom_a_pronoun_means_is_named() -> None:
    asked = "Why did Ode close the bridge, and what did she promise?"
    assert parts_of(asked, (ODE,)) == ("Why did Ode close the bridge?", "What did Mara Ode promise?")


def test_long_questions_are_taken_apart_at_once() -> None:
    assert parts_of("What did Ode and Lind " * 500, ()) != ()
