"""The line in which a question is typed. It tells when there is something in it to get ready for."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from models.question import LONGEST_QUESTION
from tui.keys import IN_QUESTION, bindings
from tui.widgets.text_line import TextLine

SETTLED_S: Final = 0.2
"""How long nothing must be typed for the question to be taken as it stands; a space settles the words before it."""

LEAST_WORDS: Final = 2
"""Words of a question that say something of what it will be about."""


class QuestionLine(TextLine):
    """Takes a question."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_QUESTION)

    class ToAnswers(Message):
        """The reader goes up to the answers."""

    class Typed(Message):
        """The question has changed: what stood there was not all of it."""

    @dataclass
    class Settled(Message):
        """Words stand as they are: those before a space, or all where the reader has ``paused``."""

        words: str
        paused: bool

    class Emptied(Message):
        """Too little stands there to say what it will be about."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder, max_length=LONGEST_QUESTION, select_on_focus=False)
        self._settling: Timer | None = None

    def action_answers(self) -> None:
        """Go up to the answers."""
        self.post_message(self.ToAnswers())

    def take(self) -> str:
        """Give the question, and be empty without a word: what was got ready for it is still of use."""
        self._stop_settling()
        words = self.value.strip()
        with self.prevent(Input.Changed):
            self.value = ""
        return words

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self._stop_settling()
        self.post_message(self.Typed())
        words = event.value.strip()
        if len(words.split()) < LEAST_WORDS:
            self.post_message(self.Emptied())
            return
        if event.value.endswith(" "):
            self.post_message(self.Settled(f"{words} ", paused=False))
        self._settling = self.set_timer(SETTLED_S, lambda: self.post_message(self.Settled(words, paused=True)))

    def _stop_settling(self) -> None:
        if self._settling is not None:
            self._settling.stop()
