"""Completes the answer to a question of two parts: a small model often answers one, and goes on with what is near.

A part is left open where nothing that the answer cites answers it, as the model judges each paragraph. It is then asked
by itself, and answered from the paragraphs that do.
"""

from typing import Final

from models.question import Question
from rag.answering import NOTHING, Settled, settle
from rag.articles import Articles, remembered
from rag.attribution import Attributor
from rag.closer_look import JUDGED_PASSAGES, answer_from_best, is_worth_answering
from rag.engines import Engines
from rag.judging import Judging
from rag.listener import Listener
from rag.messages import Step
from rag.question_parts import parts_of
from rag.researcher import Researcher

ANSWERS: Final = 0.0
"""Log-odds from which on a paragraph rather answers a part than not."""

ELSEWHERE: Final = -3.0
"""Log-odds of answering the other part below which a sentence was meant for the one that was left open."""


class Completer:
    """Completes answers about one article."""

    def __init__(self, engines: Engines, articles: Articles, researcher: Researcher) -> None:
        self._engines = engines
        self._articles = articles
        self._researcher = researcher

    def parts(self, question: Question) -> tuple[Question, ...]:
        """Take a question about an article apart; one that asks for a single thing is its only part."""
        if question.article_id is None:
            return (question,)
        entities = self._articles.entities(self._articles.article(question.article_id))
        return tuple(question.model_copy(update={"text": text}) for text in parts_of(question.text, entities))

    def complete(self, question: Question, settled: Settled, listener: Listener) -> Settled:
        """Give an answer with what it leaves open of a question, in the order asked. Raises ``Stopped``."""
        parts = self.parts(question)
        if len(parts) == 1:
            return settled
        judgings = [Judging(part, self._engines, self._articles) for part in parts]
        added = [
            NOTHING if self._is_answered(judging, settled) else self._answered(part, judging, settled, listener)
            for part, judging in zip(parts, judgings, strict=True)
        ]
        others = [judging for judging, addition in zip(judgings, added, strict=True) if not addition.sentences]
        if len(others) == len(parts):
            return settled
        kept = _resting_on_an_answer(settled, others) if others else NOTHING
        pieces = [addition if addition.sentences else kept for addition in added]
        return Settled.joined(pieces)

    def _is_answered(self, judging: Judging, settled: Settled) -> bool:
        return any(judging.odds([passage]) >= ANSWERS for passage in settled.cited)

    def _answered(self, part: Question, judging: Judging, settled: Settled, listener: Listener) -> Settled:
        """Answer a part from paragraphs that were not cited yet; nothing where none of them answers it."""
        listener.working(Step.LOOKING_CLOSER)
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
        return settle(text, part.text, attributor.knowing({(e.article_id, e.paragraph): e.score for e in judged}))


def _resting_on_an_answer(settled: Settled, judgings: list[Judging]) -> Settled:
    """Give an answer without the sentences that rest on what answers none of some parts, unless that were all of it."""
    kept = [
        sentence
        for sentence in settled.sentences
        if any(j.odds([passage]) >= ELSEWHERE for j in judgings for passage in settled.passages_of(sentence))
    ]
    return settled.only(kept) if kept else settled
