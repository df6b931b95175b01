"""Countries and their parts, from pycountry (ISO 3166), with the names, short forms and demonyms that news uses."""

import re
from functools import cache
from typing import Any, Final

import pycountry

SHORT_FORMS: Final = {
    "united states": "us|u.s|usa|u.s.a|america|united states of america|the states",
    "united kingdom": "uk|u.k|britain|great britain",
    "united arab emirates": "uae|u.a.e",
    "north korea": "dprk|democratic people's republic of korea|pyongyang's north",
    "south korea": "republic of korea|rok",
    "russia": "russian federation",
    "china": "people's republic of china|prc",
    "myanmar": "burma",
    "ivory coast": "côte d'ivoire|cote d'ivoire",
    "czech republic": "czechia",
    "turkey": "türkiye",
    "netherlands": "holland",
    "democratic republic of congo": "drc|congo-kinshasa|democratic republic of the congo|dr congo",
    "palestine": "state of palestine|palestinian territories",
    "east timor": "timor-leste",
    "cape verde": "cabo verde",
    "swaziland": "eswatini",
    "macedonia": "north macedonia",
    "vatican": "vatican city|holy see",
    "saudi arabia": "ksa",
    "bosnia": "bosnia and herzegovina|bosnia-herzegovina",
    "brunei": "brunei darussalam",
    "kosovo": "",
    "england": "",
    "scotland": "",
    "wales": "",
    "northern ireland": "",
    "soviet union": "ussr|u.s.s.r",
}
"""Names that news uses for countries, other than ISO's own; those that ISO lacks are here as well."""

STATE_ABBREVIATIONS: Final = dict(
    pair.split("=")
    for pair in """ala=alabama|ariz=arizona|ark=arkansas|calif=california|colo=colorado|conn=connecticut|del=delaware|
    fla=florida|ga=georgia|ill=illinois|ind=indiana|kan=kansas|ky=kentucky|la=louisiana|md=maryland|mass=massachusetts|
    mich=michigan|minn=minnesota|miss=mississippi|mo=missouri|mont=montana|neb=nebraska|nev=nevada|n.h=new hampshire|
    n.j=new jersey|n.m=new mexico|n.y=new york|n.c=north carolina|n.d=north dakota|okla=oklahoma|
    ore=oregon|pa=pennsylvania|r.i=rhode island|s.c=south carolina|s.d=south dakota|tenn=tennessee|tex=texas|vt=vermont|
    va=virginia|wash=washington|w.va=west virginia|wis=wisconsin|wyo=wyoming|d.c=washington|dc=washington|
    washington, d.c=washington""".replace("\n    ", "").split("|")
)
"""How news writes American states after the name of a town or a politician."""

