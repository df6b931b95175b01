"""What the client and the worker process say to each other: one JSON object a line, both ways."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from models.answer import Answer, AnswerSentence, Citation, Evidence
from models.base import Frozen
from models.brief import Brief
from models.entity import Entity
from models.question import Question

SETTINGS_VARIABLE: Final = "NEWSREADER_WORKER_SETTINGS"
"""The environment variable in which the client hands its settings to the worker, as JSON."""

# --- requests: client to worker. `id` ties the events of a request to it. ---


class Prepare(Frozen):
    """Make an article of the store ready: recognise its entities, index it, and warm the model with it.

    ``ahead``: it may be opened next. It is done when there is nothing else to do, and what is open stays ready.
    Events: ``EntitiesReady``, ``Working`` while it lasts, then ``Done`` (or ``Failed``).
    """

    kind: Literal["prepare"] = "prepare"
    id: int
    article_id: str
    warm: bool = True
    ahead: bool = False


class Ask(Frozen):
    """Answer a question.

    Events: ``Working``, ``EvidenceFound``, ``Token`` and ``SentencesSettled`` ..., then ``Answered`` (or ``Failed``).
    """

    kind: Literal["ask"] = "ask"
    id: int
    question: Question


class Anticipate(Frozen):
    """Get ready for a question that is still being typed: find its evidence.

    ``paused``: it may be all that will be typed, so the model reads it.
    It gives way to whatever else is asked for. Events: ``EvidenceFound``, then ``Done`` (or ``Cancelled``, ``Failed``).
    """

    kind: Literal["anticipate"] = "anticipate"
    id: int
    question: Question
    paused: bool = True


class Recognise(Frozen):
    """Recognise the entities of an article of the store. Events: ``EntitiesReady``, ``Done`` (or ``Failed``)."""

    kind: Literal["recognise"] = "recognise"
    id: int
    article_id: str


class MakeBrief(Frozen):
    """Make the brief of the days from ``since`` on, else of the newest days; in the background, after all else.

    One that is there is taken as it is, unless it was made before ``not_before``. Events: ``Working``, ``BriefReady``
    each time that more of it is done, then ``Done`` (or ``Failed``).
    """

    kind: Literal["brief"] = "brief"
    id: int
    since: date | None = None
    not_before: datetime | None = None


class IndexLibrary(Frozen):
    """Put all articles of the store into the vector index. Events: ``Indexing`` ..., ``Done`` (or ``Failed``)."""

    kind: Literal["index"] = "index"
    id: int


class Cancel(Frozen):
    """Stop the request with this id at once, prompt processing included. It ends with ``Cancelled``."""

    kind: Literal["cancel"] = "cancel"
    id: int


Request: TypeAlias = Prepare | Ask | Anticipate | Recognise | MakeBrief | IndexLibrary | Cancel
REQUEST: TypeAdapter[Request] = TypeAdapter(Annotated[Request, Field(discriminator="kind")])

# --- events: worker to client ---


class Step(StrEnum):
    """What the worker is doing: the sign of life before the first token."""

    LOADING = "loading the model"
    RECOGNISING = "finding names"
    INDEXING = "indexing"
    RETRIEVING = "looking for evidence"
    READING = "reading the article"
    ANSWERING = "writing"
    CHECKING = "checking citations"
    LOOKING_CLOSER = "looking closer"
    GROUPING = "grouping the stories"
    BRIEFING = "summing up the stories"


class Ready(Frozen):
    """The worker is up."""

    kind: Literal["ready"] = "ready"


class Notice(Frozen):
    """Something that the reader should know ("another newsreader holds the index"), of no request."""

    kind: Literal["notice"] = "notice"
    text: str


class Working(Frozen):
    """Step and, where it can be told, how much of it is done (0 to 1)."""

    kind: Literal["working"] = "working"
    id: int
    step: Step
    fraction: float | None = None


class Indexing(Frozen):
    """How many articles have been put into the index, of those that it lacked."""

    kind: Literal["indexing"] = "indexing"
    id: int
    done: int
    total: int


class EntitiesReady(Frozen):
    """The entities of an article, most important first."""

    kind: Literal["entities"] = "entities"
    id: int
    article_id: str
    entities: tuple[Entity, ...]


class EvidenceFound(Frozen):
    """The paragraphs that bear on the question, best first."""

    kind: Literal["evidence"] = "evidence"
    id: int
    evidence: tuple[Evidence, ...]


class Token(Frozen):
    """The next piece of the answer as the model writes it: provisional until ``Answered``."""

    kind: Literal["token"] = "token"
    id: int
    text: str


class SentencesSettled(Frozen):
    """The sentences that have passed so far, with what they cite, while later ones are still being written.

    ``written`` is how many characters of the tokens' text they stand for. ``Answered`` has the last word.
    """

    kind: Literal["settled"] = "settled"
    id: int
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    written: int


class BegunAnew(Frozen):
    """The request is begun anew, as what it failed by is mended: what was said of it so far counts no more."""

    kind: Literal["begun-anew"] = "begun-anew"
    id: int


class BriefReady(Frozen):
    """The brief, as far as it is done."""

    kind: Literal["brief-ready"] = "brief-ready"
    id: int
    brief: Brief


class Answered(Frozen):
    """The checked answer. Ends an ``Ask``."""

    kind: Literal["answered"] = "answered"
    id: int
    answer: Answer


class Done(Frozen):
    """Ends a ``Prepare``, ``Anticipate``, ``Recognise`` or ``MakeBrief`` that went well."""

    kind: Literal["done"] = "done"
    id: int


class Cancelled(Frozen):
    """Ends a request that was cancelled."""

    kind: Literal["cancelled"] = "cancelled"
    id: int


class Reason(StrEnum):
    """Why a request failed, for those who act on it."""

    NO_MODEL = "no-model"
    """A model file is not there: offer to pull it."""
    BAD_MODEL = "bad-model"
    """A model file is there but can't be used."""
    NO_ARTICLE = "no-article"
    ENDPOINT = "endpoint"
    """The server that is to answer does not."""
    CRASHED = "crashed"
    """The worker died; it is being restarted."""
    INTERNAL = "internal"


class Failed(Frozen):
    """Ends a request that could not be carried out. ``message`` is for the reader and says what to do next."""

    kind: Literal["failed"] = "failed"
    id: int
    reason: Reason
    message: str


Event: TypeAlias = (
    Ready
    | Notice
    | Working
    | Indexing
    | EntitiesReady
    | EvidenceFound
    | Token
    | SentencesSettled
    | BegunAnew
    | BriefReady
    | Answered
    | Done
    | Cancelled
    | Failed
)
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
FINAL_EVENTS = (Answered, Done, Cancelled, Failed)
"""Exactly one of these ends the events of a request."""
