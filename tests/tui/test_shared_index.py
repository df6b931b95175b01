"""While the index is on a server, the app says that vectors go there."""

import pytest

from models.index_settings import IndexSettings
from rag.leaving import leaving_as_vectors
from tests.tui.conftest import OpenApp, make_article, ready, seen


@pytest.mark.parametrize(
    ("url", "brief"),
    [
        ("https://chroma.example", "vectors go to chroma.example"),
        ("http://localhost:8000", "vectors go to localhost:8000"),
        ("http://chroma.example:8000", "vectors go UNENCRYPTED to chroma.example:8000"),
    ],
)
async def test_the_line_at_the_top_says_where_vectors_go(open_app: OpenApp, url: str, brief: str) -> None:
    async with open_app(make_article(), index=IndexSettings(url=url)).run_test(size=(120, 24)) as pilot:
        await ready(pilot)
        line = seen(pilot).splitlines()[0]
    assert brief in line
    assert "offline" not in line


def test_nothing_goes_anywhere_as_it_comes() -> None:
    assert leaving_as_vectors(IndexSettings()) is None