CONTINENTS: Final = frozenset(
    """africa|asia|europe|antarctica|oceania|north america|south america|latin america|central america|middle east|
    eastern europe|western europe|southeast asia|central asia|caribbean|balkans|scandinavia|sub-saharan africa|
    east asia|south asia|asia-pacific|asia pacific|gaza|west bank|gaza strip|crimea|chechnya|tibet|siberia|kurdistan|
    donbas|catalonia|kashmir|atlantic|pacific|mediterranean|arctic|persian gulf|baltic states|horn of africa|
    new england|midwest|hong kong""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Continents and regions of the world that are no ISO country."""

IRREGULAR_DEMONYMS: Final = {
    "american": "united states", "british": "united kingdom", "briton": "united kingdom", "dutch": "netherlands",
    "french": "france", "german": "germany", "greek": "greece", "irish": "ireland", "welsh": "wales",
    "scottish": "scotland", "scot": "scotland", "english": "england", "spanish": "spain", "spaniard": "spain",
    "polish": "poland", "pole": "poland", "danish": "denmark", "dane": "denmark", "finnish": "finland",
    "swedish": "sweden", "swede": "sweden", "turkish": "turkey", "turk": "turkey", "swiss": "switzerland",
    "norwegian": "norway", "belgian": "belgium", "chinese": "china", "thai": "thailand", "filipino": "philippines",
    "philippine": "philippines", "burmese": "myanmar", "afghan": "afghanistan", "kazakh": "kazakhstan",
    "uzbek": "uzbekistan", "tajik": "tajikistan", "kyrgyz": "kyrgyzstan", "turkmen": "turkmenistan",
    "pakistani": "pakistan", "iraqi": "iraq", "israeli": "israel", "emirati": "united arab emirates",
    "saudi": "saudi arabia", "yemeni": "yemen", "omani": "oman", "kuwaiti": "kuwait", "qatari": "qatar",
    "bahraini": "bahrain", "north korean": "north korea", "south korean": "south korea", "peruvian": "peru",
    "argentine": "argentina", "argentinian": "argentina", "cypriot": "cyprus", "lao": "laos", "laotian": "laos",
    "portuguese": "portugal", "czech": "czech republic", "slovak": "slovakia", "slovene": "slovenia",
    "croat": "croatia", "croatian": "croatia", "serb": "serbia", "serbian": "serbia", "bosnian": "bosnia",
    "icelandic": "iceland", "maltese": "malta", "lebanese": "lebanon", "sudanese": "sudan", "senegalese": "senegal",
    "congolese": "democratic republic of congo", "european": "europe", "african": "africa", "asian": "asia",
    "palestinian": "palestine", "soviet": "soviet union", "new zealander": "new zealand", "ivorian": "ivory coast",
    "monegasque": "monaco", "hungarian": "hungary", "romanian": "romania", "ukrainian": "ukraine",
    "catalan": "catalonia", "tibetan": "tibet", "chechen": "chechnya", "crimean": "crimea", "kosovar": "kosovo",
    "texan": "texas", "californian": "california", "floridian": "florida", "londoner": "london",
    "new yorker": "new york", "parisian": "paris",
}  # fmt: skip
"""Words for the people of a place that can't be told from its name by their ending."""

DEMONYM_ENDINGS: Final = re.compile(r"(?:ans?|ians?|ese|ish|is?|ics?|ers?|s)$")


def key(name: str) -> str:
    """Give the form under which the name of a place is looked up."""
    return re.sub(r"\s+", " ", name.casefold().replace("’", "'").removeprefix("the ").strip()).rstrip(".")


@cache
def _canonical() -> dict[str, str]:
    """Every name of a country, with the one that all its names share."""
    names: dict[str, str] = {}
    for country in pycountry.countries:
        own = key(getattr(country, "common_name", country.name).split(",")[0])
        for field in ("name", "common_name", "official_name"):
            if hasattr(country, field):
                names[key(getattr(country, field))] = own
        if "," not in country.name:
            names[own] = own
    for shared, others in SHORT_FORMS.items():
        names |= dict.fromkeys((shared, *filter(None, others.split("|"))), shared)
    return names


def _parts(code: str) -> list[Any]:
    return list(pycountry.subdivisions.get(country_code=code))  # type: ignore[no-untyped-call]


@cache
def _subdivisions() -> frozenset[str]:
    """States and provinces of the countries whose news names them most."""
    return frozenset(
        key(part.name) for code in ("US", "CA", "AU", "GB") for part in _parts(code) if "," not in part.name
    )


def state_of(name: str) -> str | None:
    """Give the American state, in lower case, for which an abbreviation stands: "Ariz."."""
    return STATE_ABBREVIATIONS.get(key(name)) if name.rstrip().endswith(".") else None


def country_of(name: str) -> str | None:
    """Give the name that all names of a country share, in lower case: "U.S." is ``united states``."""
    return _canonical().get(key(name))


def is_known_place(name: str) -> bool:
    """Tell whether a name is that of a country, one of its states or provinces, or a region of the world."""
    return bool(country_of(name) or state_of(name)) or key(name) in _subdivisions() or key(name) in CONTINENTS


@cache
def place_of_demonym(word: str) -> str | None:
    """Give the country or continent, in lower case, whose people or things ``word`` means; None if it is no demonym."""
    lower = key(word)
    if is_known_place(lower):
        return None
    for form in (lower, lower.removesuffix("s")):
        if form in IRREGULAR_DEMONYMS:
            return IRREGULAR_DEMONYMS[form]
    stem = DEMONYM_ENDINGS.sub("", lower)
    if len(stem) < 3 or stem == lower:
        return None
    for name, shared in (_canonical() | {part: part for part in _subdivisions()}).items():
        if name.startswith(stem) and len(name) <= len(stem) + 3 and " " not in name:
            return shared
    return None
