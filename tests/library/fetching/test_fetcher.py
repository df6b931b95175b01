"""The fetcher against a web server on the loopback, well-behaved and not."""

import asyncio
import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from library.fetching import fetcher as fetching
from library.fetching import politeness
from library.fetching.failures import FetchFailed, NotPublic
from library.fetching.fetcher import REDIRECTS, Fetched, Fetcher
from tests.web_server import Reply, WebServer


def fetch(url: str, *, private: bool = True, **more: Any) -> Fetched:
    async def run() -> Fetched:
        async with Fetcher() as fetcher:
            return await fetcher.fetch(url, **{"consent": url if private else None, **more})

    return asyncio.run(run())


def failure(url: str, **more: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        fetch(url, **more)
    return caught.value


def to(path: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": path})


def test_what_is_there_is_fetched_with_what_its_server_says_of_it(server: WebServer) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "yesterday", "Content-Type": "text/xml; charset=KOI8-R"}
    server.pages["/feed"] = Reply("hello", headers=headers)
    fetched = fetch(f"{server.site}/feed")
    assert fetched == (f"{server.site}/feed", b"hello", "koi8-r", '"1"', headers["Last-Modified"], None)
    assert server.requests[0][1]["User-Agent"].startswith("newsreader/")


def test_what_is_known_is_not_sent_again(server: WebServer) -> None:
    server.pages["/feed"] = Reply("hello", headers={"ETag": '"1"'})
    assert fetch(f"{server.site}/feed", etag='"1"', last_modified="then").data is None
    assert server.requests[0][1]["If-Modified-Since"] == "then"
    assert fetch(f"{server.site}/feed", etag='"0"').data == b"hello"


@pytest.mark.parametrize("etag", ['"caf\xe9"', "x" * 5000, '"a\tb"'])
def test_what_can_not_be_said_back_to_a_server_is_not_kept(server: WebServer, etag: str) -> None:
    server.pages["/feed"] = Reply("hello", headers={"ETag": etag})
    assert fetch(f"{server.site}/feed").etag is None


def test_redirects_are_followed_and_lasting_ones_told(server: WebServer) -> None:
    server.pages |= {"/a": to("/b", 301), "/b": to("c", 308), "/c": Reply("here"), "/d": to("/a"), "/e": to("/d", 301)}
    assert fetch(f"{server.site}/a")[:2] == (f"{server.site}/c", b"here")
    assert fetch(f"{server.site}/a").moved_to == f"{server.site}/c"
    assert fetch(f"{server.site}/d").moved_to is None
    assert fetch(f"{server.site}/e").moved_to == f"{server.site}/d"


def test_endless_redirects_end(server: WebServer) -> None:
    server.pages["/round"] = to("/round")
    assert "redirected more than" in str(failure(f"{server.site}/round"))
    assert len(server.requests) == REDIRECTS + 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://[", "http://"]
)
def test_a_redirect_leads_nowhere_but_to_the_web(server: WebServer, target: str) -> None:
    server.pages["/away"] = to(target)
    assert failure(f"{server.site}/away").lasting


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://a.b", "http://", "a b", "x" * 5000, "data:x"])
def test_only_the_web_is_fetched(address: str) -> None:
    assert failure(address).lasting


