"""A story of the brief: its headline, how much of it is new, what happened, and where that stands."""

from collections.abc import Mapping

from textual.content import Content

from models.brief import Story
from models.question import Question
from tui.brief_text import novelty
from tui.foreign import shown
from tui.widgets.answer_view import INDENT, AnswerView
from tui.widgets.entity_card import EntityCard


class StoryView(AnswerView):
    """Shows a story as an answer is shown. Enter on one that is not summed up opens its first report."""

    def __init__(self, story: Story, sources: Mapping[str, str]) -> None:
        super().__init__(Question(text=""), story.answer, sources)
        self.story = story

    def tell(self, story: Story) -> None:
        """Show what has become of the story."""
        self.story = story
        if story.answer is not None and self.answer is None:
            self.settle(story.answer, self._sources_by_id)

    def render(self) -> Content:
        """Draw headline, how new it is, and what happened; of one that is not summed up, its other reports."""
        sign = Content.styled("▸ " if self.has_focus else INDENT, "$accent bold")
        headline = self._hanging(sign, Content.styled(shown(self.story.headline), "bold"))
        news = Content.styled(f"{INDENT}{novelty(self.story)}", "$accent" if self.story.new else "$muted")
        if self.answer is not None:
            return Content("\n").join([headline, news, *self._body()])
        others = [self._sources_by_id[one] for one in self.story.article_ids[1:] if one in self._sources_by_id]
        lines = [Content.styled(f"{INDENT}{shown(name)}", "$muted") for name in others]
        return Content("\n").join([headline, news, *lines])

    def action_jump(self) -> None:
        """Show the marked citation in its article, or else open the first report."""
        if self.citations:
            super().action_jump()
        else:
            self.post_message(EntityCard.ArticleChosen(self.story.article_ids[0]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is always something to open."""
        return True if action == "jump" else super().check_action(action, parameters)
