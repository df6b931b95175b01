"""One question of the reader with its answer: waiting, being written, checked, declined, failed or stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from models.answer import Answer, AnswerSentence, Citation, quoted
from models.question import Question, Task, Turn
from rag.messages import SentencesSettled, Step
from tui.foreign import shown
from tui.keys import IN_ANSWER, bindings
from tui.widgets.standing import Standing

SPINNER: Final = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
SPINS_PER_SECOND: Final = 8

UNKNOWN_WIDTH: Final = 80
"""Columns to draw for before the first layout."""

INDENT: Final = "  "

GONE: Final = "An article that your library does not hold any more"
"""Stands in the place of the name of an article that was cited and has been removed since."""

CHOSEN: Final = "▶"
"""Stands before the citation that is marked."""

BAR: Final = "▏"
"""Stands before an answer that is not checked yet, so that it is told apart without colour."""


class State(StrEnum):
    """How far an answer is."""

    WAITING = auto()
    WRITING = auto()
    ANSWERED = auto()
    ABSTAINED = auto()
    FAILED = auto()
    STOPPED = auto()


class AnswerView(Widget, can_focus=True):
    """Shows a question and what becomes of it. Its citations are walked with the arrows and chosen with Enter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_ANSWER)

    ALLOW_SELECT: ClassVar[bool] = True

    state = reactive(State.WAITING, layout=True)
    current: reactive[int] = reactive(0)
    """Which citation is marked: an index into ``answer.citations``."""

    @dataclass
    class CitationChosen(Message):
        """The reader wants to see the words that a citation stands for."""

        citation: Citation

    @dataclass
    class Left(Message):
        """The reader goes to the answer above or below."""

        view: "AnswerView"
        by: int

    @dataclass
    class Marked(Message):
        """The reader has come to the answer, or to another citation of it: that should be in sight."""

        view: "AnswerView"

    @dataclass
    class WantedAgain(Message):
        """The reader wants to have answered after all what was stopped or has failed."""

        view: "AnswerView"

    def __init__(self, asked: Question, answer: Answer | None = None, sources: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.asked = asked
        self.answer = answer
        self._sources_by_id = sources or {}
        self._text = ""
        self._so_far: SentencesSettled | None = None
        self._standing = Standing()
        self._message = ""
        self._step: Step | None = None
        self._fraction: float | None = None
        self._elapsed = 0.0
        if answer is not None:
            self.set_reactive(AnswerView.state, _state_of(answer))

    # --- what happens to it ---

    @property
    def question(self) -> str:
        """What was asked, in the reader's own words."""
        return self.asked.text

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self.state in (State.WAITING, State.WRITING)

    @property
    def is_good(self) -> bool:
        """Whether there is an answer, or may still be one."""
        return self.pending or self.answer is not None

    def work_on(self, step: Step, fraction: float | None) -> None:
        """Say what is being done."""
        self._step, self._fraction = step, fraction
        self.refresh(layout=True)

    def write(self, text: str) -> None:
        """Add to the provisional answer."""
        self._text += text
        self.state = State.WRITING
        self.refresh(layout=True)

    def settle_so_far(self, settled: SentencesSettled) -> None:
        """Put the sentences that have passed in the place of what was written of them; the rest stays provisional."""
        self._standing.passed(settled.sentences)
        self._so_far = settled
        self.refresh(layout=True)

    def begin_anew(self) -> None:
        """Forget what was written and has passed: it is written anew."""
        self._text, self._so_far, self._step, self._fraction = "", None, None, None
        self._standing = Standing()
        self.set_reactive(AnswerView.current, 0)
        self.state = State.WAITING
        self.refresh(layout=True)

    def tick(self, elapsed: float) -> None:
        """Say how long the reader has been waiting."""
        self._elapsed = elapsed
        self.refresh()

    @property
    def turn(self) -> Turn | None:
        """What it adds to the conversation."""
        return Turn.of(self.question, self.answer) if self.answer and not self.is_summary else None

    @property
    def is_summary(self) -> bool:
        """Whether it says what the whole article says."""
        return self.asked.task is Task.SUMMARY

    def settle(self, answer: Answer, sources: Mapping[str, str]) -> None:
        """Put the checked answer in the place of the provisional one; ``sources`` name other articles that it cites."""
        self.answer = answer
        self.set_reactive(AnswerView.current, min(self.current, max(len(answer.citations) - 1, 0)))
        self._sources_by_id = sources
        self.state = _state_of(answer)

    def fail(self, message: str) -> None:
        """Say why there is no answer."""
        self._message = message
        self.state = State.FAILED

    def stop(self, why: str) -> None:
        """Keep what there was when it was stopped, and say why it was."""
        self._message = why
        self.state = State.STOPPED

    def watch_state(self, state: State) -> None:
        """Let the style sheet know."""
        self.set_classes(f"-{state}")

    # --- citations ---

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the answer rests on; while it is being written, what has passed of it does."""
        checked = self.answer or self._so_far
        return checked.citations if checked else ()

    def mark(self, index: int) -> Citation:
        """Mark a citation, counting round the end, and give it."""
        self.current = index % len(self.citations)
        return self.citations[self.current]

    def action_next_citation(self) -> None:
        """Mark the next citation; after the last, leave for what comes after the answer."""
        if self.current + 1 < len(self.citations):
            self.current += 1
        else:
            self.screen.focus_next()

    def action_previous_citation(self) -> None:
        """Mark the citation before; before the first, leave for what comes before the answer."""
        if self.current > 0:
            self.current -= 1
        else:
            self.screen.focus_previous()

    def action_jump(self) -> None:
        """Show the marked citation in the article."""
        self._choose(self.current)

    def action_leave(self, direction: str) -> None:
        """Go to a neighbouring answer."""
        self.post_message(self.Left(self, -1 if direction == "up" else 1))

    def action_ask_again(self) -> None:
        """Ask once more."""
        self.post_message(self.WantedAgain(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of citations only where there are some, and to ask again what has no answer."""
        match action:
            case "jump":
                return bool(self.citations)
            case "ask_again":
                return self.state in (State.STOPPED, State.FAILED)
            case _:
                return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Go to the citation under the pointer."""
        index = event.style.meta.get("citation")
        if isinstance(index, int):
            self._choose(index)

    def _choose(self, index: int) -> None:
        if self.citations:
            self.post_message(self.CitationChosen(self.mark(index)))

    # --- drawing ---

    def render(self) -> Content:
        """Draw question and answer."""
        question = self._hanging(Content.styled("› ", "$accent bold"), Content.styled(shown(self.question), "bold"))
        return Content("\n").join([question, *self._meaning(), *self._body()])

    def as_text(self) -> str:
        """Give question and answer as plain text, to be copied."""
        lines = [self.question, *(line.plain.strip() for line in self._meaning()), ""]
        if self.answer:
            lines.append(self._sentences().plain)
            lines += [
                f"[{self._label(index)}] {self._origin(citation)}{quoted(citation.quote)}"
                for index, citation in enumerate(self.citations)
            ]
        return "\n".join(shown(line) for line in lines)

    def _meaning(self) -> list[Content]:
        """Say what a follow-up was understood as."""
        if self.answer is None or self.answer.understood_as is None:
            return []
        return [
            self._hanging(Content("  "), Content.styled(f"understood as: {shown(self.answer.understood_as)}", "$muted"))
        ]

    def _body(self) -> list[Content]:
        match self.state:
            case State.WAITING:
                return [self._progress()]
            case State.WRITING:
                return [*self._draft(), self._progress()]
            case State.STOPPED:
                unchecked = f" What stands behind {BAR} is not checked." if self._unchecked() else ""
                return [*self._draft(), Content.styled(f"■ {self._message}{unchecked}", "$muted")]
            case State.FAILED:
                return [self._hanging(Content.styled("✗ ", "$error bold"), Content(shown(self._message)))]
            case State.ABSTAINED:
                return [*self._abstention(), *self._change()]
            case State.ANSWERED:
                answer = self._hanging(Content(INDENT), self._sentences())
                return [answer, *self._sources(), *self._change()]

    def _draft(self) -> list[Content]:
        """Show what has passed, and behind it what is written but not checked yet."""
        lines = [self._hanging(Content(INDENT), self._sentences())] if self._so_far and self._so_far.sentences else []
        if rest := self._unchecked():
            bar = Content.styled(f"{BAR} ", "$muted")
            lines.append(self._hanging(bar, Content.styled(shown(rest), "$muted italic")))
        return lines

    def _unchecked(self) -> str:
        """Give what is written but has not passed."""
        return self._text[self._so_far.written if self._so_far else 0 :].strip()

    def _change(self) -> list[Content]:
        """Say what became of what had passed, where it stands there no longer."""
        became = self._standing.became(self.answer) if self.answer else None
        return [Content.styled(f"{INDENT}{became}", "$muted italic")] if became else []

    def _progress(self) -> Content:
        spin = SPINNER[int(self._elapsed * SPINS_PER_SECOND) % len(SPINNER)]
        step = (self._step or "starting").capitalize()
        share = f" {self._fraction:.0%}" if self._fraction is not None else ""
        return Content.assemble((f"{spin} ", "$accent"), (f"{step}{share} · {self._elapsed:.1f} s", "$muted"))

    def _abstention(self) -> list[Content]:
        assert self.answer is not None  # noqa: S101 -- the state says so
        own = " ".join(sentence.text for sentence in self.answer.sentences if not sentence.verbatim)
        said = Content.styled(shown(own or self.answer.text), "italic")  # the article's words stand below
        lines = [self._hanging(Content.styled("∅ ", "$accent bold"), said)]
        if self.citations:
            lines += [Content.styled("The nearest thing it says:", "$muted"), *self._sources()]
        return lines

    def _sentences(self) -> Content:
        checked = self.answer or self._so_far
        return Content(" ").join(self._sentence(sentence) for sentence in (checked.sentences if checked else ()))

    def _sentence(self, sentence: AnswerSentence) -> Content:
        text = shown(sentence.said)
        parts = [Content.styled(text, "italic") if sentence.verbatim else Content(text)]
        parts += [self._marker(index) for index in sentence.citations if index < len(self.citations)]
        return Content(" ").join(parts)

    def _marker(self, index: int) -> Content:
        style = "reverse bold" if self.has_focus and index == self.current else "bold"
        label = f"[{self._label(index)}]"
        return Content.styled(label, f"$accent {style}").stylize(Style.from_meta({"citation": index}))

    def _sources(self) -> list[Content]:
        lines: list[Content] = []
        article_id = self.asked.article_id
        for index, citation in enumerate(self.citations):
            if citation.article_id != article_id:
                article_id = citation.article_id
                lines.append(self._heading(index, article_id))
            lines.append(self._source(index, citation))
        return lines

    def _heading(self, index: int, article_id: str) -> Content:
        """Name the article that the citations below are from."""
        name = Content.styled(shown(self._sources_by_id.get(article_id, GONE)), "$muted")
        name = name.truncate(max(self._width - len(INDENT), 1), ellipsis=True)
        return (Content(INDENT) + name).stylize(Style.from_meta({"citation": index}))

    def _source(self, index: int, citation: Citation) -> Content:
        chosen = self.has_focus and index == self.current
        label = self._label(index).rjust(max(len(self._label(other)) for other in range(len(self.citations))))
        sign = Content.styled(f"{CHOSEN if chosen else ' '} {label}  ", "$accent bold" if chosen else "$accent")
        quote = Content.styled(quoted(shown(citation.quote)), "" if chosen else "$muted")
        if not chosen and self.state is not State.ABSTAINED:  # there, it is all there is to read
            quote = quote.truncate(max(self._width - sign.cell_length, 1), ellipsis=True)
        return self._hanging(sign, quote).stylize(Style.from_meta({"citation": index}))

    @property
    def _width(self) -> int:
        return self.size.width or UNKNOWN_WIDTH

    def _hanging(self, sign: Content, text: Content) -> Content:
        """Break text into lines that all start right of the sign."""
        lines = text.wrap(max(self._width - sign.cell_length, 1))
        return sign + Content("\n" + " " * sign.cell_length).join(lines)

    def _label(self, index: int) -> str:
        """The paragraph's number; an answer from the library counts its citations, for many have a paragraph 2."""
        citation = self.citations[index]
        if self.asked.article_id is None:
            return str(index + 1)
        return f"{citation.paragraph}{'' if citation.article_id == self.asked.article_id else '↗'}"

    def _origin(self, citation: Citation) -> str:
        """Say where a citation is from, unless it is from the article that was asked about."""
        if citation.article_id == self.asked.article_id:
            return ""
        return f"{self._sources_by_id.get(citation.article_id, GONE)}, paragraph {citation.paragraph}: "

    @property
    def marked_rows(self) -> range:
        """The rows of it that the marked citation takes; the first where there is none."""
        rows = self.render().plain.split("\n")
        first = next((place for place, row in enumerate(rows) if row.startswith(CHOSEN)), 0)
        count = self._source(self.current, self.citations[self.current]).plain.count("\n") if first else 0
        return range(first, first + count + 1)

    def watch_current(self) -> None:
        """The marked citation is shown in full, so the height changes."""
        self.refresh(layout=True)
        if self.has_focus:
            self.post_message(self.Marked(self))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The marked citation is shown in full while the answer has the focus."""
        super().watch_has_focus(has_focus)
        self.refresh(layout=True)
        if has_focus:
            self.post_message(self.Marked(self))


def _state_of(answer: Answer) -> State:
    return State.ABSTAINED if answer.abstained else State.ANSWERED
