"""What was asked in a scope, and the answers: those of now, and those that were kept."""

from typing import Final

from textual import on
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message

from models.answer import Answer
from models.question import MOST_TURNS, Question, Turn
from tui.naming import source_name
from tui.shelf import Shelf
from tui.widgets.answer_view import AnswerView

MOST_RECALLED: Final = 30
"""Questions of before that are shown, the last: nobody goes up further, and a library gathers many."""


class Conversation(VerticalScroll, can_focus=False):
    """The questions of a scope with their answers, oldest first."""

    class Left(Message):
        """The reader goes down from the last answer."""

    def __init__(self, shelf: Shelf, *, id: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._shelf = shelf
        self._recalled: object | None = None
        """Stands for the recalling of what was asked in this scope, once that has begun."""

    @property
    def answers(self) -> list[AnswerView]:
        """The questions with their answers."""
        return list(self.query(AnswerView))

    @property
    def latest(self) -> AnswerView | None:
        """The last answer."""
        return answers[-1] if (answers := self.answers) else None

    @property
    def at_hand(self) -> AnswerView | None:
        """The answer that has the focus, else the last."""
        return next((view for view in self.answers if view.has_focus), self.latest)

    @property
    def summary(self) -> AnswerView | None:
        """What the article is summed up as, or is being summed up."""
        return next((view for view in reversed(self.answers) if view.is_summary and view.is_good), None)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered here, as far as a follow-up may go back."""
        return tuple(turn for view in self.answers if (turn := view.turn))[-MOST_TURNS:]

    def begin(self) -> None:
        """Clear away what was asked in another scope."""
        self._recalled = None
        self.remove_children()

    async def recall(self, scope: str | None) -> bool:
        """Show what was asked before about an article, or the library where None. Raises ``ShelfUnusable``.

        Tells whether there is anything that was not shown already.
        """
        if self._recalled is not None:
            return False
        self._recalled = mine = object()
        kept = (await self._shelf.answers(scope))[-MOST_RECALLED:]
        recalled = [AnswerView(question, answer, await self.sources(question, answer)) for question, answer in kept]
        there = [view.answer for view in self.answers]  # one asked in the meantime may be answered and kept by now
        views = [view for view in recalled if view.answer not in there]
        if not views or self._recalled is not mine:  # the reader has gone on to another scope meanwhile
            return False
        await self.mount_all(views, before=0 if self.answers else None)
        return True

    async def sources(self, question: Question, answer: Answer) -> dict[str, str]:
        """Name the articles that an answer cites beside the one asked about. Raises ``ShelfUnusable``."""
        others = dict.fromkeys(c.article_id for c in answer.citations if c.article_id != question.article_id)
        found = await self._shelf.articles(others) if others else {}
        return {article_id: source_name(article) for article_id, article in found.items()}

    async def have_one_summary(self, summary: AnswerView) -> None:
        """Take away what the article was summed up as before."""
        others = [view for view in self.answers if view.is_summary and view is not summary]
        if any(view.has_focus for view in others):
            summary.focus()
        for view in others:
            await view.remove()

    @on(AnswerView.Marked)
    def _marked(self, event: AnswerView.Marked) -> None:
        event.stop()
        if not event.view.pending:  # one that is written is followed
            self.anchor(False)
            self.call_after_refresh(self._bring_into_sight, event.view)

    def _bring_into_sight(self, view: AnswerView) -> None:
        """Show all of an answer where it fits, else what is marked in it."""
        region, rows = view.virtual_region, view.marked_rows
        if region.height > self.size.height:
            region = Region(0, region.y + rows.start, 1, len(rows))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    @on(AnswerView.Left)
    def _leave(self, event: AnswerView.Left) -> None:
        event.stop()
        answers = self.answers
        index = answers.index(event.view) + event.by
        if index >= len(answers):
            self.post_message(self.Left())
        elif index >= 0:
            answers[index].focus()
