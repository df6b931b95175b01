from collections.abc import Iterator
from pathlib import Path

import pytest

from library.reading_state import LONGEST_TAG
from library.store import Store
from models.article import Article
from models.feed import ReadingState

STORY = Article.build("Ferry", ["The ferry stops."], origin="a.txt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(STORY)
        yield opened


def test_marks_are_changed_one_by_one(store: Store) -> None:
    assert store.states.of(STORY.id) == ReadingState()
    store.states.mark([STORY.id], read=True)
    store.states.mark([STORY.id], starred=True, later=True)
    store.states.mark([STORY.id], read=False)
    assert store.states.of(STORY.id) == ReadingState(starred=True, later=True)


def test_tags_are_given_and_taken(store: Store) -> None:
    for tag in ("  sea\x1b[2J  ", "island", "sea", " ", "x" * 100):
        store.states.tag(STORY.id, tag)
    assert store.states.of(STORY.id).tags == ("island", "sea", "x" * LONGEST_TAG)
    assert store.states.tagged("sea") == [STORY.id]
    store.states.untag(STORY.id, "sea")
    assert store.states.tagged("sea") == []


def test_what_is_gone_is_passed_over(store: Store) -> None:
    store.states.tag("unknown", "sea")
    store.states.mark(["unknown", STORY.id], read=True)
    assert store.states.of("unknown") == ReadingState()
    assert store.states.of(STORY.id).read
    store.remove(STORY.id)
    assert store.states.of(STORY.id) == ReadingState()
