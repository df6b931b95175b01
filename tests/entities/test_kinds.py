"""What names are taken for: people, companies, clubs, authorities, places, and what is none of them."""

from collections.abc import Callable

import pytest

from models.entity import Entity, EntityType

pytestmark = pytest.mark.real

Recognise = Callable[..., dict[str, Entity]]

PERSON, ORG, PLACE = EntityType.PERSON, EntityType.ORG, EntityType.PLACE


def kinds(found: dict[str, Entity]) -> dict[str, EntityType]:
    return {name: entity.type for name, entity in found.items() if entity.type is not EntityType.SPEAKER}


@pytest.mark.parametrize(
    ("paragraph", "name", "kind"),
    [
        ("Shares of Veldgren rose by a tenth on Monday, and those of its rivals fell.", "Veldgren", ORG),
        ("The project is backed by Norlinga, a company that builds cranes and quays.", "Norlinga", ORG),
        ("Homes were sold by the property developer Harbour Garden for years.", "Harbour Garden", ORG),
        ("Gas will come from OsloEnergy, which owns the terminal in Bergen.", "OsloEnergy", ORG),
        ("The Bergen-based rapper Tolvik sang at the opening of the new pier.", "Tolvik", PERSON),
        ("Critics of the Halloran administration were not invited to the pier.", "Halloran", PERSON),
        ("“The nets were torn,” said Radovan Hudák, who mends them.", "Radovan Hudák", PERSON),
        ("He met Andrés Manuel López Obrador in the harbour on Monday.", "Andrés Manuel López Obrador", PERSON),
        ("The Seattle Kraken beat the Cleveland Cavaliers at nothing in particular.", "Cleveland Cavaliers", ORG),
        ("The Utah Jazz won at home on Monday.", "Utah Jazz", ORG),
        ("A spokesman for McDonald's said that the harbour restaurant would close.", "McDonald's", ORG),
        ("It was seized by the Customs and Border Protection agency.", "Customs and Border Protection", ORG),
        (
            "He told the House Oversight and Accountability Committee so.",
            "House Oversight and Accountability Committee",
            ORG,
        ),
        ("Fish is sold by Norlinga (NLG) in Bergen.", "Norlinga", ORG),
        ("Inside Westholm Bridge, nobody spoke. Westholm Bridge was cold.", "Westholm Bridge", PLACE),
        ("The trawl was seen by Princes William and Harry in Bergen.", "William", PERSON),
        ("Fish and tackle is a show with Owen Pell from Harbour News.", "Owen Pell", PERSON),
        ("--Marta Krol", "Marta Krol", PERSON),
        ("The Kings County Sheriff's Office closed the road.", "Kings County Sheriff's Office", ORG),
        ("The report is by the Bergen Office for Latin America.", "Bergen Office for Latin America", ORG),
        ("The story was in the Kings County Register on Monday.", "Kings County Register", ORG),
        ("It was posted on Instagram on Monday by a fisherman.", "Instagram", ORG),
    ],
)
def test_what_a_name_stands_for_is_told_by_what_stands_around_it(
    recognise: Recognise, paragraph: str, name: str, kind: EntityType
) -> None:
    assert kinds(recognise(paragraph)).get(name) is kind


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (("The trawler Lindesnes sank off Bergen.", "Lindesnes had left on Monday. Nobody from Lindesnes died."), ""),
        (("HMS Halberd was seen off Bergen on Monday.",), "Halberd"),
        (("The spacecraft Boreas flew by Saturn.", "Boreas took a picture. NASA built Boreas."), "Boreas"),
        (("“Glass Harbour” is a film about Bergen.", "Glass Harbour was made for little money."), "Glass Harbour"),
        (("Bergen was quiet. Marta Krol/AFP/Getty Images",), "Marta Krol"),
        (("Mackerel is dear in Bergen. The price of mackerel, and of mackerel nets, rose.",), "Mackerel"),
        (("Bergen was cold. Marta Krol/Harbour Photos/Getty Images Fishermen mend nets.",), "Marta Krol"),
        (("The town was hit by Hurricane Ian.", "Ian left Oslo in the dark. Ian was a strong one."), "Ian"),
        (("Pell spoke at the State of the Union address in Oslo.",), "Union"),
        (("He was named the MVP, and the MVP left for Oslo.",), "MVP"),
        (("The Summit of the Harbours in Oslo ended on Monday.",), "Summit of the Harbours"),
        (("Homeland Security Secretary Owen Pell spoke in Oslo.",), "Homeland Security"),
    ],
)
def test_ships_films_credits_and_common_words_are_nobody(
    recognise: Recognise, paragraphs: tuple[str, ...], name: str
) -> None:
    found = kinds(recognise(*paragraphs))
    assert (name or "Lindesnes") not in {word for known in found for word in (known, known.rpartition(" ")[2])}
    assert found, "what else is named must still be found"


