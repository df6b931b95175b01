"""The card of an entity: how it is named and described, what it said, and what to ask about it."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from models.article import ArticleSummary
from models.entity import Entity, EntityType, Statement
from tui.foreign import shown
from tui.keys import IN_LIST, bindings
from tui.naming import brief_date


class EntityCard(OptionList):
    """What the article says of one entity: role, other names, and its statements, each one key from its place."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_LIST)

    @dataclass
    class StatementChosen(Message):
        """The reader wants to see where somebody said something."""

        statement: Statement

    @dataclass
    class QuestionChosen(Message):
        """The reader wants to ask about the entity."""

        question: str

    @dataclass
    class ArticleChosen(Message):
        """The reader wants to see another article that the entity is in."""

        article_id: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id, markup=False)
        self.entity: Entity | None = None
        self._targets: list[str | Statement | ArticleSummary | None] = []
        """What each row leads to: a question, a statement, an article, or nothing."""

    def show(self, entity: Entity | None, hue: int = 0) -> None:
        """Show an entity, its name as it is lit up in the article, or fold away."""
        self.entity = entity
        self.display = entity is not None
        self.clear_options()
        self._targets = []
        if entity is None:
            return
        self._add(_about(entity, hue), None)
        question = question_about(entity)
        self._add(Content.assemble(("A ", "bold $accent"), question), question)
        for statement in entity.statements:
            self._add(_said(statement), statement)
        # The statements are what the reader comes for; the question has a key of its own.
        self.highlighted = len(self._targets) - max(len(entity.statements), 1)

    def list_others(self, articles: list[ArticleSummary]) -> None:
        """Add the other articles that the entity is in."""
        if articles:
            self._add(Content.styled("\nAlso in", "bold $accent"), None)
        for article in articles:
            self._add(_entry(article), article)

    def _add(self, row: Content, target: str | Statement | ArticleSummary | None) -> None:
        self.add_option(Option(row, disabled=target is None))
        self._targets.append(target)

    @on(OptionList.OptionHighlighted)
    def _show_top(self, event: OptionList.OptionHighlighted) -> None:
        """Keep what stands above the first row that can be chosen in sight with it."""
        event.stop()
        if event.option_index <= 1:
            self.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        match self._targets[event.option_index]:
            case Statement() as statement:
                self.post_message(self.StatementChosen(statement))
            case ArticleSummary(id=article_id):
                self.post_message(self.ArticleChosen(article_id))
            case str() as question:
                self.post_message(self.QuestionChosen(question))


def question_about(entity: Entity) -> str:
    """Give a question about an entity for the reader to begin with."""
    name = shown(entity.name)
    said = entity.statements or entity.type is EntityType.PERSON
    return f"What did {name} say?" if said else f"What does the article say about {name}?"


def _about(entity: Entity, hue: int) -> Content:
    lines = [Content.styled(shown(entity.name), f"bold underline on $hue-{hue}-soft")]
    if entity.role:
        lines.append(Content(shown(entity.role)))
    if aliases := [alias for alias in entity.aliases if alias != entity.name]:
        lines.append(Content.styled("also " + ", ".join(shown(alias) for alias in aliases), "$muted"))
    counts = [_counted(len(entity.mentions), "mention"), _counted(len(entity.statements), "statement")]
    lines.append(Content.styled(", ".join(filter(None, counts)), "$muted"))
    return Content("\n").join([*lines, Content()])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}" if number else ""


def _said(statement: Statement) -> Content:
    return Content.assemble(
        (f"{statement.paragraph} ", "$accent"), (f"{shown(statement.cue)}: ", "$muted"), shown(statement.text)
    )


def _entry(article: ArticleSummary) -> Content:
    return Content.assemble((f"{brief_date(article.published)} ", "$muted"), shown(article.headline))
