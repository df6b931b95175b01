"""What the article says somebody is: "Russian Foreign Minister", "the editor of International Policy"."""

import re
from typing import Final

from spacy.tokens import Span, Token

from entities.lexicon import HONORIFICS, ROLE_NOUNS, TITLES

LONGEST: Final = 14
"""Words of a role at the most; what is longer is a clause that the grammar took for one."""

SPELT_OUT: Final = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel",
    "lt": "lieutenant", "capt": "captain", "prof": "professor", "adm": "admiral", "maj": "major", "sgt": "sergeant",
    "rev": "reverend",
}  # fmt: skip
"""Titles and the words by which the article may name their bearers again."""


def role_of(name: Span) -> str | None:
    """Give the role that stands around one mention of a person, as the article words it."""
    return _before(name) or _after(name)


def _before(name: Span) -> str | None:
    doc, start = name.doc, name.start
    begin = start
    while begin > name.sent.start and start - begin < LONGEST and _may_belong(doc[begin - 1]):
        begin -= 1
    while begin < start and (doc[begin].is_punct or doc[begin].lower_ in ("the", "a", "an", "of", "and", "'s")):
        begin += 1
    for i in range(begin + 1, start - 1):
        if doc[i].lower_ == "of" and doc[i + 1].lower_ in TITLES and doc[i + 1].text[0].isupper():
            begin = i + 1
    if start > begin and doc[start - 1].text[0].isupper():
        # Before a capitalised title, a plain noun belongs to something else: "at the same time Foreign Minister ...".
        begin = max([begin, *(t.i + 1 for t in doc[begin:start] if t.pos_ == "NOUN" and t.text[0].islower())])
    words = doc[begin:start]
    while len(words) and words[0].lower_ in ("same", "then", "the", "-", "of", "contact"):
        words = words[1:]
    while len(words) and words[-1].lower_ in ("of", "-"):
        words = words[:-1]
    if not any(t.lower_ in ROLE_NOUNS and t.lower_ not in HONORIFICS for t in words[-2:]):
        return None
    return words.text


def _may_belong(token: Token) -> bool:
    if token.lower_ in HONORIFICS or (token.is_punct and token.text not in ("-",)):
        return False
    if token.pos_ == "NUM" and token.nbor(1).text == "-":  # "four-time champion"
        return True
    return token.pos_ in ("PROPN", "NOUN", "ADJ") or token.lower_ in ("of", "-", "the") or token.lower_ in TITLES


def _after(name: Span) -> str | None:
    for child in name.root.children:
        if child.dep_ == "appos" and child.i >= name.end and child.lemma_.lower() in ROLE_NOUNS:
            end = child.right_edge.i + 1
            words = name.doc[child.left_edge.i : end]
            return _cut(words)
    return None


def _cut(words: Span) -> str | None:
    """End a role where a clause begins: "a doctor, who ..."."""
    for token in words:
        if token.text in (",", ";", "(", "-", "--") or token.lower_ in ("who", "which", "whose"):
            words = words.doc[words.start : token.i]
            break
    while len(words) and words[0].lower_ in ("the", "a", "an"):
        words = words[1:]
    # "Carl, his mother, ..." is a list; what stands in quotation marks is a title.
    if any(token.is_quote for token in words) or (len(words) and words[0].tag_ == "PRP$"):
        return None
    return words.text if 0 < len(words) <= LONGEST else None


def role_words(role: str) -> frozenset[str]:
    """Give the words of a role in the form in which a description may repeat them."""
    words = re.findall(r"[^\W_]+", role.casefold())
    return frozenset(SPELT_OUT.get(word, word) for word in words)
