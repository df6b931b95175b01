"""Asks for an address, and adds what is there: a feed to subscribe to, or a page to keep."""

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
from textual.widgets import Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from tui.apart import apart
from tui.foreign import shown
from tui.screens.choice import ChoiceList
from tui.shelf import ShelfUnusable
from tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from library.feeds.discovery import Offer
    from library.fetching.fetcher import Fetcher
    from library.store import Store
    from tui.adding import Added, Choices

HINT: Final = "Enter fetches it: a feed is subscribed to, a page is kept. Nothing else is fetched."
NEAR: Final = "This address is on your machine or in its network. Enter once more fetches it all the same."


class Tick(Checkbox):
    """A box that is ticked or empty; Textual's own tells that by its colour alone."""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802 -- Textual's own name
        """What stands in the box."""
        return "✓" if self.value else " "


class AddScreen(ModalScreen[str | None]):
    """Ends with what was added, in words; with None where the reader leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", id="add.leave")]

    address = query_one("#add-address", TextLine)
    folder = query_one("#add-folder", TextLine)
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
            box.border_subtitle = "esc leaves"
            with Horizontal(classes="add-line"):
                yield Static("Address", classes="add-label", markup=False)
                yield TextLine("https://example.org/feed", id="add-address", select_on_focus=True)
            with Horizontal(classes="add-line"):
                yield Static("Folder", classes="add-label", markup=False)
                yield TextLine("none, or News/Local", id="add-folder", select_on_focus=True)
            yield Tick("fetch the full text of each page, for a feed of summaries", id="add-full", compact=True)
            yield Static(HINT, id="add-state", markup=False)
            yield ChoiceList(id="add-offers", markup=False)

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
        if not text.strip():
            return
        self._say("Fetching …", "◐ ", "$accent")
        await asyncio.to_thread(import_module, "tui.adding")  # what fetches takes too long to come for the loop
        from library.fetching.addresses import web_address
        from library.fetching.failures import FetchFailed, NotPublic
        from library.fetching.hosts import door_of
        from library.reader import UnreadableArticle
        from tui.adding import Choices
        from tui.feeds import folder_named

        folder = folder_named(self.folder.value) or None
        full_text = True if self.full_text.value else None
        try:
            address = web_address(text)
            choices = Choices(folder=folder, full_text=full_text, private=door_of(address) == self._consent)
            added = await apart(self._path, partial(_add_one, address=address, choices=choices))
        except NotPublic:
            self._consent = door_of(address)
            self._say(NEAR, "? ", "bold $accent")
        except (FetchFailed, UnreadableArticle, ShelfUnusable) as error:
            self._say(str(error), "✗ ", "$error")
        else:
            self._take(added)

    def _take(self, added: "Added") -> None:
        self._added += added.said
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


async def _add_one(store: "Store", fetcher: "Fetcher", *, address: str, choices: "Choices") -> "Added":
    from tui.adding import add_address

    return await add_address(store, fetcher, address, choices)
