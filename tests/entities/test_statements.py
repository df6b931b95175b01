from collections.abc import Callable

import pytest

from models.entity import UNCLEAR, Entity

pytestmark = pytest.mark.real

Recognise = Callable[..., dict[str, Entity]]

LEAD = "Marta Lindqvist, the mayor of Bergen, visited the pier on Monday with Owen Pell, a fisherman."


def texts(entity: Entity) -> list[str]:
    return [statement.text for statement in entity.statements]


@pytest.mark.parametrize(
    ("paragraph", "text", "cue"),
    [
        ("“The pier is not safe,” Lindqvist said.", "“The pier is not safe,”", "said"),
        ('Lindqvist warned: "The pier will fall."', '"The pier will fall."', "warned"),
        ("‘The pier is not safe,’ said Lindqvist.", "‘The pier is not safe,’", "said"),
        ("Lindqvist said that the pier would close.", "that the pier would close", "said"),
        ("The pier will close in June, Lindqvist said.", "The pier will close in June", "said"),
        ("The pier will close in June, according to Lindqvist.", "The pier will close in June", "according to"),
        ("Lindqvist promised to build a new pier.", "to build a new pier", "promised"),
        ("Lindqvist praised the work of the harbour crews.", "the work of the harbour crews", "praised"),
        ("Lindqvist called for a new pier by summer.", "a new pier by summer", "called"),
        ("Nobody doubts Lindqvist's claim that the pier is rotten.", "that the pier is rotten", "claim"),
    ],
)
def test_what_is_said_in_every_manner(recognise: Recognise, paragraph: str, text: str, cue: str) -> None:
    (statement,) = recognise(LEAD, paragraph)["Marta Lindqvist"].statements
    assert (statement.paragraph, statement.text, statement.cue) == (2, text, cue)


def test_a_quotation_split_by_he_said_is_one_statement(recognise: Recognise) -> None:
    found = recognise(LEAD, "“The pier is rotten,” Pell said. “We have said so for years.”")
    assert texts(found["Owen Pell"]) == ["“The pier is rotten,” Pell said. “We have said so for years.”"]


def test_a_quotation_over_several_paragraphs_has_one_speaker(recognise: Recognise) -> None:
    found = recognise(LEAD, "Pell said: “The pier is rotten and old.", "“It must go before the winter storms.”")
    assert texts(found["Owen Pell"]) == [
        "“The pier is rotten and old.",
        "“It must go before the winter storms.”",
    ]


def test_pronouns_go_by_who_spoke_and_by_gender(recognise: Recognise) -> None:
    found = recognise(LEAD, "Pell said the nets were torn. She said that help would come, and he said it was late.")
    assert texts(found["Marta Lindqvist"]) == ["that help would come"]
    assert texts(found["Owen Pell"]) == ["the nets were torn", "it was late"]


def test_joined_cues_have_one_speaker(recognise: Recognise) -> None:
    found = recognise(LEAD, "Lindqvist said that the pier was old, and accused the owners of neglecting it.")
    assert texts(found["Marta Lindqvist"]) == ["that the pier was old", "the owners of neglecting it"]


def test_a_description_finds_whom_it_describes(recognise: Recognise) -> None:
    found = recognise(LEAD, "The mayor said that the pier would close.")
    assert texts(found["Marta Lindqvist"]) == ["that the pier would close"]


def test_whoever_is_not_named_is_kept_with_the_words_used(recognise: Recognise) -> None:
    found = recognise(LEAD, "A harbour official said that the cranes were rusty.")
    assert texts(found["A harbour official"]) == ["that the cranes were rusty"]


def test_an_organisation_speaks_through_its_spokesmen(recognise: Recognise) -> None:
    found = recognise(LEAD, "A spokesman for the Harbour Safety Board said that the cranes were rusty.")
    assert texts(found["Harbour Safety Board"]) == ["that the cranes were rusty"]


def test_who_speaks_for_an_organisation_goes_on_doing_so(recognise: Recognise) -> None:
    found = recognise("A spokesman for the Harbour Safety Board said the cranes were rusty. He said they would fall.")
    assert texts(found["Harbour Safety Board"]) == ["the cranes were rusty", "they would fall"]
    found = recognise(LEAD, "A spokesman for the Harbour Safety Board said they were rusty. She said they would fall.")
    assert texts(found["Harbour Safety Board"]) == ["they were rusty"]


def test_a_pronoun_without_anybody_is_unclear(recognise: Recognise) -> None:
    found = recognise("“We will not sail before the pier is repaired,” he said.", LEAD)
    assert texts(found[UNCLEAR]) == ["“We will not sail before the pier is repaired,”"]
    assert found["Owen Pell"].statements == ()


def test_paragraphs_out_of_order_make_no_guesses(recognise: Recognise) -> None:
    found = recognise(
        "Pell said the nets were torn.",
        "Lindqvist was on the pier.",
        "He said that the owners should pay for everything.",
        "Bergen Mayor Marta Lindqvist came on Monday.",
        "Fishermen's leader Owen Pell met her.",
    )
    assert texts(found["Owen Pell"]) == ["the nets were torn"]
    assert texts(found[UNCLEAR]) == ["that the owners should pay for everything"]


def test_a_quotation_goes_on_below_however_long_its_speaker_is_described(recognise: Recognise) -> None:
    told = "said Owen Pell, who has mended nets on this pier since his father did so, in a letter to all the owners."
    found = recognise(LEAD, f"“The pier is rotten,” {told}", "“It must go before the winter storms.”")
    assert texts(found["Owen Pell"])[-1] == "“It must go before the winter storms.”"


def test_words_quoted_in_a_description_do_not_hide_the_speaker(recognise: Recognise) -> None:
    found = recognise(
        LEAD, "“The pier must go before winter,” Owen Pell, a fisherman who is a “hard no” on repairs, told the paper."
    )
    assert texts(found["Owen Pell"]) == ["“The pier must go before winter,”"]


def test_an_organisation_speaks_also_where_its_kind_is_said(recognise: Recognise) -> None:
    found = recognise("The Harbour Safety Board organisation said that the cranes were rusty.")
    assert texts(found["Harbour Safety Board"]) == ["that the cranes were rusty"]


def test_the_company_is_the_one_that_is_called_so(recognise: Recognise) -> None:
    found = recognise(
        "The Swedish battery maker Voltara will leave Bergen, the company said. The Harbour Safety Board was told."
    )
    assert texts(found["Voltara"]) == ["The Swedish battery maker Voltara will leave Bergen"]


def test_marks_of_two_kinds_hold_one_quotation(recognise: Recognise) -> None:
    found = recognise(LEAD, "\"It's a rotten pier,” Pell said on Monday. “I have seen worse.”")
    assert texts(found["Owen Pell"]) == ["\"It's a rotten pier,” Pell said on Monday. “I have seen worse.”"]


def test_of_the_reader_nothing_is_reported(recognise: Recognise) -> None:
    assert UNCLEAR not in recognise(LEAD, "If you want to see the pier before it goes, you should come soon.")


def test_titles_in_quotation_marks_are_no_speech(recognise: Recognise) -> None:
    found = recognise(LEAD, "Pell told “Good Morning Harbour” that the nets were torn.")
    assert texts(found["Owen Pell"]) == ["that the nets were torn"]
