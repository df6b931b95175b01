"""Lines among the paragraphs of an article that lead to another one: "More: Why the bridge was closed".

They hold the headline of a story that is told elsewhere, so nothing rests on them.
"""

import re
from typing import Final

LABEL: Final = re.compile(
    r"(?:(?:read|see|hear)\s+)?(?:more|also)(?:\s+(?:on|from|about)\s+[^:]{1,40})?|also\s+read|related(?:\s+\w+)?"
    r"|watch|listen|opinion|analysis|explainer|gallery|photos?|video|podcast|live(?:\s+updates)?",
    re.IGNORECASE,
)
"""What publishers put in front of a link in the midst of an article."""

LINE: Final = re.compile(r"\s*(?P<label>[^\W\d_][^:.!?]{1,60}):(?P<space>\s*)(?P<headline>[\"'“‘]?[^\W_].*)", re.DOTALL)

LONGEST_HEADLINE: Final = 200
"""Characters of what is linked to at the most: a paragraph behind a label is none."""

JOINED_WORDS: Final = 6
"""Words of a label of any wording that a headline was joined to without a space, as two parts of a page are."""

SENTENCE_END: Final = re.compile(r"[.!…][\"'”’)\]]*\Z")
"""How a sentence ends. A headline does not, though it may ask."""


def is_link_line(text: str) -> bool:
    """Tell whether a paragraph is a link to another article."""
    line = LINE.fullmatch(text.rstrip())
    if line is None or len(line["headline"]) > LONGEST_HEADLINE or SENTENCE_END.search(line["headline"]):
        return False
    joined = not line["space"] and line["headline"].lstrip("\"'“‘")[:1].isupper()
    return LABEL.fullmatch(line["label"]) is not None or (joined and len(line["label"].split()) <= JOINED_WORDS)
