"""Questions."""

from typing import Annotated

from pydantic import StringConstraints

from models.base import Frozen

LONGEST_QUESTION = 1000
"""Characters of a question: more is a paste by mistake."""


class Question(Frozen):
    """What the reader asks. Its scope is the article of ``article_id``, or the whole library where that is None."""

    text: Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)]
    article_id: str | None = None
