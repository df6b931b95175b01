"""Keeps an answer to the point: a small model that has answered goes on with what stands nearby."""

import itertools
from typing import Final

from models.answer import AnswerSentence
from rag.answering import Settled, passes
from rag.drafting import Draft
from rag.gates import OPENS_ON_PRONOUN

BESIDE_THE_POINT: Final = -1.0
"""Log-odds of answering the question below which what a sentence cites is not what was asked about."""


def to_the_point(question: str, draft: Draft) -> Settled:
    """Leave out what rests on, and what cites, paragraphs that do not answer a question, where others do.

    A sentence stays that says whom the "He" means with which the next one begins.
    Where two things are asked for, this does not do: one of them may rest on a paragraph that does not look like an
    answer to both.
    """
    settled = draft.settled
    sentences = [_citing_what_answers(sentence, question, draft) for sentence in _sentences_that_answer(draft)]
    return settled.only(sentences) if sentences != list(settled.sentences) else settled


def _sentences_that_answer(draft: Draft) -> list[AnswerSentence]:
    sentences = list(draft.settled.sentences)
    cited = [draft.settled.passages_of(sentence) for sentence in sentences]
    if len(set(cited)) < 2:
        return sentences
    odds = [draft.judging.odds(passages) for passages in cited]
    if max(odds) < BESIDE_THE_POINT:
        return sentences
    kept = [answers >= BESIDE_THE_POINT for answers in odds]
    for i in range(len(kept) - 1, 0, -1):  # backwards: the one before may begin with "He" as well
        kept[i - 1] |= kept[i] and OPENS_ON_PRONOUN.match(sentences[i].text) is not None
    return list(itertools.compress(sentences, kept))


def _citing_what_answers(sentence: AnswerSentence, question: str, draft: Draft) -> AnswerSentence:
    """Take from a sentence the citations of what does not answer, if it passes the gates with the others."""
    passages = draft.settled.passages_of(sentence)
    if len(passages) < 2:
        return sentence
    answering = [passage for passage in passages if draft.judging.odds([passage]) >= BESIDE_THE_POINT]
    if len(answering) in (0, len(passages)) or not passes(sentence.text, answering, question, draft.attributor):
        return sentence
    kept = tuple(i for i in sentence.citations if draft.settled.passage_of(i) in answering)
    return sentence.model_copy(update={"citations": kept})
