"""The reading screen: article, names, questions, and the traffic between them and the worker."""

import time
from collections.abc import Callable
from contextlib import aclosing
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.getters import query_one
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState

from models.article import HEADLINE, Article
from models.entity import Entity
from models.settings import Settings
from rag.client import WorkerClient
from rag.leaving import leaving, leaving_as_vectors
from rag.messages import Done, EntitiesReady, Event, Failed, Reason, Working
from tui.copying import copy, paragraph_with_source
from tui.foreign import shown
from tui.keys import READER, bindings
from tui.screens.panes import EMPTY
from tui.screens.places import PlacesScreen
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.article_view import ArticleView
from tui.widgets.entity_card import EntityCard
from tui.widgets.find_bar import FindBar
from tui.widgets.headlines import Headlines
from tui.widgets.library_pane import LibraryPane
from tui.widgets.names import NamesPane
from tui.widgets.question_panel import QuestionPanel
from tui.widgets.status_line import StatusLine

WELCOME: Final = "Your library.\n\nEnter opens an article, ← leads to your feeds, ? shows all keys."
"""What stands in the place of the article before one is opened."""


class ReaderScreen(PlacesScreen):
    """Shows an article with its names and questions, beside the library that it is chosen from."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*READER)
    CSS_PATH = "../newsreader.tcss"
    AUTO_FOCUS = None

    status = query_one(StatusLine)

    def __init__(
        self,
        articles: list[Article],
        settings: Settings,
        client: WorkerClient,
        shelf: Shelf,
        *,
        question: str | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(shelf, settings.library)
        self._given = articles
        self._article = articles[0] if articles else None
        self._settings = settings
        self._client = client
        self._question = question
        self._clock = clock
        self._entities: dict[str, tuple[Entity, ...]] = {}
        self._models_missing = False

    def compose(self) -> ComposeResult:
        """Lay out the panes; the style sheet arranges them by the width of the terminal."""
        yield StatusLine()
        with Container(id="panes"):
            yield LibraryPane(self._given, self._shelf, self._settings.library, id="library")
            yield NamesPane(self._shelf, id="names")
            yield QuestionPanel(self._client, self._shelf, self._clock, id="questions")
            with Vertical(id="reading"):
                yield Static(WELCOME, id="welcome", markup=False)
                yield ArticleView(self._settings.appearance.reading_width, id="article")
                yield FindBar(id="find")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the text at once; everything else comes after the first frame."""
        self.library.set_class(len(self._given) == 1, "-closed")
        self.set_class(self._article is None, EMPTY)
        self._say_who_answers()
        self.watch(self.article, "trail", self.show_trail, init=False)
        self.watch(self.article, "scroll_y", self.note_place, init=False)
        if self._article is not None:
            self.article.show(self._article)
            self.panel.turn_to(self._article)  # now: a question may have been typed already
            self.call_after_refresh(self._open, self._article)
        else:
            self.panel.switch_scope()
        if self._question is not None:
            self.panel.question.value = self._question
            self.set_focus(self.panel.question)
        elif self._article is None:
            self.library.add_class("-opened")
            self.set_focus(self.library.target)
        else:
            self.set_focus(self.article)

    def _say_who_answers(self) -> None:
        answer = self._settings.answer
        self.status.model = shown(answer.endpoint.model if answer.endpoint.url else answer.model)
        left = (leaving(answer.endpoint), leaving_as_vectors(self._settings.index))
        self.status.leaving = " · ".join(shown(one.brief) for one in left if one is not None)

    # --- opening articles ---

    @property
    def open_article(self) -> Article | None:
        """The article that is open."""
        return self._article

    @on(Headlines.Listed)
    def _show_place(self) -> None:
        self.status.place = self.library.place

    @on(ArticleView.Ended)
    def _end_seen(self) -> None:
        if self._article is not None:
            self.mark_ended(self._article)

    def _open(self, article: Article) -> None:
        self._article = article
        self.library.show_open(article)
        self._show_place()
        self.panel.turn_to(article)
        self._show_names(article)
        self._prepare(article)

    def _show_names(self, article: Article) -> None:
        entities = self._entities.get(article.id, ())
        self.names.show(article.id, entities)
        self.panel.suggest(entities)

    @on(EntityCard.ArticleChosen)
    def _other_chosen(self, event: EntityCard.ArticleChosen) -> None:
        self.library.open(event.article_id)

    def _turn_to(self, article: Article) -> None:
        if self._article is None or article.id != self._article.id:
            self.keep_place()
            first = self._article is None
            self.remove_class(EMPTY)
            self.article.show(article)
            self._open(article)
            if first and not self.panel.asking and not self.panel.has_focus_within:
                self.panel.switch_scope()  # from the library, which was all that could be asked

    @work(group="prepare", exclusive=True, exit_on_error=False)
    async def _prepare(self, article: Article) -> None:
        """Keep the article, show what was asked about it, and have the worker make it ready."""
        self._say("starting", busy=True)
        if article.id not in self._entities:
            self.names.say("Looking for names …")
        try:
            await self._shelf.keep(article)
            await self.mark_opened(article)
            await self.take_up(article)
            await self.show_beside(article.id)
            await self.show_highlights(article)
            await self.panel.recall()
            async with aclosing(self._client.prepare(article.id)) as events:
                async for event in events:
                    self._prepared(event, article)
            if (following := await self.library.following()) is not None:
                await self._prepare_ahead(following)
        except ShelfUnusable as error:
            self._cannot_prepare("no library", str(error))
        except OSError as error:
            self._cannot_prepare("no worker", f"The worker process can't be started: {error.strerror}.")

    async def _prepare_ahead(self, article: Article) -> None:
        """Have the worker make an article ready, without a word, when it has nothing else to do."""
        await self._shelf.keep(article)
        async with aclosing(self._client.prepare(article.id, ahead=True)) as events:
            async for event in events:
                if isinstance(event, EntitiesReady):
                    self._entities[event.article_id] = event.entities

    def _prepared(self, event: Event, article: Article) -> None:
        match event:
            case Working():
                share = f" {event.fraction:.0%}" if event.fraction is not None else ""
                self._say(f"{event.step}{share}", busy=True)
            case EntitiesReady() if event.entities != self._entities.get(event.article_id):  # else: shown already
                self._entities[event.article_id] = event.entities
                self._show_names(article)
            case Done():
                self._say("ready")
            case Failed():
                self._models_missing = event.reason is Reason.NO_MODEL
                self._cannot_prepare("models missing: press m" if self._models_missing else "failed", event.message)
            case _:
                pass

    def _cannot_prepare(self, state: str, message: str) -> None:
        self._say(state, trouble=True)
        if self._article is None or self._article.id not in self._entities:
            self.names.say(shown(message))
        self.refresh_bindings()

    @on(Worker.StateChanged)
    def _tell_error(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._cannot_prepare("stopped", f"Something went wrong inside newsreader: {event.worker.error!r}.")

    def _say(self, state: str, *, busy: bool = False, trouble: bool = False) -> None:
        self.status.state, self.status.busy, self.status.trouble = state, busy, trouble

    # --- models ---

    @on(QuestionPanel.ModelMissing)
    def _offer_models(self, event: QuestionPanel.ModelMissing) -> None:
        self._models_missing = True
        self.refresh_bindings()
        self._fetch_models(event)

    @work(group="models", exclusive=True, exit_on_error=False)
    async def _fetch_models(self, wanted: QuestionPanel.ModelMissing | None = None) -> None:
        """Offer the missing models; once they are there, go on where their absence stopped the reader."""
        from tui.screens.pull import PullScreen  # late: not needed for the first frame

        if not await self.app.push_screen_wait(PullScreen(self._settings)):
            return
        self._models_missing = False
        if self._article is not None:
            self._prepare(self._article)
        if wanted is not None and wanted.view.is_attached:
            await wanted.view.remove()
            self.panel.ask(wanted.question)

    def action_pull_models(self) -> None:
        """Offer the missing models."""
        self._fetch_models()

    @on(QuestionPanel.Changed)
    def _questions_changed(self) -> None:
        self.refresh_bindings()

    @on(LibraryPane.Opened)
    def _article_chosen(self, event: LibraryPane.Opened) -> None:
        self.close_overlays()
        self.library.remove_class("-closed")
        self._turn_to(event.article)
        if event.places:
            self.cite(*event.places)
        if not self.panel.has_focus_within:  # the reader goes on from the answer that cites it
            self.set_focus(self.article)

    # --- actions ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now, so that the footer shows the keys that matter."""
        match action:
            case _ if not self.is_mounted:
                return True
            case "open_next" | "open_previous":
                return self.library.headlines.count > 1
            case "summarise" | "copy_paragraph" | "switch_scope" | "toggle_names" | "filter_names":
                return self._article is not None
            case "ask_about":
                return self.names.question is not None
            case "copy_answer":
                return bool(self.panel.at_hand and self.panel.at_hand.answer)
            case "pull_models":
                return self._models_missing
            case "stop":
                return self.panel.asking
            case "back":
                return not self.panel.asking and self.away
            case _:
                return super().check_action(action, parameters)

    def action_focus_question(self) -> None:
        """Go to the line where a question is typed."""
        self.close_overlays()
        self.set_focus(self.panel.question)

    def action_switch_scope(self) -> None:
        """Ask the library instead of this article, or this article again."""
        self.panel.switch_scope()
        self.action_focus_question()

    def action_ask_about(self) -> None:
        """Begin a question about a name."""
        if question := self.names.question:
            self._begin_question(question)

    @on(EntityCard.QuestionChosen)
    def _question_chosen(self, event: EntityCard.QuestionChosen) -> None:
        self._begin_question(event.question)

    def _begin_question(self, question: str) -> None:
        self.panel.question.value = question
        self.panel.question.cursor_position = len(question)
        self.action_focus_question()

    def action_open_next(self) -> None:
        """Open the next article."""
        self.library.step(1)

    def action_open_previous(self) -> None:
        """Open the previous article."""
        self.library.step(-1)

    def action_summarise(self) -> None:
        """Say in a few sentences what the article says."""
        self.close_overlays()
        self.panel.summarise()

    def action_stop(self) -> None:
        """Stop the answer."""
        self.panel.stop()

    def action_copy_answer(self) -> None:
        """Copy question, answer and citations."""
        if view := self.panel.at_hand:
            copy(self, view.as_text(), "the answer")

    def action_copy_paragraph(self) -> None:
        """Copy the paragraph with its source."""
        if self._article is not None:
            number = self.article.current_paragraph
            copy(
                self,
                paragraph_with_source(self._article, number),
                "the headline" if number == HEADLINE else f"paragraph {number}",
            )
