"""The hub source against a server on the loopback."""

import re
import socket
from pathlib import Path

import pytest

from rag.model_files import hub as hub_source
from rag.model_files.errors import PullCancelled, SourceFailed
from rag.model_files.progress import Meter, Progress, Stage
from tests.rag.model_files.hub_server import COMMIT, HubServer
from tests.rag.model_files.samples import FILE, HUB, gguf_bytes, spec_of

DATA = gguf_bytes("hub", size=1_000_000)
SPEC = spec_of(DATA, HUB)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_source, "PAUSE_S", 0.0)


@pytest.fixture
def partial(tmp_path: Path, hub: HubServer) -> Path:
    hub.files[FILE] = DATA
    return tmp_path / "file.partial"


def fetch(partial: Path) -> list[Progress]:
    told: list[Progress] = []
    meter = Meter(SPEC.name, SPEC.size, told.append, lambda: False)
    hub_source.fetch(HUB, SPEC.files[0], partial, meter)
    return told


def test_a_file_is_fetched_with_its_progress(hub: HubServer, partial: Path) -> None:
    told = fetch(partial)
    assert partial.read_bytes() == DATA
    assert [told[0].stage, told[-1].stage] == [Stage.CONNECTING, Stage.FETCHING]
    counts = [progress.done for progress in told]
    assert counts == sorted(counts)
    assert counts[-1] == len(DATA)
    assert len(set(counts)) > 2, "the count grows while the file arrives"


def test_the_hub_is_asked_for_the_pinned_revision_without_a_token(
    hub: HubServer, partial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch(partial)
    assert hub.requests[0][:2] == ("HEAD", f"/{HUB.repository}/resolve/{HUB.revision}/{FILE}")
    assert all("authorization" not in map(str.lower, headers) for _, _, headers in hub.requests)
    assert {path.rsplit("/", 1)[-1] for _, path, _ in hub.requests} == {FILE}, "nothing else is asked for"


def test_a_partial_file_is_gone_on_with(hub: HubServer, partial: Path) -> None:
    partial.write_bytes(DATA[:400_000])
    fetch(partial)
    assert partial.read_bytes() == DATA
    assert hub.ranges == ["bytes=400000-"]


def test_a_whole_partial_file_is_not_fetched_again(hub: HubServer, partial: Path) -> None:
    partial.write_bytes(DATA)
    fetch(partial)
    assert hub.ranges == []


def test_a_partial_file_that_is_too_long_begins_anew(hub: HubServer, partial: Path) -> None:
    partial.write_bytes(DATA + b"more")
    fetch(partial)
    assert partial.read_bytes() == DATA
    assert hub.ranges == [""]


def test_a_server_without_ranges_gives_the_whole_file(hub: HubServer, partial: Path) -> None:
    hub.ranges_honoured = False
    partial.write_bytes(b"x" * 400_000)
    fetch(partial)
    assert partial.read_bytes() == DATA


def test_a_connection_that_drops_is_taken_up_where_it_ended(hub: HubServer, partial: Path) -> None:
    hub.cut_after = 300_000
    fetch(partial)
    assert partial.read_bytes() == DATA
    assert hub.ranges[0] == ""
    resumed = re.fullmatch(r"bytes=(\d+)-", hub.ranges[1])
    assert resumed is not None
    assert 0 < int(resumed[1]) <= 300_000


def test_another_file_under_the_name_is_refused_before_it_is_fetched(hub: HubServer, partial: Path) -> None:
    hub.etag = "0" * 64
    with pytest.raises(SourceFailed, match="not the pinned one"):
        fetch(partial)
    assert hub.ranges == []


def test_another_size_is_refused_before_it_is_fetched(hub: HubServer, partial: Path) -> None:
    hub.etag = COMMIT  # says nothing about the content
    hub.files[FILE] = DATA + b"more"
    with pytest.raises(SourceFailed, match="not the pinned one"):
        fetch(partial)
    assert hub.ranges == []


def test_more_than_the_hub_has_announced_is_refused(hub: HubServer, partial: Path) -> None:
    hub.etag, hub.size = COMMIT, len(DATA)
    hub.files[FILE] = DATA * 2
    with pytest.raises(SourceFailed, match="more than the file should have"):
        fetch(partial)
    assert partial.stat().st_size <= len(DATA)


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_an_error_of_the_hub_is_named(hub: HubServer, partial: Path, status: int) -> None:
    hub.status = status
    with pytest.raises(SourceFailed, match=str(status)):
        fetch(partial)


def test_a_file_that_the_hub_does_not_have_is_named(hub: HubServer, partial: Path) -> None:
    hub.files.clear()
    with pytest.raises(SourceFailed, match="404"):
        fetch(partial)


def test_no_network_is_told(partial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(SourceFailed, match="can't be reached"):
            fetch(partial)


def test_a_hub_that_keeps_silent_is_given_up(hub: HubServer, partial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.stall_after = 1000
    monkeypatch.setattr(hub_source, "READ_TIMEOUT_S", 0.1)
    monkeypatch.setattr(hub_source, "TRIES", 1)
    with pytest.raises(SourceFailed, match="does not answer"):
        fetch(partial)


def test_a_fetch_stops_on_request_and_keeps_what_it_has(hub: HubServer, partial: Path) -> None:
    told: list[Progress] = []
    meter = Meter(SPEC.name, SPEC.size, told.append, lambda: bool(told) and told[-1].done > 0)
    with pytest.raises(PullCancelled):
        hub_source.fetch(HUB, SPEC.files[0], partial, meter)
    kept = partial.read_bytes()
    assert 0 < len(kept) < len(DATA)
    assert DATA.startswith(kept)
