"""Prompts: what stands before the question never changes, so that its KV cache serves every question.

An article that fits is given whole, once: instructions, headline, numbered paragraphs. What is asked of the model
comes last. Articles and questions are foreign text: they are tokenised without the markers of the chat format, so that
nothing in them can end a message or begin another.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from models.article import Article
from models.settings import LEAST_CONTEXT_TOKENS
from rag.answerer import Excerpts
from rag.failures import ModelUnusable
from rag.passages import Passage
from rag.probe import Judgement

if TYPE_CHECKING:
    from rag.language_model import LanguageModel

SYSTEM: Final = "You answer questions about a news article, from what the article says and nothing else."
SYSTEM_EVIDENCE: Final = "You answer questions about the news, from the given paragraphs and nothing else."

ANSWER: Final = (
    "Question: {question}\n"
    "Answer in one to three short sentences, using the article's own words, names and figures. "
    "Cover every part of the question."
)

SUMMARISE: Final = (
    "Summarise the article in three to five sentences: who did or said what, when and why, the most important first. "
    "Use the article's own words, names and figures. Write plain sentences, no list and no introduction."
)

BRIEFLY: Final = (
    "Say in one or two sentences what happened: who did what, when and where. "
    "Use the paragraphs' own words, names and figures. Write plain sentences, no list and no introduction."
)

CHECKS: Final = "You check answers."
JUDGED: Final = "Paragraph: {cited}\n\nQuestion: {question}\n"
ANSWERS_IT: Final = "Does this paragraph answer the question? Reply with Yes or No."
"""Asked of what an answer cites alone: whether the paragraph answers it is much clearer to the model than whether the
whole article does (AUC 0.87 and 0.65 on near misses)."""

IS_RIGHT: Final = "Answer: {answer}\nIs this answer right and complete, going by the paragraph? Reply with Yes or No."
"""Asked after the other of an answer that is there: one can be taken from the right paragraph, and be wrong."""

GAP: Final = "\x00"
"""Stands for the foreign text while the chat format is applied; no text that is read can hold it."""

YES: Final = ("Yes", "yes", " Yes")
NO: Final = ("No", "no", " No")

ANSWER_TOKENS: Final = 160
"""Tokens of an answer at the most: three long sentences."""

SUMMARY_TOKENS: Final = 300
"""Tokens of a summary at the most: five long sentences. No check is asked of the model, whose room it takes."""

BRIEF_TOKENS: Final = 110
"""Tokens of a story of the brief at the most: two long sentences."""

TASK_TOKENS: Final = 200
"""Room kept for the question and its instructions; a longer question takes from that of the text."""

QUESTION_TOKENS: Final = 400
"""Tokens of a question that are asked: those of the longest one in English and more; the rest is left out."""

ASIDE_TOKENS: Final = 840
"""Room kept beside what is read: for asking about what an answer cites, and for a closer look at the best evidence with
the answer that it gives. More of either is left out."""

CHECKED_TOKENS: Final = 200
"""Tokens of an answer that is checked: all that the model wrote, and what was put in quotation marks in its place."""

SEAM_TOKENS: Final = 8
"""By how many tokens a text may grow, at the most, when it is put between others."""


Prefix = tuple[int, ...]
"""Tokens that stay the same from question to question: instructions and text."""


class Prompter:
    """Writes prompts in the chat format of a model."""

    def __init__(self, model: "LanguageModel") -> None:
        """Write for a model. Raises ``ModelUnusable`` where its context holds too little."""
        if model.context_tokens < LEAST_CONTEXT_TOKENS:
            raise ModelUnusable(
                f"{model.name} reads no more than {model.context_tokens} tokens; {LEAST_CONTEXT_TOKENS} are needed. "
                "Choose another with: newsreader models use NAME"
            )
        self._model = model
        self._prefixes: dict[str, Prefix] = {}
        self._yes = [model.tokenize(word)[0] for word in YES]
        self._no = [model.tokenize(word)[0] for word in NO]

    def article_prefix(self, article: Article, passages: Sequence[Passage], question: str = "") -> Prefix | None:
        """Give the tokens of the instructions and the whole article; None where it does not fit beside the question."""
        if article.id not in self._prefixes:
            self._prefixes = {article.id: self._prefix(SYSTEM, article_text(article, passages))}
        prefix = self._prefixes[article.id]
        return prefix if len(prefix) <= self._room(question) else None

    def evidence_prefix(self, evidence: Excerpts, question: str) -> Prefix:
        """Give the tokens of the instructions and some paragraphs, by article, cut to what fits beside the question."""
        return self._prefix(SYSTEM_EVIDENCE, excerpts_text(evidence))[: self._room(question)]

    def asked(self, prefix: Prefix, question: str) -> list[int]:
        """Put a question that is to be answered behind a prefix."""
        return self.tokens(prefix, ANSWER.format(question=self._cut(question, QUESTION_TOKENS)))

    def asked_closer(self, evidence: Excerpts, question: str) -> list[int]:
        """Put a question behind a few passages, cut so that the answer, too, has room aside."""
        prefix = self._prefix(SYSTEM_EVIDENCE, excerpts_text(evidence))
        return self.asked(prefix[: ASIDE_TOKENS - ANSWER_TOKENS - len(self.asked((), question))], question)

    def to_summarise(self, prefix: Prefix) -> list[int]:
        """Put the task of a summary behind a prefix."""
        return self.tokens(prefix, SUMMARISE)

    def tokens(self, prefix: Prefix, task: str) -> list[int]:
        """Put a task behind a prefix."""
        _, tail = self._model.chat(SYSTEM, GAP).split(GAP)
        return [*prefix, *self._model.tokenize(task), *self._model.tokenize(tail, special=True)]

    def judge(self, question: str, cited: str, answer: str | None = None) -> Judgement:
        """Ask the model whether some text answers a question, or whether an answer is right by it. Raises ``Stopped``.

        Asked both of the same question and text, one after the other, it reads these once.
        """
        question = self._cut(question, QUESTION_TOKENS)
        task = ANSWERS_IT if answer is None else IS_RIGHT.format(answer=self._cut(answer, CHECKED_TOKENS))
        frame = len(self._judged("", question)) + 2 * SEAM_TOKENS + CHECKED_TOKENS + len(self.tokens((), IS_RIGHT))
        prefix = self._judged(self._cut(cited, ASIDE_TOKENS - frame), question)
        tokens = self.tokens(prefix, task)
        chances, state = self._model.weigh_aside(tokens, [*self._yes, *self._no], prefix=len(prefix))
        yes, no = chances[: len(self._yes)], chances[len(self._yes) :]
        return Judgement(float(np.logaddexp.reduce(yes) - np.logaddexp.reduce(no)), state)

    def _judged(self, cited: str, question: str) -> Prefix:
        return self._prefix(CHECKS, JUDGED.format(cited=cited, question=question))

    def _room(self, question: str) -> int:
        """Give the tokens that are left for what is read, beside a question, its answer and the check of that."""
        task = max(TASK_TOKENS, len(self.asked((), question)))
        return self._model.context_tokens - task - ANSWER_TOKENS - ASIDE_TOKENS

    def _cut(self, text: str, most: int) -> str:
        """Give a text as far as it makes no more than some tokens."""
        tokens = self._model.tokenize(text)
        return text if len(tokens) <= most else self._model.text(tokens[:most])

    def _prefix(self, system: str, text: str) -> Prefix:
        head, _ = self._model.chat(system, GAP).split(GAP)
        return (*self._model.tokenize(head, special=True), *self._model.tokenize(text))


def excerpts_text(excerpts: Excerpts) -> str:
    """Write some passages of some articles as the model reads them."""
    return "\n\n".join(article_text(article, passages) for article, passages in excerpts)


def article_text(article: Article, passages: Sequence[Passage]) -> str:
    """Write an article as the model reads it. It ends on a blank line: its tokens do not depend on what follows."""
    when = f" ({article.published:%d %B %Y})" if article.published else ""
    body = "\n\n".join(f"[{p.number}] {spoken_text(p)}" for p in passages)
    return f"{article.headline}{when}\n\n{body}\n\n"


def spoken_text(passage: Passage) -> str:
    """Write a paragraph with whom its "he said" means in front: a small model does not find that out by itself."""
    who = " and ".join(passage.unnamed_speakers)
    return f"({who} speaking) {passage.text}" if who else passage.text


def cited_text(cited: Sequence[tuple[Article, Passage]]) -> str:
    """Write what an answer cites, each paragraph behind the headline of its article, given once."""
    lines = []
    headline = None
    for article, passage in cited:
        lines.append(
            spoken_text(passage) if article.headline == headline else f"{article.headline}. {spoken_text(passage)}"
        )
        headline = article.headline
    return "\n".join(lines)
