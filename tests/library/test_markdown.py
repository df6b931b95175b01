from datetime import date

import pytest

from library.markdown import parse_markdown
from models.article import Heading

BODY = """# The *bridge* is [closed](https://example.org/x)

The first paragraph
is wrapped, **bold** and `code`.

## A section

- one point
- another &#27;[31mpoint

> “No,” she said.

| Year | Cracks |
|------|-------:|
| 2020 | 4      |

<script>evil()</script>
<p hidden>secret</p>

Last words <span style="display:none">secret</span>with ![a picture](x.png) in them.
"""
PARAGRAPHS = [
    "The first paragraph is wrapped, bold and code.",
    "one point",
    "another \ufffd[31mpoint",
    "“No,” she said.",
    "Year | Cracks",
    "2020 | 4",
    "Last words with in them.",
]


def test_markdown_is_read_as_it_is_shown() -> None:
    parsed = parse_markdown(BODY)

    assert parsed.headline == "The bridge is closed"
    assert parsed.paragraphs == PARAGRAPHS
    assert parsed.headings == (Heading(before=2, text="A section"),)
    assert (parsed.published, parsed.url, parsed.byline) == (None, None, None)


def test_front_matter_gives_headline_date_and_address() -> None:
    front = "---\ntitle: 'Front: a title'\ntags: [a, b]\ndate: 2026-09-14T10:00:00Z\nurl: https://example.org/x\n"
    front += "author: Ada Krol\n---\n"

    parsed = parse_markdown(front + BODY)

    assert parsed.headline == "Front: a title"
    assert parsed.paragraphs == PARAGRAPHS
    assert [heading.text for heading in parsed.headings] == ["The bridge is closed", "A section"]
    assert parsed.byline == "Ada Krol"
    assert parsed.published == date(2026, 9, 14)
    assert parsed.url == "https://example.org/x"


@pytest.mark.parametrize(
    ("front", "headline"),
    [("title: The bridge is closed\ndate: soon", "The bridge is closed"), ("subtitle: no", "The bridge is closed")],
)
def test_front_matter_that_says_little(front: str, headline: str) -> None:
    parsed = parse_markdown(f"---\n{front}\n---\n{BODY}")

    assert parsed.headline == headline
    assert parsed.paragraphs == PARAGRAPHS
    assert parsed.published is None


def test_a_rule_is_no_front_matter() -> None:
    assert parse_markdown("---\n\n# A\n\nOne.\n\n---\n\nTwo.").paragraphs == ["One.", "Two."]


def test_who_wrote_it_and_when_stand_below_the_headline() -> None:
    parsed = parse_markdown("# A bridge\n\n*By Ada Krol* | 20 Nov 2026\n\n## Why\n\nOne.\n\n## Notes\n")

    assert (parsed.byline, parsed.published, parsed.paragraphs) == ("By Ada Krol", date(2026, 11, 20), ["One."])
    assert parsed.headings == (Heading(before=1, text="Why"), Heading(before=2, text="Notes"))


def test_without_a_heading_the_first_paragraph_stands_above() -> None:
    parsed = parse_markdown("One.\n\nTwo.")

    assert (parsed.headline, parsed.paragraphs) == ("One.", ["Two."])
