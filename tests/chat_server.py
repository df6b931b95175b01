"""An OpenAI-compatible server on the loopback: it says what a test gives it, well or badly."""

import json
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self

Behaviour = Callable[["BaseHTTPRequestHandler", dict[str, Any]], None]
"""Answers a chat, given its body."""


def words(*pieces: str, pause: Event | None = None) -> Behaviour:
    """Stream pieces, as events; with ``pause``, wait for it before the last."""

    def stream(request: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        begin(request)
        for n, piece in enumerate(pieces):
            if pause is not None and n == len(pieces) - 1:
                pause.wait(30)
            send(request, {"choices": [{"delta": {"content": piece}, "index": 0}]})
        request.wfile.write(b"data: [DONE]\n\n")

    return stream


def begin(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/event-stream; charset=utf-8")
    request.end_headers()


def send(request: BaseHTTPRequestHandler, event: Mapping[str, Any]) -> None:
    request.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")
    request.wfile.flush()


def reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Send one body: JSON of a value, or bytes as they are."""

    def whole(request: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return whole


def chances(tokens: Mapping[str, float]) -> Behaviour:
    """Reply with one token, and tell how likely some were."""
    top = [{"token": token, "logprob": log} for token, log in tokens.items()]
    said = max(tokens, key=lambda token: tokens[token])
    place = {"token": said, "logprob": tokens[said], "top_logprobs": top}
    return reply({"choices": [{"message": {"content": said}, "logprobs": {"content": [place]}}]})


def judging(answer: Behaviour, judgement: Behaviour) -> Behaviour:
    """Answer in one way, and judge answers in another."""

    def either(request: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        (judgement if body["max_tokens"] == 1 else answer)(request, body)

    return either


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing when a client has gone."""


class ChatServer:
    """Serves ``behaviour`` as chat, and lists ``models``. ``asked`` are the bodies, ``keys`` the keys that came."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = words("It rusted.")
        self.models: Iterable[str] | None = ("tiny",)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.left = Event()
        """The client has gone before the end."""
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                chat.asked.append(body)
                chat.keys.append(self.headers.get("Authorization"))
                if self.path != "/v1/chat/completions":
                    reply({"error": {"message": "Not Found"}}, 404)(self, body)
                    return
                try:
                    chat.behaviour(self, body)
                except OSError:
                    chat.left.set()

            def do_GET(self) -> None:
                listed = self.path == "/v1/models" and chat.models is not None
                models = {"data": [{"id": name} for name in chat.models or ()]}
                reply(models if listed else {"detail": "Not Found"}, 200 if listed else 404)(self, {})

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
