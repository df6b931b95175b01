"""A Chroma server on the loopback, as ``chroma run`` starts it, and a door before it that asks for a token."""

import http.client
import socket
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Self

from tests.web_server import QuietServer

START_S = 30.0


class ChromaServer:
    """Runs Chroma's own server over a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def __enter__(self) -> Self:
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self._folder)]
        self._process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the Chroma server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


class Door:
    """Passes requests on to a server if they carry the token, over TLS with a certificate; ``silent`` keeps them."""

    def __init__(self, port: int, token: str, certificate: Path | None = None) -> None:
        self.silent = False
        self.bodies: list[bytes] = []
        self._released = threading.Event()
        self._server = QuietServer(("127.0.0.1", 0), self._handler(port, token))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "http" if certificate is None else "https"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"{self._scheme}://localhost:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self, port: int, token: str) -> type[BaseHTTPRequestHandler]:
        door = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                door.bodies.append(body)
                if door.silent:
                    door._released.wait()
                if self.headers.get("Authorization") != f"Bearer {token}":
                    self._answer(401, b"who are you?")
                    return
                inner = http.client.HTTPConnection("127.0.0.1", port)
                inner.request(self.command, self.path, body, {"Content-Type": "application/json"})
                reply = inner.getresponse()
                self._answer(reply.status, reply.read())
                inner.close()

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_DELETE = do_PUT = _pass_on  # noqa: N815 -- as http.server calls them

        return Handler
