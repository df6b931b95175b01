"""What has come of a sync, in words."""

from collections.abc import Iterator, Sequence
from typing import Final

from library.feeds.sync import Outcome
from tui.counting import counted

MOST_NAMED: Final = 20
"""Files of a folder that are named where there is no article in them: it may be one of pictures."""


def left_out(outcome: Outcome) -> Iterator[str]:
    """Name the new files of a folder that hold no article."""
    yield from outcome.left_out[:MOST_NAMED]
    if (more := len(outcome.left_out) - MOST_NAMED) > 0:
        yield f"{counted(more, 'other file')} without an article."


def summary(outcomes: Sequence[Outcome]) -> str:
    """Say in a sentence how much is new, and whether something could not be fetched."""
    failed = sum(outcome.error is not None for outcome in outcomes)
    new = sum(outcome.new for outcome in outcomes)
    ending = f"; {failed} could not be fetched" if failed else ""
    return f"{counted(new, 'new article')} from {counted(len(outcomes), 'feed')}{ending}."
