"""A model hub on the loopback, as far as a file's download needs one."""

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing when a client has gone: tests interrupt downloads."""


class HubServer:
    """Serves ``/{repository}/resolve/{revision}/{file}`` with the headers of a hub, redirecting to where the data is.

    ``cut_after`` breaks the next connection after so many bytes of data, ``stall_after`` keeps silent after them.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.status = 200
        self.etag: str | None = None
        self.size: int | None = None
        self.ranges_honoured = True
        self.cut_after: int | None = None
        self.stall_after: int | None = None
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.released = threading.Event()
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ranges(self) -> list[str]:
        """The range that each GET of data asked for; empty where it asked for all."""
        return [
            headers.get("Range", "")
            for method, path, headers in self.requests
            if (method, path[:6]) == ("GET", "/data/")
        ]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_HEAD(self) -> None:
                hub.requests.append(("HEAD", self.path, dict(self.headers)))
                hub._resolve(self)

            def do_GET(self) -> None:
                hub.requests.append(("GET", self.path, dict(self.headers)))
                if self.path.startswith("/data/"):
                    hub._send(self)
                else:
                    hub._resolve(self)

        return Handler

    def _resolve(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.rsplit("/", 1)[-1]
        if self.status != 200 or name not in self.files:
            request.send_response(404 if self.status == 200 else self.status)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        data = self.files[name]
        request.send_response(302)
        # another origin than the hub's, as with the real one, whose large files lie elsewhere
        request.send_header("Location", f"http://localhost:{self._server.server_address[1]}/data/{name}")
        request.send_header("X-Repo-Commit", COMMIT)
        request.send_header("X-Linked-Size", str(self.size or len(data)))
        request.send_header("X-Linked-Etag", f'"{self.etag or hashlib.sha256(data).hexdigest()}"')
        request.send_header("ETag", '"of-the-pointer"')
        request.send_header("Content-Length", "0")
        request.end_headers()

    def _send(self, request: BaseHTTPRequestHandler) -> None:
        data = self.files[request.path.rsplit("/", 1)[-1]]
        wanted = request.headers.get("Range", "")
        begin = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.ranges_honoured else 0
        request.send_response(206 if begin else 200)
        if begin:
            request.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        request.send_header("Content-Length", str(len(data) - begin))
        request.end_headers()
        if request.command == "HEAD":
            return
        rest = data[begin:]
        if self.cut_after is not None:
            rest, self.cut_after = rest[: self.cut_after], None
            request.close_connection = True
        if self.stall_after is not None:
            request.wfile.write(rest[: self.stall_after])
            request.wfile.flush()
            self.released.wait(30)
            request.close_connection = True
            return
        request.wfile.write(rest)


def wait_until(condition: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
