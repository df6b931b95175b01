"""The vector index on a Chroma server, which several machines share. Off until it is set.

What goes there are vectors, ids and the numbers of paragraphs: no text, but a vector tells much of what its text says.
"""

import ssl
from functools import partial
from http import HTTPStatus
from typing import Final, Protocol, cast

import chromadb
import httpx2
from chromadb.api.fastapi import FastAPI
from chromadb.errors import ChromaError

from models.index_settings import IndexSettings
from rag.failures import IndexFailed
from rag.index import VectorIndex, quiet
from rag.stop_flag import StopFlag

PATIENCE_S: Final = 10.0
"""How long a server may be silent. Chroma itself would wait for ever."""

HEARTBEAT: Final = "/api/v2/heartbeat"


class _OverHttp(Protocol):
    """What a client of Chroma is inside, and gives no other way to."""

    _server: FastAPI


class IndexUnreachable(Exception):
    """The server can't be used. The message says why, for the reader."""


def connect(server: IndexSettings, stop: StopFlag) -> VectorIndex:
    """Open the index on a server, or create it there; ``stop`` ends the waiting for it, now and later.

    Raises ``IndexUnreachable`` and ``Stopped``.
    """
    return stop.wait_for(partial(_connected, server, stop))


def _connected(server: IndexSettings, stop: StopFlag) -> VectorIndex:
    headers = _headers(server)
    _try(server, headers)
    try:
        client = chromadb.HttpClient(
            host=server.hostname,
            port=server.port,
            ssl=server.encrypted,
            headers=dict(headers),
            settings=_settings(server),
            tenant=server.tenant,
            database=server.database,
        )
        session = cast(_OverHttp, client)._server._session
        session.timeout = PATIENCE_S
        request = session.request
        session.request = lambda *args, **kwargs: stop.wait_for(lambda: request(*args, **kwargs))  # type: ignore[method-assign]
        return VectorIndex(client, shared=True)
    except (ValueError, ChromaError) as error:  # either says that it has been refused
        raise IndexUnreachable(f"the index server {server.host} refuses: {error}") from error
    except IndexFailed as error:
        raise IndexUnreachable(f"the index server {server.host} fails: {error}") from error


def _headers(server: IndexSettings) -> dict[str, str]:
    if not server.token:
        return {}
    token = server.token
    return {server.token_header: f"Bearer {token}" if server.token_header.lower() == "authorization" else token}


def _settings(server: IndexSettings) -> chromadb.config.Settings:
    settings = quiet()
    if server.ca_file is not None:
        settings.chroma_server_ssl_verify = str(server.ca_file)
    return settings


def _try(server: IndexSettings, headers: dict[str, str]) -> None:
    """Ask whether it is there, and takes our token. Raises ``IndexUnreachable``, in words that Chroma has none for."""
    named = f"the index server {server.host}"
    try:
        verify = ssl.create_default_context(cafile=server.ca_file) if server.encrypted else True
        reply = httpx2.get(f"{server.url}{HEARTBEAT}", headers=headers, timeout=PATIENCE_S, verify=verify)
        alive = reply.status_code == HTTPStatus.OK and "nanosecond heartbeat" in reply.json()
    except httpx2.TimeoutException as error:
        raise IndexUnreachable(f"{named} does not answer within {PATIENCE_S:.0f} seconds") from error
    except (httpx2.HTTPError, OSError) as error:
        raise IndexUnreachable(f"{named} can't be reached: {error}") from error
    except ValueError:
        alive = False
    if reply.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise IndexUnreachable(f"{named} does not take the token: see index.token in config.toml")
    if not alive:
        raise IndexUnreachable(f"{named} is no Chroma server (it answers with status {reply.status_code})")
