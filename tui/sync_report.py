"""What has come of a sync, in words."""

from collections.abc import Sequence

from library.feeds.sync import Outcome
from tui.counting import counted


def summary(outcomes: Sequence[Outcome]) -> str:
    """Say in a sentence how much is new, and whether something could not be fetched."""
    failed = sum(outcome.error is not None for outcome in outcomes)
    new = sum(outcome.new for outcome in outcomes)
    ending = f"; {failed} could not be fetched" if failed else ""
    return f"{counted(new, 'new article')} from {counted(len(outcomes), 'feed')}{ending}."
