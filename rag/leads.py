"""The paragraphs in which news says what it is about: the first ones, but for what is no news."""

import re
from collections.abc import Collection
from typing import Final

from models.article import Article, Paragraph

LEAD: Final = 3
"""Paragraphs in which news says what it is about."""

LEAST_WORDS: Final = 4
"""Words of what tells something at the least: "Read more." does not."""

_ENDED: Final = re.compile(r"[.!?…][\"'”’)\]]*\Z")
"""How a paragraph of sentences ends; who wrote it, headings and links don't."""


def telling(article: Article, furniture: Collection[str]) -> list[Paragraph]:
    """Give the paragraphs of an article that tell something, in order; all of them where none does.

    ``furniture`` are texts that stand in whatever the site publishes.
    """
    found = [one for one in article.paragraphs if one.text not in furniture and _tells(one.text)]
    return found or list(article.paragraphs)


def _tells(text: str) -> bool:
    return _ENDED.search(text.rstrip()) is not None and len(text.split(maxsplit=LEAST_WORDS)) >= LEAST_WORDS
