"""The words that introduce what somebody says, thinks or wants, with the grammar in which each does so."""

import re
from typing import Final

CLAUSE_VERBS: Final = frozenset(
    """acknowledge add admit advise affirm allege announce answer argue assert assume assure believe bet blog
    boast brag caution claim comment complain concede conclude confess confirm contend continue counter
    cry declare decree deny disclose doubt emphasise emphasize estimate exclaim explain express fear feel
    forecast foresee forewarn guess hint hope imagine imply inform insinuate insist interject joke lament
    lecture maintain mention mutter muse note notify object observe opine pledge point predict proclaim
    promise protest quip read realise realize reason reassure recall reckon recommend reiterate rejoin
    remark remember remind repeat reply report respond retort reveal rule scoff say shout shrug signal
    speculate state stipulate stress suggest suspect swear swipe tell testify think threaten tweet
    underline underscore urge vow wager warn whisper wish wonder worry write yell indicate email find
    decide ask demand propose advocate post""".split()
)
"""Verbs followed by a clause or a quotation: "warned that ..."."""

INFINITIVE_VERBS: Final = frozenset(
    """agree ask call decline demand encourage offer order pledge promise propose refuse request swear
    tell threaten urge vow want warn instruct beg implore advise command hope recommend""".split()
)
"""Verbs followed by what is promised, asked or wanted: "urged him to ..."."""

OBJECT_VERBS: Final = frozenset(
    """accuse acknowledge admit announce applaud attack blame blast bemoan call castigate chide cite commend
    condemn confirm criticise criticize decry defend demand denounce deny deplore deride describe detail
    dismiss dispute downplay emphasise emphasize endorse express hail highlight lament laud mock oppose
    outline praise predict promise propose protest question reiterate reject repeat report request
    ridicule salute scorn slam stress suggest tout underscore urge welcome voice forecast fear""".split()
)
"""Verbs whose object is what is said, or what is said something of: "praised the efforts of ..."."""

PREPOSITIONS: Final = {
    "argue": "against for",
    "boast": "about of",
    "brag": "about",
    "call": "for",
    "caution": "against",
    "comment": "on",
    "complain": "about of",
    "hint": "at of",
    "insist": "on",
    "joke": "about",
    "lash": "at",
    "object": "to",
    "plead": "for",
    "push": "for",
    "press": "for",
    "rail": "about against",
    "rant": "about",
    "speak": "of about",
    "speculate": "about",
    "warn": "of about against",
    "worry": "about",
    "appeal": "for",
    "point": "to",
    "agree": "with",
    "disagree": "with",
    "talk": "about of",
}
"""Verbs that name what is said after a preposition: "warned of ..."."""

CUE_NOUNS: Final = frozenset(
    """accusation admission advice allegation announcement answer argument assertion assessment assurance belief
    bid call claim comment complaint concern conclusion confession contention conviction declaration
    demand denial estimate explanation expectation fear feeling forecast hope idea insistence intention
    invitation message notion objection observation offer opinion order plan plea pledge prediction
    promise proposal proposition reminder remark reply report request response rumor sign speculation
    statement story suggestion suspicion testimony theory threat tweet view vow warning wish worry""".split()
)
"""Nouns that do the same: "his warning that ..."."""

QUOTE_ONLY_VERBS: Final = frozenset(
    "begin chant continue go laugh sigh smile agree describe recount sing joke start wail scream conclude".split()
)
"""Verbs that introduce a quotation, though no clause."""

ACCORDING: Final = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|opinion) of)\s")

QUOTE_VERBS: Final = CLAUSE_VERBS | INFINITIVE_VERBS | OBJECT_VERBS | QUOTE_ONLY_VERBS | frozenset(PREPOSITIONS)
"""All verbs that introduce a quotation."""

LIGHT_VERBS: Final = frozenset("make give express voice issue repeat have raise offer deliver reiterate".split())
"""Verbs that leave it to their object to say what is done: "made a promise to ..."."""
