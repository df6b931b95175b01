"""What the answerer judges of a question: how well some paragraphs answer it, and whether an answer is right."""

import math
from collections.abc import Sequence

from models.answer import Evidence
from models.question import Question
from rag.articles import Articles
from rag.engines import Engines
from rag.passages import Passage
from rag.prompt import cited_text


class Judging:
    """What the answerer judges of one question: each text is read for it once."""

    def __init__(self, question: Question, engines: Engines, articles: Articles) -> None:
        self._question = question
        self._engines = engines  # the answerer is loaded when it is first asked for
        self._articles = articles
        self._odds: dict[str, float] = {}

    def odds(self, passages: Sequence[Passage]) -> float:
        """Give the log-odds that some passages answer the question. Raises ``Stopped``."""
        text = self._text(passages)
        if text not in self._odds:
            self._odds[text] = self._engines.answerer.answers_it(self._question.text, text)
        return self._odds[text]

    def rightness(self, answer: str, passages: Sequence[Passage]) -> float:
        """Give the log-odds that an answer is right by the passages that it cites. Raises ``Stopped``."""
        return self._engines.answerer.is_right(self._question.text, self._text(passages), answer)

    def each(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Give evidence anew, best first: as its score, the probability that the paragraph answers the question."""
        judged = []
        for found in evidence:
            article = self._articles.article(found.article_id)
            odds = self.odds([self._articles.passages(article)[found.paragraph - 1]])
            judged.append(found.model_copy(update={"score": 1 / (1 + math.exp(-odds))}))
        return sorted(judged, key=lambda found: -found.score)

    def _text(self, passages: Sequence[Passage]) -> str:
        return cited_text([(self._articles.article(p.article_id), p) for p in passages])
