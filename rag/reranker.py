"""The reranker: what is known of an article's people moves paragraphs up that words and vectors alone leave behind.

"What did Lavrov demand?" wants paragraphs in which Lavrov speaks, also as "he"; "Who said ...?" those in which anybody
does. Both are known from the entities of the article.
"""

from collections.abc import Sequence
from typing import Final

from models.answer import Evidence
from rag.passages import Passage, Rarity, without_links
from rag.question_type import Asks, asks, of_speech
from rag.words import content_stems

COVER_WEIGHT: Final = 0.3
"""Share of the question's words that a paragraph holds, its resolved names among them; the retriever has the rest.

Measured in docs/quality.md, as are the two below.
"""

SPEAKS: Final = 0.2
"""Added where the question is about what somebody said, and a person that it names speaks in the paragraph."""

ANYBODY_SPEAKS: Final = 0.1
"""Added where the question asks who said something, and somebody speaks in the paragraph."""


def rerank(question: str, passages: Sequence[Passage], found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Give the paragraphs of one article in a better order than the retriever's; ``found`` is what it gave.

    Links to other articles are left out.
    """
    passages = without_links(passages)
    rarity = Rarity(passages)
    asked = frozenset(content_stems(question))
    whole = rarity.total(asked) or 1.0
    speech, who_said = of_speech(question), asks(question) is Asks.SPEAKER
    scores = {evidence.paragraph: evidence.score for evidence in found}

    def score(passage: Passage) -> float:
        cover = rarity.total(asked & passage.words) / whole
        speaks = speech and bool(asked & passage.speaker_stems)
        anybody = who_said and bool(passage.speakers)
        fused = (1 - COVER_WEIGHT) * scores.get(passage.number, 0.0) + COVER_WEIGHT * cover
        return fused + SPEAKS * speaks + ANYBODY_SPEAKS * anybody

    ranked = sorted(((score(passage), passage) for passage in passages), key=lambda s: (-s[0], s[1].number))
    return tuple(
        Evidence(article_id=passage.article_id, paragraph=passage.number, score=min(round(score, 4), 1.0))
        for score, passage in ranked
    )
