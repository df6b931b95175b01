"""Questions of two parts are taken apart into questions that stand on their own, and others are left alone."""

import pytest

from models.entity import Entity, EntityType
from rag.question_parts import parts_of

ODE = Entity(name="Mara Ode", type=EntityType.PERSON, aliases=("Ode",))
ISLANDS = Entity(name="Trinidad and Tobago", type=EntityType.PLACE)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("When did it close, and who will pay?", ("When did it close?", "Who will pay?")),
        ("Where did Lind sail, and what did she find?", ("Where did Lind sail?", "What did she find?")),
        ("How big is the crack and by whom was it found?", ("How big is the crack?", "By whom was the crack found?")),
        ("How long was Lind out, and was she paid?", ("How long was Lind out?", "Was she paid?")),
        ("What did Ode and Lind each say?", ("What did Ode say?", "What did Lind say?")),
        ("How do Oslo and Kiel differ over it?", ("How does Oslo differ over it?", "How does Kiel differ over it?")),
        (
            "How did the Scottish and the Welsh leader each take it?",
            ("How did the Scottish leader take it?", "How did the Welsh leader take it?"),
        ),
    ],
)
def test_each_part_is_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, ()) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who closed the bridge?",
        "Who appointed her, and in what year?",
        "How many came in March, and how many in July?",
        "Where and when was it found?",
        "What did the engineers and the divers find?",
        "What does Trinidad and Tobago want?",
        "Which boats sail on Sundays and holidays?",
        "",
    ],
)
def test_what_can_not_be_taken_apart_stays_whole(question: str) -> None:
    assert parts_of(question, (ISLANDS,)) == (question,)


def test_whom_a_pronoun_means_is_named() -> None:
    asked = "Why did Ode close the bridge, and what did she promise?"
    assert parts_of(asked, (ODE,)) == ("Why did Ode close the bridge?", "What did Mara Ode promise?")
