"""What a cue word introduces, and who is its subject, by the grammar of the sentence."""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from entities.cues import CLAUSE_VERBS, CUE_NOUNS, INFINITIVE_VERBS, LIGHT_VERBS, OBJECT_VERBS, PREPOSITIONS

SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj", "expl")

CLIMBS: Final = ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "aux", "dep", "parataxis")
"""How a verb without a subject hangs on the one whose subject it shares."""

HIGHEST_CLIMB: Final = 8

OBJECT_PREPOSITIONS: Final = ("of", "for", "as")
"""What belongs to an object that is spoken of: "accused him of lying"."""

SMALL_CLAUSE_VERBS: Final = ("call", "describe")
"""Verbs whose object may be a pronoun, since what is said comes after it: "called it a menu"."""

DOCUMENTS: Final = frozenset("letter statement tweet email post memo message speech note remark petition".split())
"""What somebody says something in: "sent a letter urging ..."."""

OBJECT_WORDS: Final = 3
"""Words of an object at the least; below, it names a thing rather than tells what is said."""


def is_cue(token: Token) -> bool:
    """Tell whether a verb can introduce what somebody says."""
    lemma = token.lemma_.lower()
    return token.pos_ in ("VERB", "AUX") and (
        lemma in CLAUSE_VERBS or lemma in INFINITIVE_VERBS or lemma in OBJECT_VERBS or lemma in PREPOSITIONS
    )


def content_of(cue: Token) -> Iterator[list[Token]]:
    """Give the words that a cue introduces: those of a clause, an infinitive, an object or a prepositional object."""
    if cue.pos_ in ("VERB", "AUX"):
        found = _clause(cue) or _object(cue) or _prepositional(cue)
    elif cue.pos_ == "NOUN" and cue.lemma_.lower() in CUE_NOUNS and source_of(cue) is not None:
        found = _noun_complement(cue)
    else:
        found = None
    if found:
        yield _cut(found, cue)


def _between(first: Token, last: Token) -> list[Token]:
    return list(first.doc[first.i : last.i + 1])


def _clause(cue: Token) -> list[Token] | None:
    lemma = cue.lemma_.lower()
    for clause in cue.children:
        if clause.dep_ not in ("ccomp", "xcomp") or not _allows(lemma, clause):
            continue
        if clause.i < cue.i and (aside := _own_clause(cue, clause)) is not None:
            return aside or None
        return _between(clause.left_edge, clause.right_edge)
    if lemma in CLAUSE_VERBS and (host := _interrupted(cue)) is not None:
        return _between(host.left_edge, host.right_edge)
    return None


def _allows(lemma: str, clause: Token) -> bool:
    if _is_infinitive(clause):
        return lemma in INFINITIVE_VERBS or lemma in ("claim", "say")
    return lemma in CLAUSE_VERBS or (lemma in INFINITIVE_VERBS | OBJECT_VERBS and clause.dep_ == "ccomp")


