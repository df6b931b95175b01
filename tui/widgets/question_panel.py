"""The question panel: what was asked about this article or the library, the answers, and where the next is typed."""

from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from models.answer import Answer, Citation
from models.article import Article
from models.entity import Entity
from models.question import LONGEST_QUESTION, MOST_TURNS, Question, Turn
from rag.client import WorkerClient
from rag.messages import Answered, BegunAnew, Event, EvidenceFound, Failed, Reason, SentencesSettled, Token, Working
from tui.errors import BadInput
from tui.filters import chosen_filters
from tui.foreign import shown
from tui.keys import IN_QUESTION, bindings
from tui.naming import source_name
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.answer_view import AnswerView
from tui.widgets.suggestions import Suggestions
from tui.widgets.text_line import TextLine

ASK_FIRST: Final = "Ask a question about this article"
ASK_ON: Final = "Ask on, or press Enter for the sources"
ASK_LIBRARY: Final = "Ask your library … narrow it by feed: name: from: to:"
LIBRARY_SIGN: Final = "library ›"
"""Stands before what is typed as long as it is for the whole library."""

SIGN: Final = "›"

MOST_RECALLED: Final = 30
"""Questions of before that are shown, the last: nobody goes up further, and a library gathers many."""

TICK_S: Final = 0.1
"""How often the waiting time is shown anew."""

ASKING: Final = "ask"
ANTICIPATING: Final = "anticipate"
"""The groups of the background tasks that wait for an answer, and for what bears on a question that is being typed."""

SETTLED_S: Final = 0.2
"""How long nothing must be typed for the question to be taken as it stands; a space settles the words before it."""

LEAST_WORDS: Final = 2
"""Words of a question that say something of what it will be about."""


