"""Given names and whom they are given to, from the name lists of Faker."""

import importlib
from functools import cache
from typing import Final

LOCALES: Final = (
    "en",
    "en_GB",
    "en_IN",
    "de_DE",
    "es_ES",
    "fr_FR",
    "it_IT",
    "nl_NL",
    "pl_PL",
    "sv_SE",
    "tr_TR",
    "pt_BR",
    "cs_CZ",
    "sk_SK",
    "hr_HR",
    "hu_HU",
    "ro_RO",
    "fi_FI",
    "no_NO",
)
"""Languages written in Latin letters whose bearers are often in the news."""


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    female: set[str] = set()
    male: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        female.update(name.casefold() for name in provider.first_names_female)
        male.update(name.casefold() for name in provider.first_names_male)
    return frozenset(female), frozenset(male)


def is_given_name(word: str) -> bool:
    """Tell whether a word is known as a given name."""
    return any(word.casefold() in names for names in _lists())


def is_female(name: str) -> bool | None:
    """Tell whether a given name is a woman's; None where it is unknown or given to both."""
    female, male = (name.casefold() in names for names in _lists())
    return None if female == male else female
