"""Talks to an OpenAI-compatible server (llama-server, vLLM, ...): chat completions, and nothing else.

It is asked only for what the user asks: an article that is merely open is never sent. What comes back is foreign, and
bounded in time and size. A redirect is not followed: text goes where the user has said, and nowhere else.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final, Self, TypeVar

import httpx2
from pydantic import BaseModel, ValidationError

from models.endpoint_settings import EndpointSettings
from rag.completions import Completion, Models, TooLong, events, reason_of, whole
from rag.failures import EndpointFailed
from rag.stop_flag import StopFlag

POLL_S: Final = 0.02
"""How often it is looked whether to stop while the server is silent."""

CONNECT_S: Final = 10.0
"""How long a connection may take to be made; a server that runs takes it at once."""

LONGEST_TOKEN: Final = 20
"""Characters of a token at the most, on average: a server that writes more than it was asked for is stopped."""

TOP_LOGPROBS: Final = 10
"""Likeliest tokens that are asked for: Yes and No are among fewer. Servers give 20 at the most."""

EVENT_STREAM: Final = "text/event-stream"
END: Final = "[DONE]"

NO_ENDPOINT: Final = "Without answer.endpoint.url in config.toml, the model on this machine answers."

CHAT: Final = "chat/completions"
MODELS: Final = "models"

MODELS_NAMED: Final = 5
"""Models of a server that are named: some have hundreds."""

_UNKNOWN: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
"""How servers refuse a model that they don't have."""

T = TypeVar("T")
Parsed = TypeVar("Parsed", bound=BaseModel)
Message = dict[str, str]


def chat(system: str, user: str) -> list[Message]:
    """Make the messages of a chat, to be replied to."""
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


class Refused(EndpointFailed):
    """The server answers, but does not do what was asked of it."""


class NotLetIn(EndpointFailed):
    """The server wants another key: nothing that is asked of it will be answered."""


