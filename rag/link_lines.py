"""Lines among the paragraphs of an article that lead to another one: "More: Why the bridge was closed".

They hold the headline of a story that is told elsewhere, so nothing rests on them.
"""

import re
from typing import Final

from rag.question_type import SAYING

LABEL: Final = re.compile(
    r"(?:(?:read|see|hear|learn)\s+)?more(?:\s+(?:on|from|about)\s+.{1,40})?|(?:see|read)\s+(?:also|next)|also\s+read"
    r"|(?:up|read)\s+next|read\s+the\s+(?:full|whole)\s+story(?:\s+here)?|don['’]t\s+miss"
    r"|related(?:\s+(?:articles?|stor(?:y|ies)|coverage|content|news|links?|reading|topics?|videos?))?",
    re.IGNORECASE,
)
"""What publishers put in front of a link in the midst of an article."""

LINE: Final = re.compile(r"\s*(?P<label>[^\W\d_][^:.!?]{1,60}):(?P<space>\s*)(?P<headline>[\"'“‘]?[^\W_].*)", re.DOTALL)

LONGEST_HEADLINE: Final = 200
"""Characters of what is linked to at the most: a paragraph behind a label is none."""

LONGEST_LABEL: Final = 6
"""Words of a label of any wording that a headline was joined to without a space, as two parts of a page are."""

OF_A_FACT: Final = re.compile(
    r"correction|clarification|(?:editor['’]s\s+)?note|(?:\w+\s+)?cast|starring|director|ingredients"
    r"|address|location|venue|place|date|time"
    r"|when|where|who|what|why|how|verdict|winner|(?:final\s+)?score",
    re.IGNORECASE,
)
"""Labels of what the article itself tells."""

_ITEM: Final = r"[A-Z0-9][\w'’.&-]*(?:\s[A-Z0-9][\w'’.&-]*){0,2}"
LISTED: Final = re.compile(rf"{_ITEM}(?:,\s{_ITEM})+")
"""A list of names: of the cast, or of what an address is made of."""

OF_ONESELF: Final = re.compile(r"(?<![\"“‘'])\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
NAME: Final = re.compile(
    r"(?!(?:Opinion|Column|Essay|Review|Analysis|Watch|Listen|Live|Exclusive)\Z)[A-Z]\w+(?:\s[A-Z]\w+){0,2}"
)
"""Behind what may be a name, "I" and "we" are somebody's own words: "Mara Ode:We have lost it all"."""

SHORTEST_HEADLINE: Final = 4
SHORTEST_BEHIND_ANY_LABEL: Final = 5
"""Words of a headline: "Director:Yorgos Lanthimos" and "Final score:Leeds 2, Arsenal 1" are facts."""

SENTENCE_END: Final = re.compile(r"[.!…][\"'”’)\]]*\Z")
"""How a sentence ends. A headline does not, though it may ask."""

QUOTED: Final = re.compile(r"[\"“].*[\"”]", re.DOTALL)
"""What somebody says, and no headline."""


def is_link_line(text: str) -> bool:
    """Tell whether a paragraph is a link to another article."""
    line = LINE.fullmatch(text.rstrip())
    if line is None or len(line["headline"]) > LONGEST_HEADLINE or SENTENCE_END.search(line["headline"]):
        return False
    length = len(line["headline"].split())
    if LABEL.fullmatch(line["label"]):
        return length >= SHORTEST_HEADLINE
    joined = not line["space"] and not line["label"].endswith(" ") and line["headline"].lstrip("\"'“‘")[:1].isupper()
    return joined and length >= SHORTEST_BEHIND_ANY_LABEL and not _tells(line["label"], line["headline"])


def _tells(label: str, headline: str) -> bool:
    """Tell whether a label and what was joined to it are a fact, or somebody's words."""
    labels = label.split()
    says = labels[-1].casefold() in SAYING or (NAME.fullmatch(label) and OF_ONESELF.search(headline))
    facts = OF_A_FACT.fullmatch(label) or LISTED.fullmatch(headline) or QUOTED.fullmatch(headline)
    return bool(says or facts) or len(labels) > LONGEST_LABEL
