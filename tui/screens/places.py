"""Places in the article: what leads to them, what lights them up, and how one walks from one to the next."""

from textual import on
from textual.getters import query_one

from models.answer import Citation
from tui.foreign import shown
from tui.screens.taking_out import TakingOutScreen
from tui.widgets.answer_view import AnswerView
from tui.widgets.entity_card import EntityCard
from tui.widgets.find_bar import FindBar
from tui.widgets.marks import Place, Trail, find
from tui.widgets.names import NamesPane
from tui.widgets.question_panel import QuestionPanel


class PlacesScreen(TakingOutScreen):
    """A screen on which answers, names and words that are looked for lead into the article."""

    panel = query_one(QuestionPanel)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go where there is a place to go to."""
        match action:
            case _ if not self.is_mounted:
                return True
            case "find":
                return self.open_article is not None
            case "next_mark" | "previous_mark":
                return bool(self.article.trail.places)
            case "next_citation" | "previous_citation":
                return bool(self.panel.at_hand and self.panel.at_hand.citations)
            case _:
                return super().check_action(action, parameters)

    @property
    def _here(self) -> str | None:
        """The article that is open, by its id."""
        return self.open_article.id if self.open_article else None

    # --- what a question and its answer rest on ---

    @on(QuestionPanel.Lit)
    def _light_evidence(self, event: QuestionPanel.Lit) -> None:
        numbers = frozenset(number for article_id, number in event.places if article_id == self._here)
        self.article.mark_evidence(numbers)

    @on(AnswerView.CitationChosen)
    def _show_citation(self, event: AnswerView.CitationChosen) -> None:
        self._go_to_citation(event.citation)

    def _go_to_citation(self, citation: Citation) -> None:
        if citation.article_id == self._here:
            self.cite(Place.of(citation))
        else:
            self.library.open(citation.article_id, Place.of(citation))

    def cite(self, *places: Place) -> None:
        """Light up words, and go to the first of them."""
        self.close_overlays()
        self.article.cite(*places)
        self.refresh_bindings()

    def action_next_citation(self) -> None:
        """Go to the next place that the answer rests on."""
        self._step_citation(1)

    def action_previous_citation(self) -> None:
        """Go to the place before."""
        self._step_citation(-1)

    def _step_citation(self, by: int) -> None:
        if (view := self.panel.at_hand) and view.citations:
            citation = view.citations[view.current]
            there = (self._here, self.article.cited) == (citation.article_id, (Place.of(citation),))
            self._go_to_citation(view.mark(view.current + by if there else view.current))

    # --- names, and what they said ---

    @on(NamesPane.EntityChosen)
    def _show_mentions(self, event: NamesPane.EntityChosen) -> None:
        self.finder.close()
        named = event.entity.mentions or event.entity.statements
        self.article.walk(Trail.of(shown(event.entity.name), map(Place.of, named), event.hue))

    @on(EntityCard.StatementChosen)
    def _show_statement(self, event: EntityCard.StatementChosen) -> None:
        self.cite(Place.of(event.statement))

    # --- finding ---

    def action_find(self) -> None:
        """Ask what to find."""
        self.close_overlays()
        self.finder.ask()

    @on(FindBar.Typed)
    def _find(self, event: FindBar.Typed) -> None:
        if self.open_article is not None:
            self.article.walk(find(self.open_article, event.words))

    @on(FindBar.Accepted)
    def _found(self) -> None:
        self.set_focus(self.article)

    def show_trail(self, trail: Trail) -> None:
        """Say where on a trail the reader is."""
        self.finder.show(trail)
        self.refresh_bindings()

    def action_next_mark(self) -> None:
        """Go to the next place lit up."""
        self.close_overlays()
        self.article.step(1)

    def action_previous_mark(self) -> None:
        """Go to the place before."""
        self.close_overlays()
        self.article.step(-1)
