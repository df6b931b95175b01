"""The sidebar: who and what an article is about, and what each of them said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from library.folding import folded
from models.entity import Entity, EntityType
from tui.foreign import shown
from tui.keys import IN_LIST, IN_NAMES, bindings
from tui.shelf import Shelf, ShelfUnusable
from tui.themes import HUES
from tui.widgets.entity_card import EntityCard, question_about
from tui.widgets.filter_line import FilterLine

SECTIONS: Final = {
    EntityType.PERSON: "People",
    EntityType.ORG: "Organisations",
    EntityType.PLACE: "Places",
    EntityType.SPEAKER: "Others",
}

LISTED: Final = 400
"""Names of a section that are listed: a reader does not look at more, and the list would take seconds to build."""


class NameList(OptionList):
    """The names, by section, each with the number of its mentions at the right edge."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_LIST)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id, markup=False)
        self._entities: tuple[Entity, ...] = ()
        self._row_entities: list[Entity | None] = []

    def show(self, entities: tuple[Entity, ...]) -> None:
        """List the entities, in the order given within each section."""
        self._entities = entities
        self._fill()
        self.action_first()

    @property
    def at_cursor(self) -> Entity | None:
        """The entity that the cursor is on."""
        return None if self.highlighted is None else self._row_entities[self.highlighted]

    def on_resize(self, event: events.Resize) -> None:
        """Align the counts with the new edge."""
        highlighted = self.highlighted
        self._fill()
        self.highlighted = highlighted

    def _fill(self) -> None:
        width = self.scrollable_content_region.width - 2
        self.clear_options()
        self._row_entities = []
        for option, entity in self._made(max(width, 8)):
            self.add_option(option)
            self._row_entities.append(entity)
        if not self._entities:
            self.add_option(Option(Content.styled("No such name here", "$muted"), disabled=True))
            self._row_entities.append(None)

    def _made(self, width: int) -> Iterator[tuple[Option, Entity | None]]:
        for kind, title in SECTIONS.items():
            members = [entity for entity in self._entities if entity.type is kind]
            if not members:
                continue
            if self._row_entities:
                yield Option("", disabled=True), None
            yield Option(_aligned(title, str(len(members)), width, "$accent", bold=True), disabled=True), None
            for entity in members[:LISTED]:
                yield Option(_aligned(shown(entity.name), str(_count(entity)), width)), entity
            if len(members) > LISTED:
                yield Option(Content.styled(f"and {len(members) - LISTED} more", "$muted"), disabled=True), None


class NamesPane(Vertical):
    """The list of names and the card of the one that is chosen. Says what is being done until there are names."""

    @dataclass
    class EntityChosen(Message):
        """The reader wants to see where an entity is mentioned, in a colour of its own."""

        entity: Entity
        hue: int

    filter = query_one(FilterLine)
    names = query_one("#name-list", NameList)
    card = query_one("#card", EntityCard)
    state = query_one("#names-state", Static)

    BINDINGS: ClassVar[list[BindingType]] = bindings(IN_NAMES)
    BORDER_TITLE: ClassVar[str] = "Names"

    def __init__(self, shelf: Shelf, *, id: str) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._shelf = shelf
        self._article_id = ""
        self._entities: tuple[Entity, ...] = ()

    def compose(self) -> ComposeResult:
        """State, filter, list, card."""
        yield Static(id="names-state", markup=False)
        yield FilterLine("f to filter", select_on_focus=False)
        yield NameList(id="name-list")
        yield EntityCard(id="card")

    def on_mount(self) -> None:
        """Nothing is chosen yet."""
        self.card.show(None)
        self.say("")

    def say(self, state: str) -> None:
        """Say what is being done, or why there are no names; an empty text shows the list."""
        self.state.update(Content(state))
        self.state.display = bool(state)
        self.names.display = self.filter.display = not state

    def show(self, article_id: str, entities: tuple[Entity, ...]) -> None:
        """List the entities of an article; whoever the text does not tell has no name to list."""
        self.card.show(None)
        self._article_id = article_id
        self._entities = tuple(entity for entity in entities if not entity.unclear)
        self.filter.value = ""
        self.names.show(self._entities)
        self.say("" if self._entities else "No names were found in this article.")

    @property
    def question(self) -> str | None:
        """A question about the name under the cursor while in the list, else about the one whose card is open."""
        entity = self.names.at_cursor if self.names.has_focus else self.card.entity
        return question_about(entity) if entity else None

    def clear_filter(self) -> None:
        """List all names again."""
        self.filter.value = ""
        self.screen.set_focus(self.names)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        wanted = folded(event.value.strip())
        self.names.show(tuple(entity for entity in self._entities if _goes_by(entity, wanted)))

    @on(Input.Submitted)
    @on(FilterLine.Left)
    def _leave_filter(self, event: Message) -> None:
        event.stop()
        self.screen.set_focus(self.names)

    @on(OptionList.OptionSelected, "#name-list")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if entity := self.names.at_cursor:
            self.card.show(entity, hue := self._hue(entity))
            self.post_message(self.EntityChosen(entity, hue))
            self._list_others(entity)

    @work(group="others", exclusive=True, exit_on_error=False)
    async def _list_others(self, entity: Entity) -> None:
        """Add to the card what else the library knows the entity from."""
        try:
            others = await self._shelf.other_articles(entity, self._article_id)
        except ShelfUnusable as error:
            self.notify(shown(str(error)), severity="warning", markup=False)
            return
        if self.card.entity is entity:
            self.card.list_others(others)

    def _hue(self, entity: Entity) -> int:
        """Choose a colour; those who matter most in a section have different ones."""
        return [other for other in self._entities if other.type is entity.type].index(entity) % HUES


def _aligned(left: str, right: str, width: int, style: str = "", *, bold: bool = False) -> Content:
    """Set a count at the right edge and cut a long name before it."""
    name = Content(left).truncate(max(width - cell_len(right) - 1, 1), ellipsis=True)
    space = " " * max(width - name.cell_length - cell_len(right), 1)
    weight = "bold " if bold else ""
    return Content.assemble((name.plain, f"{weight}{style}".strip()), space, (right, style or "$muted"))


def _goes_by(entity: Entity, wanted: str) -> bool:
    """Tell whether any name of an entity holds some letters."""
    return any(wanted in folded(name) for name in (entity.name, *entity.aliases))


def _count(entity: Entity) -> int:
    """Count what makes an entity matter: mentions, or statements for somebody who is quoted without a name."""
    return len(entity.statements if entity.type is EntityType.SPEAKER else entity.mentions)
