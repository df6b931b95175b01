"""What an OpenAI-compatible server sends, as far as it is read, within bounds."""

import json
import textwrap
from collections.abc import AsyncIterator
from typing import Annotated, Final

import httpx2
from pydantic import BaseModel, Field

from library.cleaning import one_line

RESPONSE_LIMIT: Final = 4 << 20
"""Bytes of a response at the most: each word of an answer comes in some hundred bytes of its own."""

EVENT_LIMIT: Final = 1 << 16
"""Bytes of one event at the most."""

LONGEST_REASON: Final = 200
"""Characters of a server's own words that are shown."""

DATA: Final = b"data:"


class TooLong(Exception):
    """A server has sent more than is read."""


class Words(BaseModel):
    """A reply, or the next words of it."""

    content: str | None = None


class LikelyToken(BaseModel):
    """A token that might have stood somewhere, with its log-probability."""

    token: str
    logprob: Annotated[float, Field(le=1, allow_inf_nan=False)]


class Place(BaseModel):
    """What might have stood in one place of a reply."""

    top_logprobs: list[LikelyToken] = []


class Logprobs(BaseModel):
    """What might have stood in each place of a reply."""

    content: list[Place] | None = None


class Choice(BaseModel):
    """One reply; the next words of it where it is streamed."""

    delta: Words | None = None
    message: Words | None = None
    logprobs: Logprobs | None = None

    @property
    def text(self) -> str:
        """What is written."""
        words = self.delta or self.message
        return (words.content if words else None) or ""


class Completion(BaseModel):
    """A completion, or the next piece of one. Only the first choice counts, and some pieces have none."""

    choices: list[Choice]

    @property
    def text(self) -> str:
        """What is written."""
        return self.choices[0].text if self.choices else ""

    @property
    def first_token(self) -> dict[str, float]:
        """The likeliest first tokens, each with its log-probability; nothing where the server does not tell."""
        logprobs = self.choices[0].logprobs if self.choices else None
        places = (logprobs.content if logprobs else None) or []
        return {token.token: token.logprob for place in places[:1] for token in place.top_logprobs}


class Model(BaseModel):
    """A model that a server has."""

    id: str


class Models(BaseModel):
    """All of them."""

    data: list[Model]


async def whole(response: httpx2.Response) -> bytes:
    """Give all of a response. Raises ``TooLong``."""
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > RESPONSE_LIMIT:
            raise TooLong
    return bytes(data)


async def events(response: httpx2.Response) -> AsyncIterator[str]:
    """Give the data of each event of a stream as it comes. Raises ``TooLong``."""
    rest = bytearray()
    total = 0
    async for chunk in response.aiter_bytes():
        total += len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        if total > RESPONSE_LIMIT or len(rest) > EVENT_LIMIT:
            raise TooLong
        for line in lines:
            if line.startswith(DATA):
                yield _data(line)
    if rest.startswith(DATA):
        yield _data(rest)


def _data(line: bytearray) -> str:
    return line.removeprefix(DATA).strip().decode(errors="replace")


def reason_of(data: str | bytes) -> str:
    """Give what a server says went wrong, as one short line; nothing where it says it in no known way."""
    try:
        error = json.loads(data)["error"]
        message = error if isinstance(error, str) else error["message"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return textwrap.shorten(one_line(message), LONGEST_REASON, placeholder=" …") if isinstance(message, str) else ""