def test_what_is_compressed_is_unpacked(server: WebServer) -> None:
    server.pages["/feed"] = Reply(gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    assert fetch(f"{server.site}/feed").data == b"hello"
    server.pages["/feed"] = Reply(b"hello", headers={"Content-Encoding": "gzip"})
    assert "damaged" in str(failure(f"{server.site}/feed"))


def test_a_compressed_bomb_is_not_unpacked(server: WebServer) -> None:
    bomb = gzip.compress(bytes(200_000_000))
    server.pages["/bomb"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    server.pages["/nested"] = Reply(gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"})
    tracemalloc.start()
    for path in ("/bomb", "/nested"):
        assert "larger than 10 MB" in str(failure(f"{server.site}{path}"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80_000_000


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(bytes(100_000))


def dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b".")
        request.wfile.flush()
        time.sleep(0.05)


def silent(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def broken_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100")
    request.end_headers()
    request.wfile.write(b"only this")
    request.close_connection = True


def garbage(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\xff no HTTP at all\r\n\r\n")
    request.close_connection = True


def many_headers(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    for n in range(20_000):
        request.send_header(f"X-{n}", "x" * 100)
    request.end_headers()


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (endless, "larger than 10 MB"),
        (dripping, "longer than 0.5 seconds"),
        (silent, "did not answer within 0.2 seconds"),
        (broken_off, "broke the connection off"),
        (garbage, "broke the connection off"),
        (many_headers, "broke the connection off"),
        (Reply(status=404), "nothing at this address"),
        (Reply(status=410), "gone for good"),
        (Reply(status=451), r"refuses this \(status 451\)"),
        (Reply(status=500), r"has an error \(status 500\)"),
        (Reply(status=999), r"has an error \(status 999\)"),
        (Reply(status=302), "has an error"),
    ],
)
def test_what_goes_wrong_is_told(
    server: WebServer, monkeypatch: pytest.MonkeyPatch, behaviour: Callable[..., None], reason: str
) -> None:
    monkeypatch.setattr(fetching, "SILENCE_S", 0.2)
    monkeypatch.setattr(fetching, "DEADLINE_S", 0.5 if behaviour is dripping else 20.0)
    server.pages["/feed"] = behaviour
    with pytest.raises(FetchFailed, match=reason):
        fetch(f"{server.site}/feed")


@pytest.mark.parametrize(
    ("status", "lasting"),
    [(400, True), (401, True), (404, True), (451, True), (408, False), (425, False), (500, False), (502, False)],
)
def test_what_is_refused_is_not_worth_asking_again_soon(server: WebServer, status: int, lasting: bool) -> None:
    server.pages["/feed"] = Reply(status=status)
    assert failure(f"{server.site}/feed").lasting is lasting


def test_of_what_is_too_large_the_beginning_is_given_where_that_will_do(server: WebServer) -> None:
    server.pages["/feed"] = Reply("hello")
    assert fetch(f"{server.site}/feed", limit=4, cut_off=True).data == b"hell"
    assert "larger than" in str(failure(f"{server.site}/feed", limit=4))


def test_a_server_that_can_not_be_reached_is_given_up() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/feed"

        async def run() -> list[str]:
            async with Fetcher() as fetcher:
                told = []
                for _ in range(2):
                    with pytest.raises(FetchFailed) as caught:
                        await fetcher.fetch(url, consent=url)
                    told.append(str(caught.value))
                    listener.listen()  # now it could be reached
                return told

        assert asyncio.run(run()) == ["its server can't be reached"] * 2
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_wants_to_be_left_alone_is(server: WebServer, status: int) -> None:
    server.pages["/feed"] = Reply(status=status, headers={"Retry-After": "3600"})
    server.pages["/other"] = Reply("hello")

    async def run() -> list[datetime | None]:
        async with Fetcher() as fetcher:
            times = []
            for path in ("/feed", "/other"):
                with pytest.raises(FetchFailed, match="asks to be left alone until") as caught:
                    await fetcher.fetch(server.site + path, consent=server.site)
                times.append(caught.value.retry_at)
            return times

    first, second = asyncio.run(run())
    assert first is not None
    assert first == second
    assert timedelta(minutes=59) < first - datetime.now(UTC) < timedelta(minutes=61)
    assert server.paths == ["/feed"]


def test_no_cookie_is_sent_back(server: WebServer) -> None:
    server.pages["/feed"] = Reply("hello", headers={"Set-Cookie": "id=1"})

    async def run() -> None:
        async with Fetcher() as fetcher:
            for _ in range(2):
                await fetcher.fetch(f"{server.site}/feed", consent=server.site)

    asyncio.run(run())
    assert all("Cookie" not in headers for _, headers in server.requests)


def test_a_host_is_asked_one_thing_at_a_time_with_pauses(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "PAUSE_S", 0.1)
    now, most = 0, 0

    def counted(request: BaseHTTPRequestHandler) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        time.sleep(0.02)
        now -= 1
        Reply("hello")(request)

    server.pages["/feed"] = counted

    async def run() -> None:
        async with Fetcher() as fetcher:
            await asyncio.gather(*(fetcher.fetch(f"{server.site}/feed", consent=server.site) for _ in range(4)))

    started = time.monotonic()
    asyncio.run(run())
    assert most == 1
    assert time.monotonic() - started >= 0.3


# --- addresses of this machine and its network ---


def test_this_machine_is_fetched_from_only_by_consent(server: WebServer) -> None:
    server.pages["/feed"] = Reply("hello")
    port = server.site.rsplit(":", 1)[-1]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.1", "127.1", "2130706433"):
        error = failure(f"http://{host}:{port}/feed", private=False)
        assert error.lasting
        assert "--private" in str(error)
    assert server.requests == []


def test_a_name_that_leads_elsewhere_when_it_is_connected_to_gets_nothing(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def passes(_: str) -> None:
        """The name resolved to a public address a moment ago."""

    monkeypatch.setattr(fetching, "check_public", passes)
    assert "--private" in str(failure(f"{server.site}/feed", private=False))
    assert server.requests == []


def test_consent_is_for_one_host_and_port_and_for_nothing_that_it_leads_to(server: WebServer) -> None:
    with WebServer() as router:
        router.pages["/reboot"] = Reply("done")
        server.pages |= {"/away": to(f"{router.site}/reboot"), "/here": to("/feed"), "/feed": Reply("hello")}
        assert isinstance(failure(f"{server.site}/away"), NotPublic)
        assert fetch(f"{server.site}/here").data == b"hello"
        with pytest.raises(NotPublic):
            fetch(f"{router.site}/reboot", private=False, consent=server.site)
        assert router.requests == []