class QuestionLine(TextLine):
    """The line in which a question is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_QUESTION)

    class ToAnswers(Message):
        """The reader goes up to the answers."""

    def action_answers(self) -> None:
        """Go up to the answers."""
        self.post_message(self.ToAnswers())


class QuestionPanel(Vertical):
    """Answers above, question below. Asks the worker, and keeps the answers."""

    BORDER_TITLE: ClassVar[str] = "Questions"

    @dataclass
    class Lit(Message):
        """Paragraphs bear on a question: those that were found, then those that the answer cites."""

        places: tuple[tuple[str, int], ...]
        """Article and paragraph."""

        @classmethod
        def of(cls, found: EvidenceFound) -> Self:
            """Light up what was found."""
            return cls(tuple((one.article_id, one.paragraph) for one in found.evidence))

    class Changed(Message):
        """An answer has begun or ended, so that other keys make sense now."""

    @dataclass
    class ModelMissing(Message):
        """A question could not be answered for want of a model."""

        question: Question
        view: AnswerView

    history = query_one("#history", VerticalScroll)
    suggestions = query_one(Suggestions)
    sign = query_one("#question-sign", Static)
    question = query_one(QuestionLine)

    def __init__(self, client: WorkerClient, shelf: Shelf, clock: Callable[[], float], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._client = client
        self._shelf = shelf
        self._clock = clock
        self._article: Article | None = None
        self._of_library = False
        self._typing: Timer | None = None
        self._anticipated = False
        self._paused = False
        self._recalled: object | None = None
        """Stands for the recalling of what was asked in this scope, once that has begun."""

    def compose(self) -> ComposeResult:
        """The answers, and the line to type in."""
        yield VerticalScroll(id="history", can_focus=False)
        yield Suggestions(id="suggestions")
        with Horizontal(id="question-line"):
            yield Static(SIGN, id="question-sign", markup=False)
            yield QuestionLine(ASK_FIRST, max_length=LONGEST_QUESTION, select_on_focus=False)

    # --- what is shown ---

    @property
    def answers(self) -> list[AnswerView]:
        """The questions of this scope with their answers, oldest first."""
        return list(self.history.query(AnswerView))

    @property
    def latest(self) -> AnswerView | None:
        """The last answer."""
        return answers[-1] if (answers := self.answers) else None

    @property
    def at_hand(self) -> AnswerView | None:
        """The answer that has the focus, else the last."""
        return next((view for view in self.answers if view.has_focus), self.latest)

    @property
    def asking(self) -> bool:
        """Whether an answer is under way."""
        return any(view.pending for view in self.answers)

    @property
    def of_library(self) -> bool:
        """Whether the whole library is asked, not the open article alone."""
        return self._of_library

    @property
    def _scope(self) -> str | None:
        return None if self._of_library or self._article is None else self._article.id

    @property
    def _nothing_to_ask(self) -> bool:
        return self._article is None and not self._of_library

    def turn_to(self, article: Article) -> None:
        """Make room for the questions of another article, and stop an answer under way; those to the library go on."""
        self._article = article
        self.suggestions.offer(())
        if not self._of_library:
            self._begin()

    def switch_scope(self) -> None:
        """Ask the library instead of the article, or the article again; show what was asked there before."""
        self._switch()
        self._recall_now()

    def _switch(self) -> None:
        self._of_library = not self._of_library
        self.sign.update(LIBRARY_SIGN if self._of_library else SIGN)
        self.border_title = "Questions to your library" if self._of_library else self.BORDER_TITLE
        self._begin()

    def _begin(self) -> None:
        """Clear away what was asked in another scope."""
        self._recalled = None
        self.stop()
        self.history.remove_children()
        self._changed(asked=False)

    def suggest(self, entities: Sequence[Entity]) -> None:
        """Offer questions about the article, of which these are the names."""
        from rag.suggestions import suggested  # late: not needed for the first frame

        if self._article is not None:
            self.suggestions.offer(suggested(self._article, entities))
            self._offer()

    async def recall(self) -> None:
        """Show what was asked in this scope before. Raises ``ShelfUnusable``."""
        if self._nothing_to_ask or self._recalled is not None:
            return
        self._recalled = mine = object()
        kept = (await self._shelf.answers(self._scope))[-MOST_RECALLED:]
        views = [AnswerView(question, answer, await self._sources(question, answer)) for question, answer in kept]
        if views and self._recalled is mine:  # else the reader has gone on to another scope meanwhile
            await self.history.mount_all(views, before=0 if self.answers else None)
            self._changed(asked=True)

    @work(group="recall", exclusive=True, exit_on_error=False)
    async def _recall_now(self, *, then_summarise: bool = False) -> None:
        try:
            await self.recall()
        except ShelfUnusable as error:
            self.notify(shown(str(error)), severity="warning", markup=False)
        if then_summarise:
            self._summarise()

    async def _sources(self, question: Question, answer: Answer) -> dict[str, str]:
        """Name the articles that an answer cites beside the one asked about. Raises ``ShelfUnusable``."""
        others = dict.fromkeys(c.article_id for c in answer.citations if c.article_id != question.article_id)
        found = await self._shelf.articles(others) if others else {}
        return {article_id: source_name(article) for article_id, article in found.items()}

    def _changed(self, *, asked: bool) -> None:
        self.set_class(asked, "-asked")
        self._offer()
        self.question.placeholder = ASK_LIBRARY if self._of_library else ASK_ON if asked else ASK_FIRST
        self.history.anchor()
        self.post_message(self.Changed())

    def _offer(self) -> None:
        """Show the suggestions as long as nothing has been asked about the article."""
        wanted = not self._of_library and not self.has_class("-asked")
        self.set_class(wanted and bool(self.suggestions.questions), "-suggesting")

    # --- asking ---

    @property
    def _conversation(self) -> tuple[Turn, ...]:
        """What was asked and answered here, as far as a follow-up may go back."""
        return tuple(turn for view in self.answers if (turn := view.turn))[-MOST_TURNS:]

    def stop(self) -> None:
        """Stop the answer under way."""
        self.workers.cancel_group(self, ASKING)

    @work(group=ASKING, exclusive=True, exit_on_error=False)
    async def ask(self, question: Question) -> None:
        """Ask, and show what becomes of it."""
        view = AnswerView(question)
        await self.history.mount(view)
        begun = self._clock()
        timer = self.set_interval(TICK_S, lambda: view.tick(self._clock() - begun))
        self._changed(asked=True)
        try:
            if self._article is not None:
                await self._shelf.keep(self._article)
            question = await self._narrowed(question)
            async with aclosing(self._client.ask(question)) as events:
                async for event in events:
                    await self._take(event, view, question)
        except (ShelfUnusable, BadInput) as error:
            view.fail(str(error))
        except OSError as error:
            view.fail(f"The worker process can't be started: {error.strerror}.")
        finally:
            timer.stop()
            if view.pending:
                view.stop()
            self.post_message(self.Changed())

    async def _narrowed(self, question: Question) -> Question:
        """Heed the filters in a question to the library. Raises ``BadInput`` and ``ShelfUnusable``."""
        if question.article_id is not None:
            return question
        return question.model_copy(update={"filters": chosen_filters(question.text, await self._shelf.feeds())})

    async def _take(self, event: Event, view: AnswerView, question: Question) -> None:
        match event:
            case Working():
                view.work_on(event.step, event.fraction)
            case EvidenceFound():
                self.post_message(self.Lit.of(event))
            case Token():
                view.write(event.text)
            case SentencesSettled():
                view.settle_so_far(event)
                self.post_message(self.Changed())  # there may be a first citation to go to
            case BegunAnew():
                view.begin_anew()
            case Answered():
                view.settle(event.answer, await self._sources(question, event.answer))
                self.post_message(self.Lit(tuple((one.article_id, one.paragraph) for one in event.answer.citations)))
                await self._keep(question, event.answer)
                if view.is_summary:
                    await self._put_in_place_of_others(view)
            case Failed():
                view.fail(event.message)
                if event.reason is Reason.NO_MODEL:
                    self.post_message(self.ModelMissing(question, view))
            case _:
                pass

    async def _keep(self, question: Question, answer: Answer) -> None:
        try:
            await self._shelf.keep_answer(question, answer)
        except ShelfUnusable as error:
            self.notify(f"The answer is not kept. {shown(str(error))}", severity="warning", markup=False)

    @on(Worker.StateChanged)
    def _tell_error(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and (view := self.latest):
            view.fail(f"Something went wrong inside newsreader: {event.worker.error!r}.")

    # --- the summary ---

    def summarise(self) -> None:
        """Go to the summary of the article; where there is none, or the reader is there already, have it written."""
        if self._of_library:
            self._switch()
            self._recall_now(then_summarise=True)
        else:
            self._summarise()

    def _summarise(self) -> None:
        if self._article is None:
            return
        summary = next((view for view in reversed(self.answers) if view.is_summary and view.is_good), None)
        if summary is None or (summary.has_focus and not summary.pending):
            self.ask(Question.summary(self._article.id))
        else:
            summary.focus()

    async def _put_in_place_of_others(self, summary: AnswerView) -> None:
        """Take away what the article was summarised as before."""
        others = [view for view in self.answers if view.is_summary and view is not summary]
        if any(view.has_focus for view in others):
            summary.focus()
        for view in others:
            await view.remove()

    # --- typing and choosing ---

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._stop_typing()
        if self._paused:
            self.workers.cancel_group(self, ANTICIPATING)  # it was not all
        words = event.value.strip()
        if self._article is None or self._of_library or self.asking:
            return
        if len(words.split()) >= LEAST_WORDS:
            question = Question(text=words, article_id=self._article.id, earlier=self._conversation)
            if event.value.endswith(" "):
                self._anticipate(question.model_copy(update={"text": f"{words} "}), paused=False)
            self._typing = self.set_timer(SETTLED_S, lambda: self._anticipate(question, paused=True))
        elif self._anticipated:
            self._anticipated = False
            self.post_message(self.Lit(()))

    def _stop_typing(self) -> None:
        if self._typing is not None:
            self._typing.stop()

    @work(group=ANTICIPATING, exclusive=True, exit_on_error=False)
    async def _anticipate(self, question: Question, *, paused: bool) -> None:
        """Light up what bears on a question that is being typed, and have the model begin to read it."""
        self._paused = paused
        with suppress(OSError):  # the worker can't be started: said where the article was to be prepared
            async with aclosing(self._client.anticipate(question, paused=paused)) as events:
                async for event in events:
                    if isinstance(event, EvidenceFound) and not self.asking:
                        self._anticipated = True
                        self.post_message(self.Lit.of(event))

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        latest = self.latest
        if words := event.value.strip():
            self._stop_typing()
            with self.question.prevent(Input.Changed):  # the worker goes on with what it has begun of this question
                self.question.value = ""
            self._ask_in_scope(words)
        elif latest and latest.citations:
            latest.focus()
            self.choose(latest.mark(0))

    @on(Suggestions.Chosen)
    def _suggestion_chosen(self, event: Suggestions.Chosen) -> None:
        event.stop()
        self.question.focus()
        self._ask_in_scope(event.question)

    def _ask_in_scope(self, words: str) -> None:
        self._anticipated = False
        if not self._nothing_to_ask:
            self.ask(Question(text=words, article_id=self._scope, earlier=self._conversation))

    def choose(self, citation: Citation) -> None:
        """Have a citation shown in the article."""
        self.post_message(AnswerView.CitationChosen(citation))

    @on(QuestionLine.ToAnswers)
    def _to_answers(self) -> None:
        if latest := self.latest:
            latest.focus()
        elif self.suggestions.display:
            self.suggestions.enter()

    @on(Suggestions.Left)
    def _to_question(self) -> None:
        self.question.focus()

    @on(AnswerView.Left)
    def _leave(self, event: AnswerView.Left) -> None:
        event.stop()
        answers = self.answers
        index = answers.index(event.view) + event.by
        if index >= len(answers):
            self.question.focus()
        elif index >= 0:
            answers[index].focus()
