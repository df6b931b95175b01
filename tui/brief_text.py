"""A brief as plain text, and as JSON objects."""

from collections.abc import Mapping

from models.article import Article
from models.brief import Brief, Story
from tui.counting import counted
from tui.foreign import shown
from tui.plain_output import answer_text


def heading(brief: Brief) -> str:
    """Say which days it is about, and how much there is."""
    first = "" if brief.since == brief.until else f"{brief.since:%-d %B %Y} to "
    events = "1 story" if len(brief.stories) == 1 else f"{len(brief.stories)} stories"
    return f"{first}{brief.until:%-d %B %Y}: {counted(len(brief.article_ids), 'article')}, {events}"


def novelty(story: Story) -> str:
    """Say how many reports there are of a story, and how many of them no earlier brief had."""
    reports = len(story.article_ids)
    if not story.new:
        return f"{counted(reports, 'report')}, nothing new"
    return f"{counted(reports, 'report')}, {'new' if story.new == reports else f'{story.new} of them new'}"


def story_text(story: Story, articles: Mapping[str, Article]) -> str:
    """Give a story: its headline, what happened, and what that rests on."""
    return f"{shown(story.headline)}  ({novelty(story)})\n{answer_text(story.answer, articles, scope=None)}"


def record(story: Story, articles: Mapping[str, Article]) -> dict[str, object]:
    """Give a story as a JSON object."""
    kept = [articles[one] for one in story.article_ids if one in articles]
    return {
        "headline": story.headline,
        "new": story.new,
        "reports": [article.model_dump(mode="json", include={"id", "headline", "published"}) for article in kept],
        "summary": story.answer.text,
        "citations": [citation.model_dump(mode="json") for citation in story.answer.citations],
    }
