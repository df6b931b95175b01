"""What leaves the app with an article: its address to a browser or the clipboard, the whole of it to a file."""

import asyncio
import sys
import webbrowser
from asyncio.subprocess import DEVNULL
from pathlib import Path
from typing import Final

from textual import work

from models.article import Article
from tui.copying import copy
from tui.foreign import shown
from tui.screens.tagging import TaggingScreen
from tui.shelf import ShelfUnusable

OPENING: Final = (sys.executable, "-c", "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))")
NOT_OPENED: Final = "the link, for the browser did not open"


class TakingOutScreen(TaggingScreen):
    """A screen with the commands that take an article out."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer them where there is an article."""
        match action:
            case "open_in_browser" | "copy_link":
                return self._address is not None
            case "save_article":
                return self.open_article is not None
            case _:
                return super().check_action(action, parameters)

    @property
    def _address(self) -> str | None:
        """The address of the article on the web."""
        url = self.open_article.url if self.open_article else None
        return url if url and url.startswith(("https://", "http://")) else None

    def action_open_in_browser(self) -> None:
        """Open the article's page. The browser fetches it, not we."""
        address = self._address
        if address is None:
            return
        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            copy(self, address, "the link, for there is no browser here")
            return
        if type(browser) is webbrowser.GenericBrowser:  # it runs in the terminal: it gets that for as long
            with self.app.suspend():
                opened = browser.open(address)
            if not opened:
                copy(self, address, NOT_OPENED)
        else:
            self._open_beside(address)

    @work(group="browser", exit_on_error=False)
    async def _open_beside(self, address: str) -> None:
        """Open a page in a browser with a window. What it prints goes nowhere: it would stand across the screen."""
        opening = await asyncio.create_subprocess_exec(
            *OPENING, address, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
        if await opening.wait() == 0:
            self.notify("The page is opened in your browser.")
        else:
            copy(self, address, NOT_OPENED)

    def action_copy_link(self) -> None:
        """Copy the article's address."""
        if self._address is not None:
            copy(self, self._address, "the link")

    def action_save_article(self) -> None:
        """Save the article with what was asked about it."""
        if self.open_article is not None:
            self._save(self.open_article)

    @work(group="save", exclusive=True, exit_on_error=False)
    async def _save(self, article: Article) -> None:
        from tui.saving import CannotSave, Notes, proposed_name, save  # late: not needed for the first frame
        from tui.screens.name import LONGEST_PATH, NameScreen

        proposed = proposed_name(article)
        title = "Save as .md, .html or .json"
        while name := await self.app.push_screen_wait(NameScreen(title, proposed, longest=LONGEST_PATH)):
            proposed = name
            try:
                path = Path(name).expanduser().absolute()
                starred = any(line.starred for line in await self._shelf.headlines([article.id]))
                tags, highlighted = await self._shelf.tags(article.id), await self._shelf.highlighted(article.id)
                notes = Notes(starred, tags, highlighted)
                save(path, article, await self._shelf.answers(article.id), notes)
            except (CannotSave, ShelfUnusable, RuntimeError) as error:  # the last: ~ of somebody who is not known here
                self.notify(shown(str(error)), severity="warning", markup=False)
            else:
                self.notify(f"Saved as {shown(str(path))}", markup=False)
                return
