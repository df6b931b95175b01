"""All that the reader has highlighted, as a file for other programs and people: Markdown or JSON."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from models.article import Article, Paragraph
from tui.saving import as_markdown


class Highlighted(NamedTuple):
    """An article, and what is highlighted in it."""

    article: Article
    paragraphs: Sequence[Paragraph]


def as_markdown_file(found: Sequence[Highlighted]) -> str:
    """Give an article after the other, with its day, its address, and what is highlighted in it as quotations."""
    return "\n\n".join(["# Highlights", *(block for one in found for block in _blocks(one))]) + "\n"


def as_json_file(found: Sequence[Highlighted]) -> str:
    """Give a list with an object an article."""
    records = [
        {
            **one.article.model_dump(mode="json", include={"id", "headline", "published", "url"}),
            "highlights": [paragraph.model_dump(mode="json") for paragraph in one.paragraphs],
        }
        for one in found
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _blocks(one: Highlighted) -> list[str]:
    published = one.article.published.isoformat() if one.article.published else None
    source = " · ".join(as_markdown(part) for part in (published, one.article.url) if part)
    quotations = [f"> {as_markdown(paragraph.text)} [{paragraph.number}]" for paragraph in one.paragraphs]
    return [f"## {as_markdown(one.article.headline)}", *([source] if source else []), *quotations]
