"""Recognises clubs by their names: a city and what its players are called, the Cleveland Cavaliers."""

from typing import Final

from entities.countries import country_of, is_known_place, place_of_demonym
from entities.lexicon import GROUPS, NO_NAMES, ORG_WORDS, OTHER_WORDS, PLACE_WORDS, ROLE_NOUNS

CITIES: Final = frozenset(
    """anaheim|atlanta|baltimore|boston|brooklyn|buffalo|calgary|carolina|charlotte|chicago|cincinnati|cleveland|
    columbus|dallas|denver|detroit|edmonton|golden state|green bay|houston|indianapolis|jacksonville|kansas city|
    las vegas|los angeles|memphis|miami|milwaukee|montreal|nashville|new england|new orleans|new york|oakland|
    oklahoma city|orlando|ottawa|philadelphia|phoenix|pittsburgh|portland|sacramento|salt lake|san antonio|san diego|
    san francisco|san jose|seattle|st. louis|tampa bay|toronto|vancouver|washington|winnipeg|adelaide|brisbane|cardiff|
    johannesburg|leeds|leicester|manchester|melbourne|mumbai|perth|pretoria|sydney|wigan""".replace("\n    ", "").split(
        "|"
    )
)
"""Places, besides states and provinces, after which clubs with such names are called."""

SINGULAR_PLAYERS: Final = frozenset(
    """indians jazz magic thunder heat wild lightning avalanche kraken galaxy mercury storm fever liberty sky fire
    dynamo revolution crew""".split()
)
"""Those that do not look like it, since they are no plural or have another meaning: the Utah Jazz."""

NICKNAMES: Final = frozenset(
    """lakers celtics knicks clippers cavaliers warriors mavericks nuggets spurs grizzlies pelicans timberwolves raptors
    sixers 76ers blazers pistons yankees mets dodgers astros phillies padres brewers cubs orioles mariners marlins
    steelers packers patriots cowboys 49ers seahawks broncos ravens bengals colts texans buccaneers falcons vikings
    penguins bruins canucks oilers blackhawks wallabies springboks proteas gunners juventus arsenal""".split()
)
"""What clubs are called that are named without their city."""

_NO_PLAYERS: Final = GROUPS | NO_NAMES | ORG_WORDS | OTHER_WORDS | PLACE_WORDS | ROLE_NOUNS


def has_clubs(place: str) -> bool:
    """Tell whether clubs are called after a place: a city, a state, but no country."""
    return place.casefold() in CITIES or (is_known_place(place) and country_of(place) is None)


def are_players(word: str) -> bool:
    """Tell whether a word may be what the players of a club are called: capitalised, mostly in the plural."""
    lower = word.casefold()
    plural = lower.endswith("s") and not lower.endswith(("'s", "ss")) and len(lower) >= len("Mets")
    if lower in SINGULAR_PLAYERS:
        return word.istitle()
    return word.istitle() and plural and lower not in _NO_PLAYERS and place_of_demonym(word) is None


def is_club(name: str) -> bool:
    """Tell whether a name is that of a club."""
    place, _, players = name.rpartition(" ")
    return bool(place) and has_clubs(place) and are_players(players)
