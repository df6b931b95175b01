from importlib import resources
from pathlib import Path

import pytest

from library.reader import read_article

SAMPLES = sorted(Path(str(resources.files("library"))).glob("samples/*.txt"))


def test_there_are_samples() -> None:
    assert [path.name for path in SAMPLES] == ["harbour-bridge.txt", "mackerel-talks.txt", "weather-satellite.txt"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_a_whole_article(path: Path) -> None:
    article = read_article(path)

    assert article.published is not None
    assert article.url is not None
    assert article.url.startswith("https://example.org/")
    assert 14 <= len(article.paragraphs) <= 22
    assert not article.notices
