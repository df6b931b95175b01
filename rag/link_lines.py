"""Lines among the paragraphs of an article that lead to another one: "More: Why the bridge was closed".

They hold the headline of a story that is told elsewhere, so nothing rests on them.
"""

import re
from typing import Final

from rag.question_type import SAYING

LABEL: Final = re.compile(
    r"(?:(?:read|see|hear|learn)\s+)?(?:more|also|next)(?:\s+(?:on|from|about)\s+.{1,40})?|also\s+read"
    r"|read\s+the\s+(?:full|whole)\s+story(?:\s+here)?|don['’]t\s+miss|related(?:\s+\w+)?",
    re.IGNORECASE,
)
"""What publishers put in front of a link in the midst of an article."""

LINE: Final = re.compile(r"\s*(?P<label>[^\W\d_][^:.!?]{1,60}):(?P<space>\s*)(?P<headline>[\"'“‘]?[^\W_].*)", re.DOTALL)

LONGEST_HEADLINE: Final = 200
"""Characters of what is linked to at the most: a paragraph behind a label is none."""

LONGEST_LABEL: Final = 6
"""Words of a label of any wording that a headline was joined to without a space, as two parts of a page are."""

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
    length, label = len(line["headline"].split()), line["label"].split()
    if LABEL.fullmatch(line["label"]):
        return length >= SHORTEST_HEADLINE
    joined = not line["space"] and line["headline"].lstrip("\"'“‘")[:1].isupper()
    says = label[-1].casefold() in SAYING or QUOTED.fullmatch(line["headline"])
    return joined and not says and len(label) <= LONGEST_LABEL and length >= SHORTEST_BEHIND_ANY_LABEL
