"""A story of the brief: its headline, how much of it is new, what happened, and where that stands."""

from collections.abc import Mapping

from textual.content import Content

from models.brief import Story
from models.question import Question
from tui.brief_text import novelty
from tui.foreign import shown
from tui.widgets.answer_view import INDENT, AnswerView


class StoryView(AnswerView):
    """Shows a story as an answer is shown."""

    def __init__(self, story: Story, sources: Mapping[str, str]) -> None:
        super().__init__(Question(text=""), story.answer, sources)
        self.story = story

    def tell(self, story: Story) -> None:
        """Show what has become of the story."""
        self.story = story
        self.settle(story.answer, self._sources_by_id)
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw headline, how new it is, and what happened."""
        sign = Content.styled("▸ " if self.has_focus else INDENT, "$accent bold")
        headline = self._hanging(sign, Content.styled(shown(self.story.headline), "bold"))
        news = Content.styled(f"{INDENT}{novelty(self.story)}", "$accent" if self.story.new else "$muted")
        return Content("\n").join([headline, news, *self._body()])