def _is_infinitive(clause: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def _own_clause(cue: Token, clause: Token) -> list[Token] | None:
    """Give what follows a cue where the clause before it is not what it introduces, None where it is.

    "They studied the sites, and an official said there had been talks": the grammar takes the first half for what
    the official said.
    """
    doc = cue.doc
    between = doc[clause.right_edge.i + 1 : cue.i]
    apart = any(t.text in (":", ";") for t in between)
    joined = any(t.dep_ == "cc" and t.head.i <= clause.i for t in doc[clause.i : cue.i]) and not apart
    ends = [t for t in doc[clause.i : cue.i] if t.dep_ == "cc" and t.lower_ in ("and", "but", "while")]
    if not apart and not (joined and ends and ends[-1].i >= clause.right_edge.i - 1):
        return None
    rest = _between(doc[cue.i + 1], cue.sent[-1]) if cue.i + 1 < cue.sent.end else []
    return rest if any(t.pos_ in ("VERB", "AUX") for t in rest) else []


def _interrupted(cue: Token) -> Token | None:
    """Give the head of the clause into which "he said" is put between commas."""
    if cue.dep_ not in ("parataxis", "ccomp", "advcl", "dep") or cue.head.pos_ not in ("VERB", "AUX"):
        return None
    subject = next((c for c in cue.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    doc = cue.doc
    left, right = min(cue.i, subject.left_edge.i) - 1, max(cue.right_edge.i, subject.right_edge.i) + 1
    opened = left < 0 or doc[left].text in (",", "-", "--", '"')
    closed = right >= len(doc) or doc[right].text in (",", ".", "-", "--")
    return cue.head if opened and closed else None


def _object(cue: Token) -> list[Token] | None:
    lemma = cue.lemma_.lower()
    objects = [c for c in cue.children if c.dep_ in ("dobj", "oprd")]
    if not objects or not ((lemma in OBJECT_VERBS and objects[0].pos_ != "PRON") or lemma in SMALL_CLAUSE_VERBS):
        return None
    last = max((o.right_edge for o in objects), key=lambda t: t.i)
    for prep in cue.children:
        if prep.dep_ == "prep" and prep.lower_ in OBJECT_PREPOSITIONS and prep.i > last.i:
            last = prep.right_edge
    words = _before_dash(_between(objects[0].left_edge, last))
    return words if len(words) >= OBJECT_WORDS else None


def _before_dash(words: list[Token]) -> list[Token]:
    """End an object before what a dash adds to it, unless another dash closes that."""
    dashes = [n for n, token in enumerate(words) if token.text in ("-", "--", "–", "—", "―") and token.whitespace_]
    return words[: dashes[0]] if len(dashes) == 1 else words


def _prepositional(cue: Token) -> list[Token] | None:
    allowed = PREPOSITIONS.get(cue.lemma_.lower(), "").split()
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in allowed and child.i + 1 < len(child.doc):
            words = _between(child.nbor(1), child.right_edge)
            return words if len(words) >= OBJECT_WORDS else None
        if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in allowed for c in child.children):
            return [
                t for t in _between(child.left_edge, child.right_edge) if t.lower_ not in allowed or t.head != child
            ]
    return None


def _noun_complement(cue: Token) -> list[Token] | None:
    for child in cue.children:
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        if child.i > cue.i and child.dep_ in ("acl", "ccomp", "relcl") and (marked or _is_infinitive(child)):
            return _between(child.left_edge, child.right_edge)
    return None


def _cut(words: list[Token], cue: Token) -> list[Token]:
    """End a content before the next cue of the same sentence: "said that he ..., and accused her of ..."."""
    inside = {token.i for token in words}
    if cue.i in inside:
        relative = words[0].tag_ in ("WDT", "WP")
        return [t for t in words if t.i > cue.i] if relative else words
    for token in words:
        if token.i <= words[0].i + 1 or not is_cue(token) or not (token.dep_ == "conj" and token.head.i in inside):
            continue
        joint = _joint(token)
        if joint is not None and joint.i > words[0].i and coordinated(token, cue):
            return [t for t in words if t.i < joint.i]
    return words


def _joint(verb: Token) -> Token | None:
    """Give the "and" or "but" that joins a verb to what stands before it."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    begin = subject.left_edge.i if subject is not None else verb.i
    for i in range(begin - 1, max(begin - 4, -1), -1):
        token = verb.doc[i]
        if token.lower_ in ("and", "but", "or", "while"):
            return token
        if token.pos_ not in ("ADV", "AUX", "PUNCT", "PART"):
            return None
    return None


def coordinated(verb: Token, cue: Token) -> bool:
    """Tell whether a cue is joined to an earlier one though the grammar joined it to a verb of what that one says."""
    if verb.tag_ != cue.tag_ or (joint := _joint(verb)) is None:
        return False
    comma = joint.i > 0 and joint.nbor(-1).text in (",", '"')
    if any(c.dep_ in SUBJECTS for c in verb.children):
        return comma
    follows = verb.i + 1 < len(verb.doc) and verb.nbor(1).text in (",", ":", '"')
    that = any(c.dep_ == "ccomp" and any(m.dep_ == "mark" for m in c.children) for c in verb.children)
    return comma or that or follows or verb.head.tag_ != verb.tag_


def source_of(cue: Token) -> Token | None:
    """Give the word that stands for who speaks: the head of the subject, the possessor, the agent of a passive."""
    if cue.pos_ == "NOUN":
        return _source_of_noun(cue)
    token, climbed = cue, False
    for _ in range(HIGHEST_CLIMB):
        if (agent := _agent(token)) is not None and not climbed:
            return agent
        subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            return _antecedent(subject, token) if subject.dep_ == "nsubj" or climbed else None
        if token.dep_ == "acl" and token.head.lemma_.lower() in DOCUMENTS:
            owner = next((c for c in token.head.children if c.dep_ == "poss"), None)
            if owner is not None:
                return owner
            token, climbed = _verb_above(token.head), True
            continue
        if token.dep_ in ("acl", "relcl"):
            return token.head
        if (earlier := _earlier_cue(token)) is not None:
            token, climbed = earlier, True
            continue
        if token.dep_ not in CLIMBS or token.head == token or (token.tag_ == "VBN" and token.dep_ == "advcl"):
            return None
        token, climbed = token.head, True
    return None


def _verb_above(noun: Token) -> Token:
    """Give the verb whose object, near or far, a noun is."""
    return next((a for a in noun.ancestors if a.pos_ == "VERB"), noun)


def _earlier_cue(verb: Token) -> Token | None:
    """Give the cue within whose content a verb stands, but to which it is joined."""
    if verb.dep_ != "conj" or not is_cue(verb):
        return None
    earlier = [a for a in verb.ancestors if a != verb.head and a.i < verb.i and a.tag_ == verb.tag_]
    cue = next((a for a in earlier if is_cue(a) and coordinated(verb, a)), None)
    if cue is not None or verb.head.tag_ not in ("VB", "VBG", "VBN"):
        return cue
    return earlier[0] if earlier else None


def _source_of_noun(cue: Token) -> Token | None:
    owner = next((c for c in cue.children if c.dep_ == "poss"), None)
    if owner is None and cue.dep_ == "dobj" and cue.head.lemma_ in LIGHT_VERBS:
        return source_of(cue.head)
    return owner


def _agent(verb: Token) -> Token | None:
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None


def _antecedent(subject: Token, verb: Token) -> Token:
    """Give the noun that a relative pronoun stands for."""
    if subject.tag_ not in ("WP", "WDT") and not (subject.lower_ == "that" and verb.dep_ == "relcl"):
        return subject
    while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head != verb:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else subject
