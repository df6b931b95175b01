"""Puts what was measured into the page that tells of it, so that no figure is copied by hand."""

import re
from pathlib import Path


def put(page: Path, name: str, text: str) -> None:
    """Put a text between the marks ``<!-- name -->`` and ``<!-- end -->`` of a page. Raises ``ValueError``."""
    marks = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    before = page.read_text(encoding="utf-8")
    if not marks.search(before):
        raise ValueError(f"{page} has no place for {name}")
    page.write_text(marks.sub(lambda found: f"{found[1]}{text}\n{found[2]}", before), encoding="utf-8")
