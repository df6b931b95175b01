import pytest

from entities.countries import country_of, is_known_place, place_of_demonym


@pytest.mark.parametrize("name", ["US", "U.S.", "U.S.A.", "the United States", "America"])
def test_every_name_of_a_country_is_that_country(name: str) -> None:
    assert country_of(name) == "united states"


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Russian", "russia"),
        ("Germans", "germany"),
        ("Dutch", "netherlands"),
        ("Vietnamese", "vietnam"),
        ("Canadians", "canada"),
        ("European", "europe"),
    ],
)
def test_demonyms_lead_to_their_place(word: str, place: str) -> None:
    assert place_of_demonym(word) == place


@pytest.mark.parametrize("word", ["Lindqvist", "Philippines", "Netherlands", "Wales", "Lions", "Oman"])
def test_other_names_are_no_demonyms(word: str) -> None:
    assert place_of_demonym(word) is None


def test_states_and_regions_are_places() -> None:
    assert is_known_place("Ohio")
    assert is_known_place("Middle East")
    assert not is_known_place("Harbour Safety Board")
