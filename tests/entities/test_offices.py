"""Offices that are called after who heads them, as they stand in a text."""

import pytest

from entities.names import OFFICE


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ask the Kings County Sheriff's Office.", "Kings County Sheriff's Office"),
        ("The Tri-County Coroner's Office is shut.", "Tri-County Coroner's Office"),
        ("It was the U.S. Attorney General's Office that asked.", "U.S. Attorney General's Office"),
    ],
)
def test_an_office_is_found_with_the_place_it_is_of(text: str, office: str) -> None:
    found = OFFICE.search(text)
    assert found is not None
    assert found[0] == office
