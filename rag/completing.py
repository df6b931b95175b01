"""Completes the answer to a question of several parts: a small model often answers one, and goes on with what is near.

A part is left open where nothing that the answer cites answers it, as the model judges each paragraph. It is then asked
by itself, and answered from the paragraphs that do.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from models.answer import AnswerSentence
from models.question import Question
from rag.answerability import MOST_DOUBT
from rag.answering import Settled
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
from rag.to_the_point import to_the_point

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
        """Give an answer with what it leaves open of the parts of its question, in their order. Raises ``Stopped``.

        Where all parts were open and are answered, it gives way as a whole, however little it was doubted: it rests on
        what answers none of them.
        """
        judgings = [Judging(part, self._engines, self._articles) for part in parts]
        additions = [
            None if _is_answered(judging, settled) else self._answer_to(part, judging, settled, listener)
            for part, judging in zip(parts, judgings, strict=True)
        ]
        others = {i: judgings[i] for i, addition in enumerate(additions) if addition is None}
        if len(others) == len(parts):
            return settled
        kept = _kept_for(others, settled)
        return Settled.joined([added or settled.only(kept[i]) for i, added in enumerate(additions)])

    def _answer_to(self, part: Question, judging: Judging, settled: Settled, listener: Listener) -> Settled | None:
        """Answer a part from paragraphs that were not cited yet; None where none answers it, or it is doubtful."""
        listener.working(Step.LOOKING_CLOSER)
        cited = {(passage.article_id, passage.number) for passage in settled.cited}
        found = self._researcher.found(part, listener)
        near = [e for rank, e in enumerate(found) if rank < JUDGED_PASSAGES or (e.article_id, e.paragraph) in cited]
        judged = judging.each(near)
        if not is_worth_answering(judged) or (judged[0].article_id, judged[0].paragraph) in cited:
            return None
        text = answer_from_best(self._engines, self._articles, part.text, judged)
        passages = self._articles.passages(self._articles.article(judged[0].article_id))
        scores = {(e.article_id, e.paragraph): e.score for e in found}
        attributor = Attributor(passages, remembered(self._articles.similarity), scores, part.text)
        draft = self._drafter.checked(part, text, attributor.knowing(judged), judging)
        if draft.doubt > MOST_DOUBT or draft.verbatim or draft.signals.model_declines:
            return None
        pointed = to_the_point(part.text, draft)
        return pointed.only(pointed.sentences[:MOST_SENTENCES])


def _is_answered(judging: Judging, settled: Settled) -> bool:
    return any(judging.odds([passage]) >= ANSWERS for passage in settled.cited)


def _kept_for(judgings: Mapping[int, Judging], settled: Settled) -> Mapping[int, Sequence[AnswerSentence]]:
    """Give the sentences of an answer by the part that what they rest on answers best, as its judging tells.

    Those that rest on what answers none were written for another part, and are left out, unless that were all of them.
    """

    def odds(sentence: AnswerSentence, part: int) -> float:
        return max(judgings[part].odds([passage]) for passage in settled.passages_of(sentence))

    best = {s: max(judgings, key=lambda part: odds(s, part)) for s in settled.sentences} if judgings else {}
    near = [sentence for sentence, part in best.items() if odds(sentence, part) >= FAR_FROM_IT]
    return {part: [sentence for sentence in near or best if best[sentence] == part] for part in judgings}
