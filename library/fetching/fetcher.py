"""Fetches from the web, within bounds of size, time and patience."""

import asyncio
import http.cookiejar
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from types import TracebackType
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpx2

from library.fetching.addresses import check_public, is_public, proxied, web_address
from library.fetching.failures import FetchFailed, NotPublic
from library.fetching.hosts import door_of
from library.fetching.politeness import Politeness, asks_to_wait, retry_time
from library.reader import SIZE_LIMIT

AGENT: Final = "newsreader"
"""What we call ourselves, also to robots.txt."""

SILENCE_S: Final = 20.0
"""How long a server may stay silent."""

DEADLINE_S: Final = 60.0
"""How long a fetch takes at the most, for a server that sends a byte now and then."""

REDIRECTS: Final = 10
"""Redirects that are followed; browsers follow 20."""

LONGEST_VALIDATOR: Final = 1000
"""Characters of an ETag that are kept; servers take headers of some thousand."""

_MOVED_FOR_GOOD: Final = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_MOVED: Final = (*_MOVED_FOR_GOOD, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
_OVERLOADED: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_PASSING: Final = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
"""Which of those refusals that are ours to mend (status 4..) pass by themselves."""
_REASONS: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "it wants a password",
    HTTPStatus.FORBIDDEN: "its server refuses us",
    HTTPStatus.NOT_FOUND: "there is nothing at this address",
    HTTPStatus.GONE: "it is gone for good",
}

Check = Callable[[str], Awaitable[None]]
"""Raises ``FetchFailed`` where an address must not be fetched."""


class Fetched(NamedTuple):
    """What came back. ``data`` is None where nothing has changed since the state that was known.

    ``url`` is where it was found in the end; ``moved_to`` the address to ask from now on, if the server says so.
    """

    url: str
    data: bytes | None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None


class Fetcher:
    """Fetches many addresses, politely. Use it as a context manager, in one event loop."""

    def __init__(self) -> None:
        self.politeness = Politeness()
        self._open = AsyncExitStack()
        # No cookie is ever sent back: a feed is the same for everybody, and nobody is to be known again.
        nobody = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=()))
        self._client = httpx2.AsyncClient(
            headers={"User-Agent": f"{AGENT}/{version('newsreader')}"},
            timeout=SILENCE_S,
            cookies=nobody,
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        await self._open.enter_async_context(self._client)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def fetch(
        self,
        address: str,
        *,
        consent: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        check: Check | None = None,
        limit: int = SIZE_LIMIT,
        cut_off: bool = False,
    ) -> Fetched:
        """Fetch what is at an address, ``limit`` bytes at the most. Raises ``FetchFailed``.

        ``cut_off``: of what is larger, that much is given; else it is refused.

        ``consent``: the user consents to this address being on this machine or in its network. It holds for its host
        and port, wherever they stand on the way, and for nothing else. ``etag`` and ``last_modified`` tell which state
        is known. ``check`` is asked about each address on the way, redirects included.
        """
        url = web_address(address)
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in known.items() if value}
        moved_to, for_good = None, True
        for _ in range(REDIRECTS + 1):
            private = consent is not None and door_of(url) == door_of(consent)
            if not private:
                await check_public(url)
            if check is not None:
                await check(url)
            answer = await self._ask(url, headers, private=private, limit=limit, cut_off=cut_off)
            if isinstance(answer, Fetched):
                return answer._replace(moved_to=moved_to)
            url = answer.url
            for_good = for_good and answer.for_good
            moved_to = url if for_good else moved_to
        raise FetchFailed(f"it is redirected more than {REDIRECTS} times", lasting=True)

    async def _ask(
        self, url: str, headers: dict[str, str], *, private: bool, limit: int, cut_off: bool
    ) -> "Fetched | _Redirect":
        """Send one request, when it is its turn."""
        host = urlsplit(url).netloc
        async with self.politeness.turn(host):
            try:
                async with asyncio.timeout(DEADLINE_S):
                    extensions = {} if private or proxied(url) else {"trace": _only_public}
                    async with self._client.stream("GET", url, headers=headers, extensions=extensions) as response:
                        return await self._read(url, response, limit, cut_off=cut_off)
            except TimeoutError as error:
                raise FetchFailed(f"it took longer than {DEADLINE_S:g} seconds") from error
            except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError) as error:
                failure = _in_plain_words(error)
                if isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout)):
                    self.politeness.give_up(host, failure)
                raise failure from error

    async def _read(self, url: str, response: httpx2.Response, limit: int, *, cut_off: bool) -> "Fetched | _Redirect":
        status = response.status_code
        if status == HTTPStatus.NOT_MODIFIED:
            return Fetched(url, None)
        if status in _MOVED and "Location" in response.headers:
            return _Redirect(web_address(urljoin(url, response.headers["Location"])), status in _MOVED_FOR_GOOD)
        if status in _OVERLOADED:
            until = retry_time(response.headers.get("Retry-After"), datetime.now(UTC))
            failure = FetchFailed(asks_to_wait(until), retry_at=until)
            self.politeness.give_up(urlsplit(url).netloc, failure)
            raise failure
        if status != HTTPStatus.OK:
            refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
            reason = _REASONS.get(status, "its server refuses this" if refused else "its server has an error")
            wait = response.headers.get("Retry-After")
            raise FetchFailed(
                f"{reason} (status {status})",
                lasting=refused and status not in _PASSING,
                retry_at=retry_time(wait, datetime.now(UTC)) if wait else None,
            )
        data = bytearray()
        async for piece in response.aiter_bytes():  # unpacked in bounded pieces, whatever it is compressed from
            data += piece
            if len(data) > limit and cut_off:
                break
            if len(data) > limit:
                raise FetchFailed(f"it is larger than {limit / 1e6:g} MB", lasting=True)
        return Fetched(
            url,
            bytes(data[:limit]),
            charset=response.charset_encoding,
            etag=_sendable(response.headers.get("ETag")),
            last_modified=_sendable(response.headers.get("Last-Modified")),
        )


class _Redirect(NamedTuple):
    url: str
    for_good: bool


async def _only_public(event: str, details: dict[str, Any]) -> None:
    """Look at where a connection has led before anything is sent: a name can lead elsewhere than a moment ago."""
    if event == "connection.connect_tcp.complete":
        stream = details["return_value"]
        if not is_public(str(stream.get_extra_info("server_addr")[0])):
            await stream.aclose()
            raise NotPublic


def _sendable(value: str | None) -> str | None:
    """Give what a server said of a state, if it can be said back to it."""
    return value if value and len(value) <= LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _in_plain_words(error: Exception) -> FetchFailed:
    match error:
        case httpx2.TimeoutException():
            return FetchFailed(
                f"its server did not answer within {SILENCE_S:g} seconds",
                unreached=isinstance(error, httpx2.ConnectTimeout),
            )
        case httpx2.ConnectError() if "CERTIFICATE" in str(error).upper():
            return FetchFailed("the certificate of its server can't be trusted")
        case httpx2.ConnectError() | OSError():
            return FetchFailed("its server can't be reached", unreached=True)
        case httpx2.DecodingError():
            return FetchFailed("what its server sent is damaged")
        case httpx2.InvalidURL() | ValueError():
            return FetchFailed("it is no address of the web", lasting=True)
        case _:
            return FetchFailed("its server broke the connection off")
