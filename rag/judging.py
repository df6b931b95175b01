"""What the answerer judges of a question: how well each of some paragraphs answers it."""

import math
from collections.abc import Sequence

from models.answer import Evidence
from models.question import Question
from rag.answerer import Answerer
from rag.articles import Articles
from rag.passages import Passage
from rag.prompt import cited_text


class Judging:
    """What the answerer judges of one question: each text is read for it once."""

    def __init__(self, question: Question, answerer: Answerer, articles: Articles) -> None:
        self._question = question
        self._answerer = answerer
        self._articles = articles
        self._odds: dict[str, float] = {}

    def odds(self, passages: Sequence[Passage]) -> float:
        """Give the log-odds that some passages answer the question. Raises ``Stopped``."""
        text = cited_text([(self._articles.article(p.article_id), p) for p in passages])
        if text not in self._odds:
            self._odds[text] = self._answerer.answers_it(self._question.text, text)
        return self._odds[text]

    def each(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Give evidence anew, best first: as its score, the probability that the paragraph answers the question."""
        judged = []
        for found in evidence:
            article = self._articles.article(found.article_id)
            odds = self.odds([self._articles.passages(article)[found.paragraph - 1]])
            judged.append(found.model_copy(update={"score": 1 / (1 + math.exp(-odds))}))
        return sorted(judged, key=lambda found: -found.score)
