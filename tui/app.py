"""The Textual app: its screens, themes and palette around one worker and one library."""

import asyncio
import gc
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.app import SystemCommand
from textual.screen import Screen

from models.article import Article
from models.settings import Settings
from tui import keys, themes
from tui.foreign import shown
from tui.screens.opening import OpeningScreen
from tui.screens.sizes import BREAKPOINTS, VERTICAL_BREAKPOINTS
from tui.typed_ahead import InOrderApp

if TYPE_CHECKING:
    from rag.client import WorkerClient
    from tui.shelf import Shelf

BRIEF: Final = "brief"
"""The name of the screen that stays when it is left."""

NOTICE_S: Final = 8.0
"""How long a notice stays."""

READING: Final = "reading"
"""The mode of the app that follows the opening one."""


class NewsreaderApp(InOrderApp):
    """Reads articles, shows who is in them, and answers questions about them."""

    TITLE = "newsreader"
    CSS_PATH = "frame.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = VERTICAL_BREAKPOINTS

    def __init__(
        self,
        articles: list[Article],
        settings: Settings,
        *,
        question: str | None = None,
        client: "WorkerClient | None" = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._articles = articles
        self._settings = settings
        self._question = question
        self._client = client
        self._begun = False
        self._shelf: Shelf | None = None
        self._clock = clock
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        wanted = settings.appearance.theme
        self._unknown_theme = None if wanted in self.available_themes else wanted
        self.theme = wanted if self._unknown_theme is None else themes.DARK.name

    def get_default_screen(self) -> OpeningScreen:
        """Open on the text of the first article alone; all that stands beside it follows."""
        first = self._articles[0] if self._articles else None
        return OpeningScreen(first, self._settings.appearance.reading_width, alone=len(self._articles) == 1)

    @on(OpeningScreen.Painted)
    @work(group="begin")
    async def _begin(self, event: OpeningScreen.Painted) -> None:
        """Bring what stands beside the article, now that it can be read."""
        if self._begun:
            return
        self._begun = True
        await asyncio.to_thread(import_module, "tui.screens.reader")  # which takes too long for the loop
        from rag.client import WorkerClient
        from tui.screens.reader import ReaderScreen
        from tui.shelf import Shelf

        self._shelf = Shelf(self._settings.library_file)
        self._client = self._client or WorkerClient(self._settings, on_notice=self.notice)
        reader = partial(ReaderScreen, question=self._question, clock=self._clock)
        self.add_mode(READING, partial(reader, self._articles, self._settings, self._client, self._shelf))
        await self.switch_mode(READING)
        await event.screen.remove_children()
        _collect_garbage()
        self.take_keys()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value under any theme."""
        return themes.fallback_variables(self.current_theme.dark)

    def on_mount(self) -> None:
        """Say what was set and can't be had."""
        if self._unknown_theme is not None:
            advice = "Ctrl+P, then Theme, shows those that there are."
            self.notice(f"No theme is called {self._unknown_theme} (the setting appearance.theme). {advice}")

    def notice(self, text: str) -> None:
        """Tell what the reader should know, for a while."""
        self.notify(shown(text), timeout=NOTICE_S, markup=False)

    async def on_unmount(self) -> None:
        """Leave no process and no open file behind."""
        if self._client is not None:
            await self._client.close()
        if self._shelf is not None:
            await self._shelf.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer in the palette what the keys do, from the same declaration."""
        from tui.screens.reader import ReaderScreen  # late: not needed for the first frame

        if isinstance(screen, ReaderScreen):
            for section in keys.READER:
                for command in section:
                    if command.palette and screen.check_action(command.action, ()):
                        yield SystemCommand(command.label, command.help, partial(screen.run_action, command.action))
        yield SystemCommand("Theme", "Choose any colour theme", self.action_change_theme)

    def action_toggle_theme(self) -> None:
        """Change between light and dark."""
        self.theme = themes.counterpart(self.theme, self.current_theme.dark)

    async def action_brief(self) -> None:
        """Show the stories of the day; they are summed up in the background."""
        from tui.screens.brief import BriefScreen  # late: not needed for the first frame

        if self._client is None or self._shelf is None:
            return  # the article alone is there yet
        if not self.is_screen_installed(BRIEF):
            self.install_screen(BriefScreen(self._client, self._shelf), BRIEF)
        await self.push_screen(BRIEF)
        if isinstance(self.screen, BriefScreen):
            self.screen.begin()

    async def action_help(self) -> None:
        """Show all keys."""
        from tui.screens.help import HelpScreen  # late: not needed for the first frame

        await self.push_screen(HelpScreen())


def _collect_garbage() -> None:
    """Begin to, where ``read`` has put it off; what is there by now stays, and takes 0.1 s to be looked through."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def run(articles: list[Article], settings: Settings, *, question: str | None = None) -> int:
    """Open the app on some articles, or on the library where there are none. Gives the exit code.

    ``question`` waits in the panel.
    """
    app = NewsreaderApp(articles, settings, question=question)
    app.run()
    return app.return_code or 0
