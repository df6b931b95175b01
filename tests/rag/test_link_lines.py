"""Lines that lead to another article are no part of what this one says."""

import pytest

from rag.link_lines import is_link_line


@pytest.mark.parametrize(
    "text",
    [
        "More: Why the harbour bridge was closed",
        "READ MORE: Ferries to run all night",
        "Related:Mayor defends the closure",
        "Related stories: A night at the fish market",
        "See also: What is an anchorage block?",
        "Also read: the timetable of the ferry",
        "More from our archive: The bridge that was never built",
        "Watch:Divers inspect the piers of the bridge",
        "Read the full story: How the rust was found",
        "Don’t miss: A night at the fish market",
        "Opinion:Why I left the harbour for good",
        "BRIDGE LIVE UPDATES:Crowds gather at the quay",
        "The harbour crisis:‘Nobody listened’: how the rust was overlooked",
    ],
)
def test_a_label_and_the_headline_of_another_story_are_a_link(text: str) -> None:
    assert is_link_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "More: the bridge will stay closed until May.",
        "WINNER: Marta Lind, “The Long Pier”",
        "WHERE: Customs House, Saturday",
        "Director:Marta Lind",
        "Final score:Harbour 2, Dockers 1",
        "Lind said:“We have lost everything that we had”",
        "Ode said:We have lost everything that we had",
        "Ode:We have lost everything that we had",
        "Mara Ode:We have lost everything that we had",
        "Location:The old Customs House on the quay",
        "Cast:Emma Berg, Mark Lind, Willem Ode",
        "Full cast:Emma Berg, Mark Lind, Willem Ode",
        "CORRECTION:An earlier version misnamed the mayor of Oslo",
        "When:Saturday at 8 in the Customs House",
        "Next: Harbour play Dockers on Sunday",
        "Also: the ferry will not sail on Sunday",
        "Related work: three more bridges will be closed",
        "Live: Harbour television, from eight on",
        "More: 52% approve",
        "The vote: 12 for, 9 against",
        "Kick-off is at 8:30",
        "It opened in 1931: the mayor cut the ribbon.",
        "The ratio was 3:Two, by her count.",
        "https://example.org/more",
        "More",
        "More:",
        "",
        "More: " + "the bridge and the port and " * 20,
    ],
)
def test_lists_facts_and_sentences_are_none(text: str) -> None:
    assert not is_link_line(text)
