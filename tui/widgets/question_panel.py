"""The question panel: what was asked about this article or the library, the answers, and where the next is typed."""

from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from models.answer import Answer, Citation
from models.article import Article
from models.entity import Entity
from models.question import Question
from rag.client import WorkerClient
from rag.messages import Answered, BegunAnew, Event, EvidenceFound, Failed, Reason, SentencesSettled, Token, Working
from rag.suggestions import suggested
from tui.cutting import cut
from tui.errors import BadInput
from tui.foreign import shown
from tui.search_line import chosen_filters
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.answer_view import AnswerView
from tui.widgets.conversation import Conversation
from tui.widgets.question_line import QuestionLine
from tui.widgets.suggestions import Suggestions

ASK_FIRST: Final = "Ask a question about this article"
ASK_ON: Final = "Ask on, or press Enter for the sources"
ASK_LIBRARY: Final = "Ask … feed: name: tag: from: to: last: is:"
LIBRARY_SIGN: Final = "library ›"
"""Stands before what is typed as long as it is for the whole library."""

SIGN: Final = "›"

STOPPED: Final = "Stopped."
STOPPED_FOR_NEXT: Final = "Stopped for the new question."
"""Stand below what there is of an answer."""

STOPPED_BY_LEAVING: Final = "Stopped, because you went on:"
NAMED_WIDTH: Final = 50
"""Columns of a question that is named in a notice."""

TICK_S: Final = 0.1
"""How often the waiting time is shown anew."""

ASKING: Final = "ask"
ANTICIPATING: Final = "anticipate"
"""The groups of the background tasks that wait for an answer, and for what bears on a question that is being typed."""


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

    conversation = query_one(Conversation)
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
        self._anticipated = False
        self._paused = False

    def compose(self) -> ComposeResult:
        """The answers, and the line to type in."""
        yield Conversation(self._shelf, id="history")
        yield Suggestions(id="suggestions")
        with Horizontal(id="question-line"):
            yield Static(SIGN, id="question-sign", markup=False)
            yield QuestionLine(ASK_FIRST)

    # --- what is shown ---

    @property
    def answers(self) -> list[AnswerView]:
        """The questions of this scope with their answers, oldest first."""
        return self.conversation.answers

    @property
    def latest(self) -> AnswerView | None:
        """The last answer."""
        return self.conversation.latest

    @property
    def at_hand(self) -> AnswerView | None:
        """The answer that has the focus, else the last."""
        return self.conversation.at_hand

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

    def turn_to(self, article: Article) -> None:
        """Make room for the questions of another article, and stop an answer under way; those to the library go on."""
        if self._article is not None and self._article.id == article.id:
            return
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
        """Clear away what was asked in another scope; that an answer is stopped by that is said."""
        for view in filter(lambda view: view.pending, self.answers):
            self.notify(f"{STOPPED_BY_LEAVING} {cut(shown(view.question), NAMED_WIDTH)}", markup=False)
        self.stop()
        self.conversation.begin()
        self._changed(asked=False)

    def suggest(self, entities: Sequence[Entity]) -> None:
        """Offer questions about the article, of which these are the names."""
        if self._article is not None:
            self.suggestions.offer(suggested(self._article, entities))
            self._offer()

    async def recall(self) -> None:
        """Show what was asked in this scope before. Raises ``ShelfUnusable``."""
        if (self._article or self._of_library) and await self.conversation.recall(self._scope):
            self._changed(asked=True)

    @work(group="recall", exclusive=True, exit_on_error=False)
    async def _recall_now(self, *, then_summarise: bool = False) -> None:
        try:
            await self.recall()
        except ShelfUnusable as error:
            self.notify(shown(str(error)), severity="warning", markup=False)
        if then_summarise:
            self._summarise()

    def _changed(self, *, asked: bool) -> None:
        self.set_class(asked, "-asked")
        self._offer()
        self.question.placeholder = ASK_LIBRARY if self._of_library else ASK_ON if asked else ASK_FIRST
        self.conversation.anchor()
        self.post_message(self.Changed())

    def _offer(self) -> None:
        """Show the suggestions as long as nothing has been asked about the article."""
        wanted = not self._of_library and not self.has_class("-asked")
        self.set_class(wanted and bool(self.suggestions.questions), "-suggesting")

    # --- asking ---

    def stop(self, why: str = STOPPED) -> None:
        """Stop the answer under way; what there is of it stays, with the reason."""
        self.workers.cancel_group(self, ASKING)
        for view in self.answers:
            if view.pending:
                view.stop(why)

    def ask(self, question: Question) -> None:
        """Ask, and show what becomes of it. An answer under way gives way: what is asked last is wanted most."""
        self.stop(STOPPED_FOR_NEXT)
        view = AnswerView(question)
        self.conversation.mount(view)
        self._changed(asked=True)
        self._ask(question, view)

    @work(group=ASKING, exclusive=True, exit_on_error=False)
    async def _ask(self, question: Question, view: AnswerView) -> None:
        begun = self._clock()
        timer = self.set_interval(TICK_S, lambda: view.tick(self._clock() - begun))
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
                view.stop(STOPPED)
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
                view.settle(event.answer, await self.conversation.sources(question, event.answer))
                self.post_message(self.Lit(tuple((one.article_id, one.paragraph) for one in event.answer.citations)))
                await self._keep(question, event.answer)
                if view.is_summary:
                    await self.conversation.have_one_summary(view)
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
        summary = self.conversation.summary
        if summary is None or (summary.has_focus and not summary.pending):
            self.ask(Question.summary(self._article.id))
        else:
            summary.focus()

    # --- typing and choosing ---

    @on(QuestionLine.Typed)
    def _typed_on(self) -> None:
        if self._paused:
            self.workers.cancel_group(self, ANTICIPATING)  # it was not all

    @on(QuestionLine.Settled)
    def _settled(self, event: QuestionLine.Settled) -> None:
        if self._can_anticipate and self._article is not None:
            earlier = self.conversation.turns
            question = Question(text=event.words, article_id=self._article.id, earlier=earlier)
            self._anticipate(question, paused=event.paused)

    @on(QuestionLine.Emptied)
    def _emptied(self) -> None:
        if self._anticipated and self._can_anticipate:
            self._anticipated = False
            self.post_message(self.Lit(()))

    @property
    def _can_anticipate(self) -> bool:
        """Whether there is time for a question that is being typed, and an article that it is about."""
        return not (self._article is None or self._of_library or self.asking)

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
        if words := self.question.take():
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
        self.ask(Question(text=words, article_id=self._scope, earlier=self.conversation.turns))

    @on(AnswerView.WantedAgain)
    async def _ask_again(self, event: AnswerView.WantedAgain) -> None:
        """Ask once more what was stopped or has failed, as the newest question."""
        event.stop()
        await event.view.remove()
        self.ask(event.view.asked.model_copy(update={"earlier": self.conversation.turns}))
        if latest := self.latest:
            latest.focus()

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
    @on(Conversation.Left)
    def _to_question(self) -> None:
        self.conversation.anchor()
        self.question.focus()
