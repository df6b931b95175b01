from entities.link import Mentioned, is_initialism, link
from models.entity import EntityType

PERSON, ORG, PLACE = EntityType.PERSON, EntityType.ORG, EntityType.PLACE


def linked(kind: EntityType, *texts: str) -> list[list[str]]:
    """Link names that stand one to a paragraph, in this order; give what was brought together."""
    names = [Mentioned(number, 0, len(text), text, kind) for number, text in enumerate(texts, start=1)]
    return sorted([m.text for m in cluster.mentions] for cluster in link(names))


def test_a_surname_is_its_full_name() -> None:
    assert linked(PERSON, "Marta Lindqvist", "Lindqvist", "Lindqvist") == [
        ["Marta Lindqvist", "Lindqvist", "Lindqvist"]
    ]


def test_a_surname_that_comes_first_finds_its_full_name_too() -> None:
    assert linked(PERSON, "Lindqvist", "Marta Lindqvist") == [["Lindqvist", "Marta Lindqvist"]]


def test_a_middle_initial_makes_no_other_person() -> None:
    assert linked(PERSON, "Owen T. Pell", "Owen Pell", "Pell") == [["Owen T. Pell", "Owen Pell", "Pell"]]


def test_two_people_of_one_surname_stay_apart_and_the_last_named_has_it() -> None:
    assert linked(PERSON, "Ada Krol", "Krol", "Jan Krol", "Krol") == [["Ada Krol", "Krol"], ["Jan Krol", "Krol"]]


def test_a_first_name_alone_is_the_person() -> None:
    assert linked(PERSON, "Ines Duarte", "Ines") == [["Ines Duarte", "Ines"]]


def test_acronyms_find_their_expansion() -> None:
    assert linked(ORG, "Harbour Safety Board", "HSB") == [["Harbour Safety Board", "HSB"]]
    assert linked(ORG, "U.N.", "United Nations", "UN") == [["U.N.", "United Nations", "UN"]]
    assert linked(ORG, "Harbour Safety Board", "HSC") == [["HSC"], ["Harbour Safety Board"]]


def test_initials_skip_small_words() -> None:
    assert is_initialism("ucw", "union of canal workers")
    assert not is_initialism("u", "union of canal workers")
    assert not is_initialism("cwu", "union of canal workers")


def test_an_organisation_of_a_country_may_go_without_it() -> None:
    assert linked(ORG, "U.S. Coast Guard", "Coast Guard") == [["U.S. Coast Guard", "Coast Guard"]]


def test_a_chamber_is_not_its_committee() -> None:
    assert len(linked(ORG, "Senate", "Senate Fisheries Committee")) == 2


def test_all_names_of_a_country_are_one_place() -> None:
    assert linked(PLACE, "US", "United States", "U.S.", "America") == [["US", "United States", "U.S.", "America"]]
    assert linked(PLACE, "Burma", "Myanmar") == [["Burma", "Myanmar"]]
    assert len(linked(PLACE, "North Korea", "South Korea")) == 2


def test_states_are_known_by_their_abbreviations() -> None:
    assert linked(PLACE, "Ohio", "Ariz.", "Arizona") == [["Ariz.", "Arizona"], ["Ohio"]]
