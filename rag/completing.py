"""Completes the answer to a question of several parts: a small model often answers one, and goes on with what is near.

A part is left open where nothing that the answer cites answers it, as the model judges each paragraph. It is then asked
by itself, and answered from the paragraphs that do.
"""

from collections.abc import Sequence
from typing import Final

from models.question import Question
from rag.answerability import MOST_DOUBT
from rag.answering import NOTHING, Settled
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.closer_look import JUDGED_PASSAGES, answer_from_best, is_worth_answering
from rag.drafting import Drafter
from rag.engines import Engines
from rag.judging import Judging
from rag.listener import Listener
from rag.messages import Step
from rag.question_parts import parts_of
from rag.researcher import Researcher

ANSWERS: Final = 0.0
"""Log-odds from which on a paragraph rather answers a part than not."""

FAR_FROM_IT: Final = -3.0
"""Log-odds of answering any other part below which a sentence was meant for the one that it left open."""

MOST_SENTENCES: Final = 2
"""Sentences by which an answer is completed: it has up to three already."""


class Completer:
    """Completes answers about one article."""

    def __init__(self, engines: Engines, articles: Articles, researcher: Researcher, drafter: Drafter) -> None:
        self._engines = engines
        self._articles = articles
        self._researcher = researcher
        self._drafter = drafter

    def parts(self, question: Question) -> tuple[Question, ...]:
        """Take a question about an article apart; one that asks for a single thing is its only part."""
        entities = self._articles.entities(self._articles.article(question.article_id or ""))
        return tuple(question.model_copy(update={"text": text}) for text in parts_of(question.text, entities))

    def complete(self, parts: Sequence[Question], settled: Settled, listener: Listener) -> Settled:
        """Give an answer with what it leaves open of the parts of its question, in their order. Raises ``Stopped``."""
        listener.working(Step.LOOKING_CLOSER)
        judgings = [Judging(part, self._engines, self._articles) for part in parts]
        additions = [
            NOTHING if _is_answered(judging, settled) else self._answer_to(part, judging, settled, listener)
            for part, judging in zip(parts, judgings, strict=True)
        ]
        others = [judging for judging, added in zip(judgings, additions, strict=True) if not added.sentences]
        if len(others) == len(parts):
            return settled
        kept = _without_what_stood_for_it(settled, others) if others else NOTHING
        return Settled.joined([added if added.sentences else kept for added in additions])

    def _answer_to(self, part: Question, judging: Judging, settled: Settled, listener: Listener) -> Settled:
        """Answer a part from paragraphs that were not cited yet; nothing where none answers it, or it is doubtful."""
        cited = {(passage.article_id, passage.number) for passage in settled.cited}
        found = self._researcher.found(part, listener)
        near = [e for rank, e in enumerate(found) if rank < JUDGED_PASSAGES or (e.article_id, e.paragraph) in cited]
        judged = judging.each(near)
        if not is_worth_answering(judged) or (judged[0].article_id, judged[0].paragraph) in cited:
            return NOTHING
        text = answer_from_best(self._engines, self._articles, part.text, judged)
        passages = self._articles.passages(self._articles.article(judged[0].article_id))
        scores = {(e.article_id, e.paragraph): e.score for e in found}
        attributor = Attributor(passages, remembered(self._articles.similarity), scores, part.text)
        draft = self._drafter.checked(part, text, attributor.knowing(judged), judging)
        if draft.doubt > MOST_DOUBT or draft.verbatim or draft.signals.model_declines:
            return NOTHING
        return draft.settled.only(draft.settled.sentences[:MOST_SENTENCES])


def _is_answered(judging: Judging, settled: Settled) -> bool:
    return any(judging.odds([passage]) >= ANSWERS for passage in settled.cited)


def _without_what_stood_for_it(settled: Settled, judgings: Sequence[Judging]) -> Settled:
    """Give an answer without the sentences that rest on what answers none of some parts, unless that were all of it."""
    kept = [
        sentence
        for sentence in settled.sentences
        if any(j.odds([passage]) >= FAR_FROM_IT for j in judgings for passage in settled.passages_of(sentence))
    ]
    return settled.only(kept) if kept else settled
