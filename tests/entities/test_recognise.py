from collections.abc import Callable

import pytest

from entities.recognise import Recogniser
from models.article import Article
from models.entity import Entity, EntityType

pytestmark = pytest.mark.real

Recognise = Callable[..., dict[str, Entity]]

PIER = (
    "President Owen Pell of Norway said on Monday that the old pier would be closed.",
    "Pell told the Harbour Safety Board (HSB) that repairs could not wait. The HSB agreed.",
    "The United States has offered help. Norwegian crews and U.S. engineers will start in June, US officials said.",
)


def test_people_organisations_and_places_each_once(recognise: Recognise) -> None:
    found = recognise(*PIER)
    kinds = {name: entity.type for name, entity in found.items() if entity.type is not EntityType.SPEAKER}
    assert kinds == {
        "Owen Pell": EntityType.PERSON,
        "Harbour Safety Board": EntityType.ORG,
        "Norway": EntityType.PLACE,
        "United States": EntityType.PLACE,
    }


def test_every_name_used_is_kept_with_its_places(recognise: Recognise) -> None:
    found = recognise(*PIER)
    assert found["Owen Pell"].aliases == ("Pell",)
    assert [(m.paragraph, m.text) for m in found["Owen Pell"].mentions] == [(1, "Owen Pell"), (2, "Pell")]
    assert found["Harbour Safety Board"].aliases == ("HSB",)
    assert set(found["United States"].aliases) == {"U.S.", "US"}


def test_a_title_is_a_role_and_no_part_of_the_name(recognise: Recognise) -> None:
    found = recognise(
        "Norwegian Fisheries Minister Marta Lindqvist met Ms. Ada Krol, the head of the port authority, on Friday."
    )
    assert found["Marta Lindqvist"].role == "Norwegian Fisheries Minister"
    assert found["Ada Krol"].role == "head of the port authority"


def test_a_demonym_is_no_mention_of_its_country(recognise: Recognise) -> None:
    found = recognise("Norwegian crews sailed for Norway.")
    assert [m.text for m in found["Norway"].mentions] == ["Norway"]
    assert found["Norway"].aliases == ("Norwegian",)


def test_one_person_has_one_type_whatever_single_mentions_look_like(recognise: Recognise) -> None:
    found = recognise(
        "Sergei Volkonin came to Oslo. Volkonin said the talks were useful.",
        "Volkonin expects a treaty. In Volkonin the town sees a friend.",
    )
    assert found["Sergei Volkonin"].type is EntityType.PERSON
    assert len(found["Sergei Volkonin"].mentions) == 4


def test_a_headline_in_title_case_makes_no_names_of_verbs(recognise: Recognise) -> None:
    found = recognise(
        "Marta Lindqvist has asked for new nets.", "Lindqvist spoke in Bergen.", headline="Lindqvist Wades In Over Nets"
    )
    assert [m.text for m in found["Marta Lindqvist"].mentions] == ["Lindqvist", "Marta Lindqvist", "Lindqvist"]
    assert "Lindqvist Wades" not in found


def test_a_shouted_dateline_is_a_place(recognise: Recognise) -> None:
    found = recognise("BERGEN, Norway (AP) — The pier was closed on Monday.", "People in Bergen were not surprised.")
    assert found["Bergen"].type is EntityType.PLACE
    assert len(found["Bergen"].mentions) == 2


def test_a_place_before_an_agency_is_a_place(recognise: Recognise) -> None:
    found = recognise("New York CNN Business —", "Thomson Reuters said so. Nobody in New York knew.")
    assert found["New York"].type is EntityType.PLACE
    assert found["Thomson Reuters"].type is EntityType.ORG


def test_the_most_important_come_first(recogniser: Recogniser) -> None:
    article = Article.build(
        "Pell closes pier", [*PIER, "Pell was cheered. A boat from Denmark came in."], origin="test"
    )
    assert recogniser.recognise(article)[0].name == "Owen Pell"


@pytest.mark.parametrize("text", ["", "…", "\u202e<b>[/bold]", "A" * 5000, "“" * 300, "Порт закрыт."])
def test_strange_text_is_no_trouble(recognise: Recognise, text: str) -> None:
    assert isinstance(recognise(text, headline=text), dict)


def test_a_paragraph_longer_than_any_article_is_read_as_far_as_it_can_be(recognise: Recognise) -> None:
    found = recognise("Owen Pell spoke in Oslo. " + "The nets were torn. " * 60_000)
    assert "Owen Pell" in found
