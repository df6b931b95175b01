"""The brief in the app: the stories of the day, while they are summed up in the background and after."""

from collections.abc import Iterable
from contextlib import aclosing
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState

from models.brief import Brief
from rag.client import WorkerClient
from rag.messages import BriefReady, Done, Event, Failed, Working
from tui.brief_text import heading
from tui.foreign import shown
from tui.keys import IN_BRIEF, bindings
from tui.naming import source_name
from tui.shelf import Shelf, ShelfUnusable
from tui.widgets.answer_view import AnswerView
from tui.widgets.story_view import StoryView

NO_NEWS: Final = "There are no articles to sum up. Open some, or sync your feeds: newsreader sync"

MAKING: Final = "brief"
"""The group of the background task that makes it."""


class BriefScreen(Screen[None]):
    """Lists the stories. It lives on while the reader is elsewhere, and so does the making of the brief."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_BRIEF)
    AUTO_FOCUS = None

    heading = query_one("#brief-heading", Static)
    state = query_one("#brief-state", Static)
    stories = query_one("#brief-stories", VerticalScroll)

    def __init__(self, client: WorkerClient, shelf: Shelf) -> None:
        super().__init__()
        self._client = client
        self._shelf = shelf
        self._brief: Brief | None = None
        self._making = False

    def compose(self) -> ComposeResult:
        """What it is about, how far it is, and the stories."""
        yield Static("The brief", id="brief-heading", markup=False)
        yield Static("", id="brief-state", markup=False)
        yield VerticalScroll(id="brief-stories", can_focus=False)
        yield Footer(show_command_palette=False)

    def begin(self) -> None:
        """Look what is new, as the reader comes here from the article."""
        if not self._making:
            self._make()

    @property
    def making(self) -> bool:
        """Whether it is being made."""
        return self._making

    @work(group=MAKING, exclusive=True, exit_on_error=False)
    async def _make(self, *, again: bool = False) -> None:
        """Show the last brief at once, and have the worker bring it up to date."""
        self._set_making(True)
        try:
            if self._brief is None and (last := await self._shelf.last_brief()) is not None:
                await self._show(last)
            not_before = datetime.now(UTC) if again else None
            async with aclosing(self._client.brief(not_before=not_before)) as events:
                async for event in events:
                    await self._take(event)
        except ShelfUnusable as error:
            self._say(str(error))
        except OSError as error:
            self._say(f"The worker process can't be started: {error.strerror}.")
        finally:
            self._set_making(False)

    async def _take(self, event: Event) -> None:
        match event:
            case Working():
                share = f" {event.fraction:.0%}" if event.fraction is not None else ""
                self._say(f"◐ {event.step.capitalize()}{share} …")
            case BriefReady():
                await self._show(event.brief)
            case Done():
                self._say("" if self._brief else NO_NEWS)
                if self._brief and not self.is_current:
                    self.app.notify("The brief is ready: press B.", markup=False)
            case Failed():
                self._say(f"✗ {event.message}")
            case _:
                pass

    async def _show(self, brief: Brief) -> None:
        """Show a brief; the views of stories that stay stay, so that the reader does not lose the place."""
        views = list(self.stories.query(StoryView))
        if [view.story.article_ids for view in views] == [story.article_ids for story in brief.stories]:
            for view, story in zip(views, brief.stories, strict=True):
                view.tell(story)
        else:
            sources = await self._sources(brief.article_ids)
            await self.stories.remove_children()
            await self.stories.mount_all([StoryView(story, sources) for story in brief.stories])
            if self.is_current and (first := next(iter(self.stories.query(StoryView)), None)):
                first.focus()
        self._brief = brief
        self.heading.update(heading(brief))

    async def _sources(self, article_ids: Iterable[str]) -> dict[str, str]:
        found = await self._shelf.articles(article_ids)
        return {article_id: source_name(article) for article_id, article in found.items()}

    def _say(self, state: str) -> None:
        self.state.update(shown(state))

    def _set_making(self, making: bool) -> None:
        self._making = making
        self.refresh_bindings()

    @on(Worker.StateChanged)
    def _tell_end(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.CANCELLED:
            self._say("■ Stopped. What is done is kept; it goes on from there.")
        elif event.state is WorkerState.ERROR:
            self._say(f"✗ Something went wrong inside newsreader: {event.worker.error!r}.")

    # --- actions ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop what is being made, and to make anew what is not."""
        match action:
            case "stop":
                return self._making
            case "again":
                return not self._making
            case _:
                return True

    def action_stop(self) -> None:
        """Stop making the brief."""
        self.workers.cancel_group(self, MAKING)

    def action_again(self) -> None:
        """Make the brief anew."""
        self._make(again=True)

    def action_close(self) -> None:
        """Go back to the article; the brief is made on."""
        self.app.pop_screen()

    @on(AnswerView.Left)
    def _leave(self, event: AnswerView.Left) -> None:
        event.stop()
        views = list(self.stories.query(StoryView))
        place = views.index(event.view) + event.by if isinstance(event.view, StoryView) else 0
        if 0 <= place < len(views):
            views[place].focus()

    @on(AnswerView.CitationChosen)
    def _open(self, event: AnswerView.CitationChosen) -> None:
        """Go back to the reading screen, which opens what is cited."""
        event.stop()
        self.app.pop_screen()
        self.app.screen.post_message(AnswerView.CitationChosen(event.citation))
