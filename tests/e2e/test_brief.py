"""The brief of the sample articles, with the real models."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from library.reader import read_article
from library.store import Store
from models.settings import Settings

pytestmark = pytest.mark.real

SAMPLES = sorted((Path(__file__).parents[2] / "library" / "samples").glob("*.txt"))
NEWSREADER = Path(sys.executable).with_name("newsreader")
BRIEF_S = 500.0


def test_each_story_is_summed_up_cited_and_kept(real_settings: Settings) -> None:
    subprocess.run([NEWSREADER, "add", *SAMPLES], check=True, capture_output=True)
    done = subprocess.run(
        [NEWSREADER, "brief", "--since", "2020-01-01"], capture_output=True, text=True, timeout=BRIEF_S
    )
    assert done.returncode == 0, done.stderr
    articles = [read_article(path) for path in SAMPLES]
    assert all(article.headline in done.stdout for article in articles)  # of three events, none are one
    quotes = re.findall(r"^\[\d+\] .*?, paragraph \d+: [“‘](.+)[”’]$", done.stdout, re.MULTILINE)
    assert len(quotes) >= len(articles)
    text = "\n".join(paragraph.text for article in articles for paragraph in article.paragraphs)
    assert all(quote in text for quote in quotes), quotes

    with Store.open(real_settings.library_file) as store:
        [kept] = store.briefs.all()
    assert kept.complete
    assert all(story.summed_up for story in kept.stories)
