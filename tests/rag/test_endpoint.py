"""What is asked of an endpoint, what is made of what comes back, and what is said where it does not come."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from models.endpoint_settings import EndpointSettings
from rag.completions import EVENT_LIMIT, RESPONSE_LIMIT
from rag.endpoint import Endpoint, Refused, chat
from rag.failures import EndpointFailed
from rag.stop_flag import StopFlag, Stopped
from tests.chat_server import Behaviour, ChatServer, begin, chances, reply, send, words

ASKED = chat("You answer.", "Why?")
MOST = 160
SOON_S = 1.0


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as started:
        yield started


def endpoint(server: ChatServer, stop: StopFlag | None = None, **settings: Any) -> Endpoint:
    return Endpoint(EndpointSettings(**{"url": server.url, "model": "tiny", **settings}), stop or StopFlag())


def failure(server: ChatServer, behaviour: Behaviour | None = None, **settings: Any) -> str:
    server.behaviour = behaviour or server.behaviour
    with endpoint(server, **settings) as remote, pytest.raises(EndpointFailed) as caught:
        list(remote.write(ASKED, MOST))
    return str(caught.value)


def test_what_is_written_comes_piece_by_piece(server: ChatServer) -> None:
    goes_on = threading.Event()
    server.behaviour = words("It ", "rusted.", pause=goes_on)
    with endpoint(server) as remote:
        pieces = remote.write(ASKED, MOST)
        assert next(pieces) == "It "
        goes_on.set()
        assert list(pieces) == ["rusted."]
    [body] = server.asked
    assert body["messages"] == ASKED
    assert (body["model"], body["max_tokens"], body["temperature"], body["stream"]) == ("tiny", MOST, 0, True)
    assert server.keys == [None]


def test_a_key_goes_with_each_request(server: ChatServer) -> None:
    with endpoint(server, api_key="s3cret") as remote:
        list(remote.write(ASKED, MOST))
    assert server.keys == ["Bearer s3cret"]


def test_a_server_that_does_not_stream_is_understood(server: ChatServer) -> None:
    server.behaviour = reply({"choices": [{"message": {"role": "assistant", "content": "It rusted."}}]})
    with endpoint(server) as remote:
        assert list(remote.write(ASKED, MOST)) == ["It rusted."]


def test_events_without_words_are_passed_over(server: ChatServer) -> None:
    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        begin(request)
        request.wfile.write(b": ping\r\n\r\n")
        send(request, {"choices": [{"delta": {"role": "assistant"}}]})
        send(request, {"choices": [{"delta": {"content": "Yes."}}]})
        send(request, {"choices": [], "usage": {"total_tokens": 3}})

    server.behaviour = behaviour
    with endpoint(server) as remote:
        assert list(remote.write(ASKED, MOST)) == ["Yes."]


def test_without_a_name_the_first_model_that_is_listed_answers(server: ChatServer) -> None:
    server.models = ("big", "small")
    with endpoint(server, model="") as remote:
        list(remote.write(ASKED, MOST))
        assert remote.signature == f"big at {remote._settings.host}"
    assert server.asked[0]["model"] == "big"


def test_where_no_model_is_listed_one_is_to_be_named(server: ChatServer) -> None:
    server.models = ()
    assert "lists no model" in failure(server, model="")


@pytest.mark.parametrize("wait_for", ["the first word", "the next word", "the judgement"])
def test_a_stop_is_heeded_at_once_and_the_server_let_go(server: ChatServer, wait_for: str) -> None:
    stop = StopFlag()
    waiting = threading.Event()

    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        if wait_for == "the next word":
            begin(request)
            send(request, {"choices": [{"delta": {"content": "It "}}]})
        waiting.set()
        while request.connection.recv(1):  # until the client has gone
            pass
        server.left.set()

    server.behaviour = behaviour

    def stop_soon() -> None:
        waiting.wait()
        stop.set()

    threading.Thread(target=stop_soon).start()
    with endpoint(server, stop) as remote:
        with pytest.raises(Stopped):
            _ = remote.first_token(ASKED) if wait_for == "the judgement" else list(remote.write(ASKED, MOST))
        assert server.left.wait(SOON_S)


def test_a_reader_who_turns_away_lets_the_server_go(server: ChatServer) -> None:
    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        begin(request)
        while True:
            send(request, {"choices": [{"delta": {"content": "and "}}]})
            time.sleep(0.001)

    server.behaviour = behaviour
    with endpoint(server) as remote:
        pieces = remote.write(ASKED, MOST)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert server.left.wait(SOON_S)


def test_a_server_that_does_not_end_is_ended(server: ChatServer) -> None:
    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        begin(request)
        while True:
            send(request, {"choices": [{"delta": {"content": "on and on "}}]})

    server.behaviour = behaviour
    with endpoint(server) as remote:
        assert len("".join(remote.write(ASKED, 10))) < 1000


def test_the_likeliest_first_tokens_are_given_with_their_chances(server: ChatServer) -> None:
    server.behaviour = chances({"Yes": -0.1, "No": -2.5})
    with endpoint(server) as remote:
        assert remote.first_token(ASKED) == {"Yes": -0.1, "No": -2.5}
    assert server.asked[0]["logprobs"] is True
    assert server.asked[0]["max_tokens"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"choices": [{"message": {"content": "Yes"}}]},
        {"choices": [{"message": {"content": "Yes"}, "logprobs": None}]},
        {"choices": [{"message": {"content": "Yes"}, "logprobs": {"content": []}}]},
        {"choices": []},
    ],
)
def test_a_server_that_tells_no_chances_gives_none(server: ChatServer, body: object) -> None:
    server.behaviour = reply(body)
    with endpoint(server) as remote:
        assert remote.first_token(ASKED) == {}


def test_what_a_server_can_not_do_is_told_from_its_being_down(server: ChatServer) -> None:
    server.behaviour = reply({"error": {"message": "logprobs is not supported"}}, 500)
    with endpoint(server) as remote, pytest.raises(Refused, match="logprobs is not supported"):
        remote.first_token(ASKED)


# --- what goes wrong ---


def test_a_server_that_is_down(server: ChatServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    said = failure(server, url=url)
    assert said.startswith(f"{url} can't be reached: is its server running?")
    assert "answer.endpoint.url" in said


def test_a_host_that_there_is_not(server: ChatServer) -> None:
    assert "can't be reached" in failure(server, url="http://nowhere.invalid/v1")


@pytest.mark.parametrize(("key", "expected"), [("wrong", "refuses the key"), ("", "wants a key")])
def test_a_wrong_key_or_none(server: ChatServer, key: str, expected: str) -> None:
    said = failure(server, reply({"error": {"message": "Unauthorized"}}, 401), api_key=key)
    assert expected in said
    assert "answer.endpoint.api_key" in said
    assert not key or key not in said


@pytest.mark.parametrize("status", [400, 404])
def test_an_unknown_model(server: ChatServer, status: int) -> None:
    said = failure(server, reply({"error": {"message": "no such model"}}, status), model="huge")
    assert said == f"{server.url} knows no model huge. Set answer.endpoint.model to one it has: tiny."


def test_an_address_that_holds_no_chat(server: ChatServer) -> None:
    url = server.url.removesuffix("/v1")
    assert failure(server, url=url).startswith(f"There is no chat at {url} (status 404): Not Found. Most addresses end")


def test_a_slow_server(server: ChatServer) -> None:
    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        begin(request)
        while True:
            request.wfile.write(b": still at it\n\n")  # a sign of life, but no word
            request.wfile.flush()
            time.sleep(0.01)

    said = failure(server, behaviour, timeout_s=0.2)
    assert "sent nothing for 0.2 seconds" in said
    assert "answer.endpoint.timeout_s" in said


@pytest.mark.parametrize(
    "behaviour",
    [
        reply(b"<html>Welcome</html>", headers={"Content-Type": "text/html"}),
        reply(b"\xff\x00\xfe"),
        reply(["a list"]),
        reply({"choices": "none"}),
        reply({"choices": [{"message": {"content": 3}}]}),
        reply(b"[" * 100_000),
        reply(b"data: {nonsense\n\n", headers={"Content-Type": "text/event-stream"}),
    ],
    ids=["page", "bytes", "list", "shape", "type", "depth", "event"],
)
def test_garbage(server: ChatServer, behaviour: Behaviour) -> None:
    assert "is not what an OpenAI-compatible server sends" in failure(server, behaviour)


@pytest.mark.parametrize(
    "behaviour",
    [
        reply(b" " * (RESPONSE_LIMIT + 1)),
        reply(b"data:" + b"x" * (EVENT_LIMIT + 1), headers={"Content-Type": "text/event-stream"}),
        reply(b": ping\n" * (RESPONSE_LIMIT // 7 + 1), headers={"Content-Type": "text/event-stream"}),
    ],
    ids=["body", "event", "events"],
)
def test_far_too_much(server: ChatServer, behaviour: Behaviour) -> None:
    assert "sent more than an answer can be" in failure(server, behaviour)


@pytest.mark.parametrize("behaviour", [words(), words(""), reply({"choices": [{"message": {"content": None}}]})])
def test_nothing_at_all(server: ChatServer, behaviour: Behaviour) -> None:
    assert "tiny wrote nothing" in failure(server, behaviour)


def test_a_failure_in_the_middle_of_an_answer(server: ChatServer) -> None:
    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        begin(request)
        send(request, {"choices": [{"delta": {"content": "It "}}]})
        send(request, {"error": {"message": "out of memory \x1b[2J" + "!" * 1000}})

    said = failure(server, behaviour)
    assert "could not answer: out of memory" in said
    assert "\x1b" not in said
    assert len(said) < 400


def test_a_connection_that_breaks_off(server: ChatServer) -> None:
    def behaviour(request: BaseHTTPRequestHandler, _: object) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"{")
        request.close_connection = True

    assert "broke the connection off" in failure(server, behaviour)


def test_a_redirect_is_not_followed(server: ChatServer) -> None:
    with ChatServer() as other:
        said = failure(server, reply({}, 307, {"Location": f"{other.url}/chat/completions"}))
        assert "sends on to another address" in said
        assert not other.asked


@pytest.mark.parametrize(
    ("status", "message", "expected"),
    [
        (400, "This model's maximum context length is 2048 tokens", "Set a smaller answer.context_tokens"),
        (429, "slow down", "wants to be asked less often (status 429): slow down."),
        (503, "loading model", "could not answer (status 503): loading model."),
    ],
)
def test_what_else_a_server_may_say(server: ChatServer, status: int, message: str, expected: str) -> None:
    assert expected in failure(server, reply({"error": {"message": message}}, status))


def test_a_proxy_of_the_environment_is_not_asked_for_what_is_on_this_machine(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with endpoint(server) as remote:
        assert list(remote.write(ASKED, MOST)) == ["It rusted."]
