"""Tagging articles with words of the reader's own."""

from textual import work

from tui.foreign import shown
from tui.screens.marking import MarkingScreen
from tui.shelf import ShelfUnusable
from tui.widgets.article_lines import Beside


class TaggingScreen(MarkingScreen):
    """A screen on which articles are tagged."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer it where there is an article."""
        return self.article_meant is not None if action == "tag_article" else super().check_action(action, parameters)

    def action_tag_article(self) -> None:
        """Ask for the tags of the article."""
        if self.article_meant is not None:
            self._tag(self.article_meant)

    @work(group="tags", exclusive=True, exit_on_error=False)
    async def _tag(self, article_id: str) -> None:
        from library.tags import TAG_SEPARATOR, NotATag  # late: not needed for the first frame
        from tui.screens.tags import TagsScreen

        try:
            await self.keep_here([article_id])
            known = await self._shelf.known_tags()
            line = f"{TAG_SEPARATOR} ".join(await self._shelf.tags(article_id))
            while (typed := await self.app.push_screen_wait(TagsScreen(line, known))) is not None:
                line = typed
                try:
                    await self._shelf.have_tags(article_id, filter(str.strip, typed.split(TAG_SEPARATOR)))
                except NotATag as error:
                    self.notify(str(error), severity="warning", markup=False)
                else:
                    self.library.marked(())
                    await self.show_beside(article_id)
                    return
        except ShelfUnusable as error:
            self.notify(shown(str(error)), severity="warning", markup=False)

    async def show_beside(self, article_id: str) -> None:
        """Show feed and tags of the open article under its headline. Raises ``ShelfUnusable``."""
        beside = Beside(await self._shelf.source(article_id), await self._shelf.tags(article_id))
        if self.open_article is not None and self.open_article.id == article_id:
            self.article.put_beside(beside)