def test_a_club_is_one_with_and_without_its_city(recognise: Recognise) -> None:
    found = recognise("The Houston Rockets won on Monday.", "It was the third win of the Rockets in Houston.")
    assert found["Houston Rockets"].aliases == ("Rockets",)
    assert found["Houston"].type is PLACE


def test_a_company_is_one_with_and_without_its_group(recognise: Recognise) -> None:
    found = recognise("Veldgren Group runs the cafes.", "Veldgren had lost interest, said an owner of Veldgren.")
    assert kinds(found) == {"Veldgren Group": ORG}


@pytest.mark.parametrize(
    ("paragraph", "name", "other"),
    [
        ("The singer Oskar Halvik, better known as Tolvik, sang in Oslo. Tolvik left.", "Oskar Halvik", "Tolvik"),
        ("Norlinga (NLG) left Norway. NLG shares fell.", "Norlinga", "NLG"),
    ],
)
def test_what_somebody_is_also_called_is_no_other_entity(
    recognise: Recognise, paragraph: str, name: str, other: str
) -> None:
    found = recognise(paragraph)
    assert other in found[name].aliases
    assert other not in found


@pytest.mark.parametrize("name", ["Stability AI", "Cash App", "Bergen HR"])
def test_an_abbreviation_may_be_part_of_a_name(recognise: Recognise, name: str) -> None:
    found = kinds(recognise(f"The company {name} left Oslo on Monday.", "“AI and DNA are no companies,” it said."))
    assert found == {name: ORG, "Oslo": PLACE}


def test_a_state_is_one_with_its_abbreviation(recognise: Recognise) -> None:
    found = recognise("A ferry left Exeter, N.H. on Monday.", "It is the last ferry of New Hampshire.")
    assert found["New Hampshire"].aliases == ("N.H.",)


def test_planets_are_places_where_several_are_named(recognise: Recognise) -> None:
    found = recognise("Mercury, Venus and Mars were seen over Bergen.", "Mercury has no moons. Mercury is small.")
    assert found["Mercury"].type is PLACE


@pytest.mark.parametrize(
    ("paragraph", "name", "kind"),
    [
        ("The Cleveland Indians lost on Monday in Oslo.", "Cleveland Indians", ORG),
        ("The Orlando Sentinel wrote of it on Monday.", "Orlando Sentinel", ORG),
        ("Norgate is a chain of shops in Bergen. People queue at Norgate.", "Norgate", ORG),
        ("He sold nets to the Bergen-based Veldgren on Monday.", "Veldgren", ORG),
        ("They met at the Harbour Hilton hotel in Oslo.", "Harbour Hilton", PLACE),
        ("Tiger Woods, who plays golf, came to Bergen.", "Tiger Woods", PERSON),
        ("The Lakers beat the Celtics in Oslo.", "Lakers", ORG),
    ],
)
def test_a_name_is_what_is_said_of_it(recognise: Recognise, paragraph: str, name: str, kind: EntityType) -> None:
    assert kinds(recognise(paragraph)).get(name) is kind


def test_a_surname_that_is_a_country_is_a_person_who_speaks(recognise: Recognise) -> None:
    found = recognise("Rep. Jim Jordan came to Oslo.", "“No,” Jordan said when asked about it.")
    assert [m.text for m in found["Jim Jordan"].mentions] == ["Jim Jordan", "Jordan"]


def test_a_series_in_quotation_marks_is_nobody(recognise: Recognise) -> None:
    assert kinds(recognise("She was seen in 'Barrymore,' a series about Oslo.")) == {"Oslo": PLACE}


def test_a_role_keeps_its_number_and_is_no_title(recognise: Recognise) -> None:
    found = recognise(
        "The four-time champion Owen Pell came to Oslo.", "Maggie Krol (“The Lost Daughter”) spoke in Bergen on Monday."
    )
    assert found["Owen Pell"].role == "four-time champion"
    assert found["Maggie Krol"].role is None


def test_a_list_of_relatives_is_no_role(recognise: Recognise) -> None:
    assert recognise("He left Owen Pell, his mother, and Marta Krol in Bergen.")["Owen Pell"].role is None
