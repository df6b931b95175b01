"""Tells who speaks: resolves names, pronouns and descriptions to those whom the article names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from spacy.tokens import Span, Token

from entities.descriptions import (
    SAME_ROLE,
    SPOKESPEOPLE,
    VOICE_PREPOSITIONS,
    VOICE_ROLES,
    VOICES,
    Described,
    can_speak,
    is_female_noun,
)
from entities.given_names import is_female
from entities.grammar import SUBJECTS
from entities.lexicon import COMPANIES, FEMALE_TITLES, MALE_TITLES, ORG_NOUNS, ROLE_NOUNS
from entities.link import Cluster
from entities.parsing import ParsedArticle
from entities.quotes import Quote, find_quotes, inside
from entities.roles import role_of, role_words
from entities.speech import SENTENCE_END, Saying
from models.article import HEADLINE
from models.entity import EntityType

HE: Final = frozenset("he him his himself".split())
SHE: Final = frozenset("she her hers herself".split())
THING: Final = frozenset("it its itself".split())
GROUP: Final = frozenset("they them their themselves".split())
PRONOUNS: Final = HE | SHE | THING | GROUP

REACH: Final = 6
"""Sentences back to which a pronoun may reach."""

SUBJECT_BONUS: Final = 1.6
SPEAKER_BONUS: Final = 0.6
POSSESSOR_MALUS: Final = 0.7
CLEAR_LEAD: Final = 0.3
"""Weights against a distance of one sentence, which is 1. Without a clear lead over the next best, it stays unclear."""

CLOSING_WORDS: Final = 40
"""Words after a quotation within which its paragraph must end for the next paragraph to go on with it."""

LATE_INTRODUCTIONS: Final = 2
"""People introduced after they were named, from which on the paragraphs are held to be out of order."""

Speaker: TypeAlias = Cluster | Described


@dataclass(frozen=True)
class _Event:
    """Somebody comes up in the text, at the ``sentence``-th sentence of the article."""

    who: Speaker
    paragraph: int
    token: int
    start: int
    sentence: int
    weight: float
    voice: str | None = None
    """The noun for the person who speaks for them: "a spokesman for the ministry"."""


@dataclass
class _Person:
    """What the article tells of a person: the words of their roles, and whether they are a woman."""

    roles: frozenset[str] = frozenset()
    female: bool | None = None

    def learn(self, name: Span) -> None:
        """Take in what stands around a mention."""
        self.roles |= role_words(role_of(name) or "")
        title = name.doc[name.start - 1].lower_ if name.start else ""
        if title in FEMALE_TITLES or title in MALE_TITLES:
            self.female = title in FEMALE_TITLES
        elif self.female is None and len(name) > 1:
            self.female = is_female(name[0].text)


class Speakers:
    """Resolves the sources of an article's sayings, in the order of the text."""

    def __init__(self, parsed: ParsedArticle, clusters: Sequence[Cluster]) -> None:
        self._parsed = parsed
        self._clusters = clusters
        self._quotes = [find_quotes(parsed.paragraph(n)) for n in range(len(parsed.docs))]
        self._sentences = _sentence_numbers(parsed, self._quotes)
        self._named: dict[tuple[int, int], Cluster] = {}
        self._people: dict[int, _Person] = {}
        self._called: dict[int, set[str]] = {}
        """The nouns by which the article says what organisations are: "the battery maker Voltara"."""
        self._described: list[Described] = []
        self._events: list[_Event] = []
        self._resolved: dict[tuple[int, int], Speaker | None] = {}
        for cluster in clusters:
            self._learn(cluster)
        self._ordered = _in_order(parsed, clusters)

    def resolve(self, sayings: Sequence[Saying]) -> list[Speaker | None]:
        """Give who says each of the sayings, None where the text leaves it open."""
        sources = {(s.paragraph, s.source.i): s for s in sayings if s.source is not None}
        pronouns = {
            (number, token.i): token
            for number, doc in enumerate(self._parsed.docs)
            for token in doc
            if token.lower_ in HE | SHE and not self._quoted(number, token)
        }
        for place in sorted(sources.keys() | pronouns.keys()):
            saying = sources.get(place)
            token = pronouns.get(place) or (saying.source if saying else None)
            if token is not None:
                self._resolved[place] = self._whom(place[0], token, saying)
        given: list[Speaker | None] = []
        for number, saying in enumerate(sayings):
            if saying.source is not None:
                given.append(self._resolved[saying.paragraph, saying.source.i])
            elif saying.verb is not None:
                given.append(self._beside(saying))
            else:
                given.append(self._going_on(sayings, given, number))
        return given

    def _learn(self, cluster: Cluster) -> None:
        person = _Person()
        for mention in cluster.mentions:
            doc = self._parsed.docs[mention.paragraph]
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None:
                continue
            self._named.update(((mention.paragraph, token.i), cluster) for token in span)
            if span.root.dep_ != "compound" and not self._quoted(mention.paragraph, span.root):
                self._note(cluster, mention.paragraph, span.root)
            person.learn(span)
            beside = [span.doc[span.start - 1]] if span.start else []
            beside += [child for child in span.root.children if child.dep_ == "appos"]
            self._called.setdefault(id(cluster), set()).update(t.lower_ for t in beside if t.lower_ in ORG_NOUNS)
        if cluster.type is EntityType.PERSON:
            self._people[id(cluster)] = person

    def _quoted(self, paragraph: int, token: Token) -> bool:
        return inside(self._quotes[paragraph], token.idx, token.idx + len(token)) is not None

    def _note(
        self, who: Speaker, paragraph: int, token: Token, *, bonus: float = 0.0, voice: str | None = None
    ) -> None:
        weight = bonus
        named_by = token.head if token.dep_ == "appos" else token  # "One of them, the historian Jesper Holck, has left"
        if named_by.dep_ in SUBJECTS:
            weight += SUBJECT_BONUS
        elif token.dep_ == "poss":
            weight -= POSSESSOR_MALUS
        sentence = self._sentences[paragraph][token.i]
        self._events.append(_Event(who, paragraph, token.i, token.idx, sentence, weight, voice))

    def _whom(self, paragraph: int, token: Token, saying: Saying | None) -> Speaker | None:
        lower = token.lower_
        if lower in PRONOUNS:
            who = self._antecedent(paragraph, token, saying)
        elif lower in ("i", "we", "who", "which", "that", "there", "one", "you", "this", "what"):
            who = None
        else:
            who = self._near_name(paragraph, token) or self._description(paragraph, token)
        if who is not None:
            noun = token.lemma_.lower()
            voice = noun if noun in SPOKESPEOPLE and isinstance(who, Cluster) else None
            self._note(who, paragraph, token, bonus=SPEAKER_BONUS if saying else 0.0, voice=voice)
        return who

    def _near_name(self, paragraph: int, token: Token) -> Cluster | None:
        """Give who is named by a word, or by the apposition to it: "her adviser, Jake Sullivan"."""
        if (paragraph, token.i) in self._named:
            return self._named[paragraph, token.i]
        near = [c for c in token.children if c.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
        if token.lemma_.lower() in ORG_NOUNS:  # "the Open Ocean group"
            near += [c for c in token.children if c.dep_ == "compound"]
        return next((self._named[paragraph, t.i] for t in near if (paragraph, t.i) in self._named), None)

    def _antecedent(self, paragraph: int, token: Token, saying: Saying | None) -> Speaker | None:
        """Resolve a pronoun by recency, grammatical role, gender and number; None where two come out alike."""
        here = self._sentences[paragraph][token.i]
        scores: dict[int, tuple[float, Speaker]] = {}
        for event in self._events:
            distance = here - event.sentence
            if (event.paragraph, event.token) >= (paragraph, token.i) or distance > REACH:
                continue
            if event.paragraph != paragraph and not (self._ordered and event.paragraph != HEADLINE):
                continue
            if saying and event.paragraph == paragraph and saying.start <= event.start < saying.end:
                continue
            if not (self._fits(event.who, token.lower_) or _voices(event, token.lower_)):
                continue
            score = event.weight - distance
            if score > scores.get(id(event.who), (float("-inf"), event.who))[0]:
                scores[id(event.who)] = (score, event.who)
        ranked = sorted(scores.values(), key=lambda s: -s[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR_LEAD):
            return None
        return ranked[0][1]

    def _fits(self, who: Speaker, pronoun: str) -> bool:
        if isinstance(who, Described):
            if pronoun in GROUP:
                return who.plural
            if pronoun in THING:
                return not who.plural and not who.person
            return who.person and not who.plural and who.female is not (pronoun in HE)
        if pronoun in HE | SHE:
            return who.type is EntityType.PERSON and self._people[id(who)].female is not (pronoun in HE)
        return who.type is EntityType.ORG or (who.type is EntityType.PLACE and pronoun in THING)

    def _description(self, paragraph: int, token: Token) -> Speaker | None:
        """Resolve a description: "the Vermont senator", "the ministry", "a campaign official"."""
        noun = token.lemma_.lower()
        if noun in VOICES and (voice := self._spoken_for(paragraph, token)) is not None:
            return voice
        words = [t for t in token.subtree if t.i <= token.i and t.dep_ in ("compound", "amod", "det", "poss", "nmod")]
        definite = any(t.lower_ == "the" or t.dep_ == "poss" for t in words) or token.is_title
        person = noun in ROLE_NOUNS
        plural = token.tag_ in ("NNS", "NNPS")
        if definite and not plural:
            modifiers = {t.lower_ for t in words if t.dep_ != "det"}
            named = self._by_role(noun, modifiers) if person else self._by_last_word(noun) or self._by_kind(noun)
            who: Speaker | None = named or next(
                (d for d in reversed(self._described) if d.head == noun and not d.plural), None
            )
            if who is None and person and self._ordered:
                who = self._last_person(paragraph, token)
            if who is not None:
                return who
        text, start, end = self._phrase(paragraph, token)
        known = next((d for d in self._described if d.text.casefold() == text.casefold()), None)
        if known is None:
            known = Described(text, noun, plural, person, is_female_noun(noun), can_speak(token))
            self._described.append(known)
        known.spans.append((paragraph, start, end))
        return known

    def _spoken_for(self, paragraph: int, token: Token) -> Cluster | None:
        """Give the organisation or country for which a spokesman, an official or a report speaks."""
        for child in token.children:
            inner = child.children if child.dep_ == "prep" and child.lower_ in VOICE_PREPOSITIONS else (child,)
            for word in inner:
                who = self._named.get((paragraph, word.i))
                if who is not None and who.type is not EntityType.PERSON and word.dep_ in VOICE_ROLES:
                    return who
        return None

    def _by_role(self, noun: str, modifiers: set[str]) -> Cluster | None:
        nouns = {noun} | SAME_ROLE.get(noun, frozenset())
        fitting = [
            (len(modifiers & self._people[id(c)].roles), c)
            for c in self._clusters
            if id(c) in self._people and nouns & self._people[id(c)].roles
        ]
        best = [c for score, c in fitting if score == max(s for s, _ in fitting)]
        return best[0] if len(best) == 1 else None

    def _by_last_word(self, noun: str) -> Cluster | None:
        fitting = [
            c
            for c in self._clusters
            if c.type is EntityType.ORG and any(f.casefold().endswith(" " + noun) for f in c.forms)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _by_kind(self, noun: str) -> Cluster | None:
        """Give the only organisation of which the article says that it is such a one: a maker is a company, too."""
        nouns = COMPANIES if noun in ("company", "firm") else {noun}
        fitting = [c for c in self._clusters if c.type is EntityType.ORG and nouns & self._called.get(id(c), set())]
        return fitting[0] if len(fitting) == 1 else None

    def _last_person(self, paragraph: int, token: Token) -> Speaker | None:
        """Give the subject of the sentence before, if a person: the story goes on about them."""
        here = self._sentences[paragraph][token.i]
        recent = [
            e
            for e in self._events
            if isinstance(e.who, Cluster)
            and e.who.type is EntityType.PERSON
            and 0 < here - e.sentence <= 1
            and (e.paragraph, e.token) < (paragraph, token.i)
            and e.weight >= SUBJECT_BONUS
        ]
        return recent[0].who if recent and all(e.who is recent[0].who for e in recent) else None

    def _phrase(self, paragraph: int, token: Token) -> tuple[str, int, int]:
        start = token.left_edge.idx if token.i - token.left_edge.i < 8 else token.idx
        doc = token.doc
        last = token
        for child in token.children:
            if child.dep_ == "prep" and child.i == last.i + 1 and child.right_edge.i - child.i < 9:
                last = child.right_edge
        if any(t.dep_ in ("relcl", "acl", "appos") or t.is_punct for t in doc[token.i + 1 : last.i + 1]):
            last = token
        end = last.idx + len(last)
        return self._parsed.text(paragraph, start, end), start, end

    def _beside(self, saying: Saying) -> Speaker | None:
        """Give the name or pronoun next before a cue, or right after it, where the grammar found no subject."""
        verb = saying.verb
        if verb is None or verb.tag_ not in ("VBD", "VBZ", "VBP"):
            return None
        sentence = verb.sent
        nearby = [*reversed(range(sentence.start, verb.i)), *range(verb.i + 1, min(verb.i + 4, sentence.end))]
        outside = [
            token
            for token in (verb.doc[i] for i in nearby)
            if not self._quoted(saying.paragraph, token)
            and (saying.quoted or not saying.start <= token.idx < saying.end)
            and ((saying.paragraph, token.i) in self._named or token.lower_ in HE | SHE)
        ]
        subjects = (token for token in outside if token.dep_ == "nsubj")
        token = next(subjects, outside[0] if outside else None)
        return self._whom(saying.paragraph, token, saying) if token is not None else None

    def _going_on(self, sayings: Sequence[Saying], given: Sequence[Speaker | None], number: int) -> Speaker | None:
        """Give whose quotation goes on, where one has no cue of its own."""
        saying = sayings[number]
        if not number:
            return None
        before = sayings[number - 1]
        rest = self._parsed.article.text(before.paragraph)[before.end :]
        if saying.goes_on or (self._ordered and before.quoted and _is_closing(rest)):
            return given[number - 1] if saying.paragraph - before.paragraph <= 1 else None
        return None


def _voices(event: _Event, pronoun: str) -> bool:
    """Tell whether "he" or "she" may be the one who speaks for an organisation: what they say, it says."""
    return event.voice is not None and pronoun in HE | SHE and is_female_noun(event.voice) is not (pronoun in HE)


def _is_closing(rest: str) -> bool:
    """Tell whether what follows a quotation in its paragraph only says whose it is."""
    return len(rest.split()) < CLOSING_WORDS and SENTENCE_END.search(rest.strip()) is None


def _sentence_numbers(parsed: ParsedArticle, quotes: Sequence[Sequence[Quote]]) -> list[list[int]]:
    """Number the sentences of the whole article; one quotation counts as part of one sentence."""
    numbers: list[list[int]] = []
    count = 0
    for paragraph, doc in enumerate(parsed.docs):
        count += 1
        own = []
        for token in doc:
            within = any(q.start < token.idx < q.end for q in quotes[paragraph])
            count += bool(token.is_sent_start and token.i and not within)
            own.append(count)
        numbers.append(own)
    return numbers


def _in_order(parsed: ParsedArticle, clusters: Sequence[Cluster]) -> bool:
    """Tell whether the paragraphs stand in order.

    They do not where several people are introduced with full name and role after they were named by surname, or where
    the first paragraph speaks of somebody whom nothing has introduced.
    """
    late = 0
    for cluster in clusters:
        body = [m for m in cluster.mentions if m.paragraph > HEADLINE]
        if cluster.type is not EntityType.PERSON or not body or " " in body[0].text:
            continue
        for mention in body[1:]:
            span = parsed.docs[mention.paragraph].char_span(mention.start, mention.end, alignment_mode="expand")
            if " " in mention.text and mention.paragraph > body[0].paragraph and span is not None and role_of(span):
                late += 1
                break
    return late < LATE_INTRODUCTIONS
