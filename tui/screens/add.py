"""Asks for an address or a path, and adds what is there: a feed or a folder to follow, a page or a file to keep."""

import asyncio
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Footer, Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from tui.apart import apart
from tui.counting import counted
from tui.foreign import shown
from tui.screens.choice import ChoiceList
from tui.screens.name import LONGEST_PATH
from tui.shelf import ShelfUnusable
from tui.widgets.dialog_line import DialogLine

if TYPE_CHECKING:
    from library.feeds.discovery import Offer
    from tui.adding import Added

HINT: Final = (
    "A feed is subscribed to, a page or a file kept, a folder watched: each sync takes in what is new there. "
    "Nothing else is fetched."
)
MOST_NAMED: Final = 3
"""Files of a folder that are named where they hold no article."""

NEAR: Final = "This address is on your machine or in its network. Enter once more fetches it all the same."


class Tick(Checkbox):
    """A box that is ticked or empty; Textual's own tells that by its colour alone."""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802 -- Textual's own name
        """What stands in the box."""
        return "✓" if self.value else " "


class AddScreen(ModalScreen[str | None]):
    """Ends with what was added, in words; with None where the reader leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", id="add.next"),
        Binding("escape", "leave", "Leave", id="add.leave"),
    ]

    address = query_one("#add-address", DialogLine)
    folder = query_one("#add-folder", DialogLine)
    full_text = query_one(Tick)
    state = query_one("#add-state", Static)
    offered = query_one(ChoiceList)

    def __init__(self, path: Path, folder: str) -> None:
        super().__init__()
        self._path = path
        self._folder = folder
        self._consent: object = None
        """The host and port that may be on this machine or in its network."""
        self._offers: tuple[Offer, ...] = ()
        self._added: list[str] = []

    def compose(self) -> ComposeResult:
        """Address, folder, what to fetch, and what comes of it."""
        with Vertical(id="add", classes="box") as box:
            box.border_title = "Add"
            with Horizontal(classes="add-line"):
                yield Static("Address", classes="add-label", markup=False)
                yield DialogLine(
                    "https://example.org/feed, or a file or folder",
                    max_length=LONGEST_PATH,
                    id="add-address",
                    select_on_focus=True,
                )
            with Horizontal(classes="add-line"):
                yield Static("Folder", classes="add-label", markup=False)
                yield DialogLine("none, or News/Local", id="add-folder", select_on_focus=True)
            yield Tick("fetch the full text of each page, for a feed of summaries", id="add-full", compact=True)
            yield Static(HINT, id="add-state", markup=False)
            yield ChoiceList(id="add-offers", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Wait for an address."""
        self.folder.value = self._folder
        self.offered.display = False
        self.address.focus()

    def _say(self, text: str, sign: str = "", style: str = "") -> None:
        self.state.update(Content.assemble((sign, style), shown(text)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._add(self.address.value)

    @on(OptionList.OptionSelected)
    def _offer_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._add(self._offers[event.option_index].url)

    @work(group="add", exclusive=True, exit_on_error=False)
    async def _add(self, text: str) -> None:
        text = text.strip()
        if not text:
            return
        self._say("Looking …", "◐ ", "$accent")
        await asyncio.to_thread(import_module, "tui.adding")  # what fetches takes too long to come for the loop
        from library.fetching.addresses import web_address
        from library.fetching.failures import FetchFailed, NotPublic
        from library.fetching.hosts import door_of
        from library.reader import UnreadableArticle
        from tui.adding import Choices, add_address, add_path, is_address
        from tui.feeds import folder_named

        folder = folder_named(self.folder.value) or None
        full_text = True if self.full_text.value else None
        choices = Choices(folder=folder, full_text=full_text)
        try:
            if is_address(text):
                address = web_address(text)
                choices = choices._replace(private=door_of(address) == self._consent)
                adding = partial(add_address, address=address, choices=choices)
            else:
                adding = partial(add_path, source=text, choices=choices)
            added = await apart(self._path, adding)
        except NotPublic:
            self._consent = door_of(address)
            self._say(NEAR, "? ", "bold $accent")
        except (FetchFailed, UnreadableArticle, ShelfUnusable) as error:
            self._say(str(error), "✗ ", "$error")
        else:
            self._take(added)

    def _take(self, added: "Added") -> None:
        more = len(added.left_out) - MOST_NAMED
        self._added += [*added.said, *(f"Left out: {one}" for one in added.left_out[:MOST_NAMED])]
        self._added += [f"Left out besides: {counted(more, 'file')}."] if more > 0 else []
        if not added.offers:
            self.dismiss("\n".join(self._added))
            return
        self._say(" ".join([*added.said, "Its site offers feeds; Enter subscribes to one."]), "● ", "$success")
        self._offers = added.offers
        self.offered.clear_options()
        self.offered.add_options(Option(shown(offer.title or offer.url)) for offer in added.offers)
        self.offered.highlighted = 0
        self.offered.display = True
        self.offered.focus()

    @on(Worker.StateChanged)
    def _tell_error(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self._say(f"Something went wrong inside newsreader: {event.worker.error!r}.", "✗ ", "$error")

    def action_leave(self) -> None:
        """Leave; what is under way is stopped, what was added stays."""
        self.workers.cancel_group(self, "add")
        self.dismiss("\n".join(self._added) or None)