class Endpoint:
    """A chat model behind an address. Not thread-safe; its stop flag may be set from anywhere.

    Every method raises ``EndpointFailed``, which says in plain words what to do, and ``Stopped``.
    """

    def __init__(self, settings: EndpointSettings, stop: StopFlag) -> None:
        self._settings = settings
        self._stop = stop
        self._model = settings.model
        self._runner = asyncio.Runner()
        headers = {"Accept-Encoding": "identity"}
        if settings.api_key:
            headers["Authorization"] = f"Bearer {settings.api_key}"
        self._client = httpx2.AsyncClient(
            headers=headers,
            timeout=httpx2.Timeout(None, connect=CONNECT_S),  # silence is told by the clock of ``_patiently``
            follow_redirects=False,
            trust_env=not settings.on_this_machine,  # a proxy would carry it off the machine
        )

    def close(self) -> None:
        """Close the connection."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def model(self) -> str:
        """What the server calls the model that answers: as it was set, or else the first that it lists."""
        if not self._model:
            names = self._wait(self._models())
            if not names:
                raise EndpointFailed(f"{self._settings.url} lists no model. Name one: answer.endpoint.model.")
            self._model = names[0]
        return self._model

    @property
    def signature(self) -> str:
        """The model, and where it is."""
        return f"{self.model} at {self._settings.host}"

    def write(self, asked: Sequence[Message], most: int) -> Iterator[str]:
        """Have the model reply, in ``most`` tokens at the most; give pieces as they come, at least one."""
        body = {**self._body(asked, most), "stream": True}
        pieces = self._pieces(body)
        left = most * LONGEST_TOKEN
        try:
            while left > 0 and (piece := self._wait(_next(pieces))) is not None:
                left -= len(piece)
                yield piece
        finally:
            self._runner.run(pieces.aclose())
        if left == most * LONGEST_TOKEN:
            raise EndpointFailed(
                f"The model {self.model} wrote nothing. One that thinks before it answers needs that turned off."
            )

    def first_token(self, asked: Sequence[Message]) -> Mapping[str, float]:
        """Give the likeliest first tokens of a reply with their log-probabilities. Raises ``Refused``.

        Nothing is given by a server that does not tell them.
        """
        body = {**self._body(asked, 1), "logprobs": True, "top_logprobs": TOP_LOGPROBS}
        return self._wait(self._completion(body)).first_token

    # --- requests ---

    def _body(self, asked: Sequence[Message], most: int) -> dict[str, Any]:
        return {"model": self.model, "messages": list(asked), "max_tokens": most, "temperature": 0}

    async def _pieces(self, body: Mapping[str, Any]) -> AsyncGenerator[str, None]:
        async with self._sent("POST", CHAT, body) as response:
            if response.headers.get("Content-Type", "").startswith(EVENT_STREAM):
                async for event in events(response):
                    if event == END:
                        break
                    if piece := self._parsed(Completion, event).text:
                        yield piece
            elif piece := self._parsed(Completion, await whole(response)).text:
                yield piece

    async def _completion(self, body: Mapping[str, Any]) -> Completion:
        async with self._sent("POST", CHAT, body) as response:
            return self._parsed(Completion, await whole(response))

    async def _models(self) -> list[str]:
        async with self._sent("GET", MODELS) as response:
            return [model.id for model in self._parsed(Models, await whole(response)).data]

    @asynccontextmanager
    async def _sent(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> AsyncIterator[httpx2.Response]:
        """Send a request; give the response as it begins to come."""
        try:
            async with self._client.stream(method, f"{self._settings.url}/{path}", json=body) as response:
                if response.status_code != HTTPStatus.OK:
                    reason = reason_of(await whole(response))
                    known = await self._known_models() if path == CHAT and response.status_code in _UNKNOWN else None
                    raise self._refusal(response.status_code, reason, known)
                yield response
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, TooLong) as error:
            raise self._in_plain_words(error) from error

    async def _known_models(self) -> list[str]:
        """Give what the server calls its models, nothing where it does not tell."""
        try:
            return await self._models()
        except EndpointFailed:
            return []

    # --- waiting ---

    def _wait(self, work: Awaitable[T]) -> T:
        return self._runner.run(self._patiently(work))

    async def _patiently(self, work: Awaitable[T]) -> T:
        """Wait for something that is to come within the time that is set, unless all is stopped meanwhile."""
        task = asyncio.ensure_future(work)
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                while not task.done():
                    self._stop.check()
                    await asyncio.wait({task}, timeout=POLL_S)
        except TimeoutError as error:
            raise EndpointFailed(
                f"{self._settings.url} sent nothing for {self._settings.timeout_s:g} seconds. If it is only slow, set "
                f"a larger answer.endpoint.timeout_s. {NO_ENDPOINT}"
            ) from error
        finally:
            task.cancel()
            await asyncio.wait({task})
        return task.result()

    # --- what went wrong ---

    def _parsed(self, kind: type[Parsed], data: str | bytes) -> Parsed:
        try:
            return kind.model_validate_json(data)
        except ValidationError as error:
            if reason := reason_of(data):
                raise EndpointFailed(f"{self._settings.url} could not answer: {reason}") from error
            raise EndpointFailed(
                f"What {self._settings.url} sent is not what an OpenAI-compatible server sends. Most of their "
                f"addresses end in /v1: is answer.endpoint.url right? {NO_ENDPOINT}"
            ) from error

    def _refusal(self, status: int, reason: str, known_models: Sequence[str] | None) -> EndpointFailed:
        url = self._settings.url
        told = f": {reason.rstrip('.')}." if reason else "."
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            which = "refuses the key" if self._settings.api_key else "wants a key"
            return NotLetIn(
                f"{url} {which} (status {status}). Set answer.endpoint.api_key, or the variable "
                "NEWSREADER_ANSWER__ENDPOINT__API_KEY."
            )
        if known_models and self._model not in known_models:
            names = ", ".join(known_models[:MODELS_NAMED])
            return EndpointFailed(
                f"{url} knows no model {self._model}. Set answer.endpoint.model to one it has: {names}."
            )
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return EndpointFailed(
                f"{url} sends on to another address (status {status}). Set that as answer.endpoint.url."
            )
        if status == HTTPStatus.NOT_FOUND:
            return EndpointFailed(
                f"There is no chat at {url} (status {status}){told} Most addresses end in /v1: is "
                "answer.endpoint.url right?"
            )
        if status == HTTPStatus.BAD_REQUEST and "context" in reason.casefold():
            return EndpointFailed(f"The article is too long for {url}{told} Set a smaller answer.context_tokens.")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return EndpointFailed(f"{url} wants to be asked less often (status {status}){told}")
        return Refused(f"{url} could not answer (status {status}){told}")

    def _in_plain_words(self, error: Exception) -> EndpointFailed:
        url = self._settings.url
        match error:
            case httpx2.ConnectError() if "CERTIFICATE" in str(error).upper():
                return EndpointFailed(f"The certificate of {url} can't be trusted. {NO_ENDPOINT}")
            case httpx2.ConnectError() | httpx2.ConnectTimeout():
                return EndpointFailed(f"{url} can't be reached: is its server running? {NO_ENDPOINT}")
            case TooLong():
                return EndpointFailed(f"{url} sent more than an answer can be. {NO_ENDPOINT}")
            case httpx2.InvalidURL() | httpx2.UnsupportedProtocol():
                return EndpointFailed(f"{url} is no address: set answer.endpoint.url anew. {NO_ENDPOINT}")
            case _:
                return EndpointFailed(f"{url} broke the connection off. Ask once more; its own log may say why.")


async def _next(pieces: AsyncIterator[T]) -> T | None:
    return await anext(pieces, None)
