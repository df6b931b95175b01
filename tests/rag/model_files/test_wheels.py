"""The package index source: pip against a folder of wheels, and wheels of every bad kind."""

import sys
import time
import zipfile
from pathlib import Path

import pytest

from rag.model_files import wheels
from rag.model_files.catalogue import ModelFile, Wheel, WheelsSource
from rag.model_files.errors import DiskFull, PullCancelled, SourceFailed, WrongChecksum
from rag.model_files.progress import Meter, Progress
from rag.model_files.wheels import WheelShelf
from tests.rag.model_files.samples import FILE, WHEEL, Wheelhouse, gguf_bytes, parts_of, sha256, spec_of

DATA = gguf_bytes("wheels")
SPEC = spec_of(DATA, WHEEL)


class Shelf(WheelShelf):
    """A shelf whose wheels are at hand, without pip."""

    def __init__(self, wheels_by_requirement: dict[str, Path]) -> None:
        super().__init__(Path("unused"), {})
        self._at_hand = wheels_by_requirement
        self.taken: list[str] = []

    def take(self, requirement: str, meter: Meter, before: int) -> Path:  # noqa: ARG002
        self.taken.append(requirement)
        return self._at_hand[requirement]


def meter(told: list[Progress] | None = None) -> Meter:
    return Meter("small", len(DATA), (told if told is not None else []).append, lambda: False)


def fetch_wheel(wheel: Path, partial: Path) -> None:
    wheels.fetch(WHEEL, SPEC.files[0], partial, Shelf({"small-model==1.0": wheel}), meter())


# --- with pip ---


def test_pip_fetches_a_wheel_and_it_is_gone_afterwards(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheelhouse.add("small-model", {f"small_model/data/{FILE}": DATA, "small_model/__init__.py": b"raise SystemExit"})
    folder, partial = tmp_path / "shelf", tmp_path / "file.partial"
    with WheelShelf(folder, wheels.carried(WHEEL, SPEC.files)) as shelf:
        wheels.fetch(WHEEL, SPEC.files[0], partial, shelf, meter())
        assert len(list(folder.rglob("*.whl"))) == 1
    assert partial.read_bytes() == DATA
    assert not folder.exists()


def test_parts_are_joined_and_never_more_than_one_wheel_is_there(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    source, parts = parts_of(DATA, 2000)
    for number, part in enumerate(parts, start=1):
        wheelhouse.add(f"small-part{number}", {f"part{number}/data.bin": part})
    folder, partial = tmp_path / "shelf", tmp_path / "file.partial"
    most = 0

    def look(progress: Progress) -> None:
        nonlocal most
        most = max(most, len(list(folder.glob("fetched/*.whl"))))
        told.append(progress)

    told: list[Progress] = []
    with WheelShelf(folder, wheels.carried(source, SPEC.files)) as shelf:
        wheels.fetch(source, SPEC.files[0], partial, shelf, Meter("small", len(DATA), look, lambda: False))
    assert partial.read_bytes() == DATA
    assert most == 1
    assert {progress.detail for progress in told} >= {"part 1 of 2", "part 2 of 2"}


def test_a_package_that_the_index_does_not_have_is_named(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    with WheelShelf(tmp_path / "shelf", {"small-model==1.0": 1}) as shelf, pytest.raises(SourceFailed) as failure:
        shelf.take("small-model==1.0", meter(), 0)
    assert "small-model==1.0" in str(failure.value)


def test_an_index_that_is_not_there_is_told(
    wheelhouse: Wheelhouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    shelf = WheelShelf(tmp_path / "shelf", {"small-model==1.0": 1})
    with shelf, pytest.raises(SourceFailed, match="can't be reached"):
        shelf.take("small-model==1.0", meter(), 0)


# --- with a scripted pip ---


def script_pip(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(wheels, "PIP_DOWNLOAD", (sys.executable, "-c", code))


def test_a_disk_that_fills_while_pip_writes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script_pip(monkeypatch, "raise SystemExit('ERROR: an OSError: [Errno 28] No space left on device')")
    with WheelShelf(tmp_path / "shelf", {"small-model==1.0": 1}) as shelf, pytest.raises(DiskFull):
        shelf.take("small-model==1.0", meter(), 0)


def test_a_running_pip_is_ended_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "alive"
    script_pip(monkeypatch, f"import time, pathlib\nwhile True: pathlib.Path({str(sign)!r}).touch(); time.sleep(0.01)")
    stopping = Meter("small", 1, lambda _: None, sign.exists)
    begin = time.monotonic()
    with WheelShelf(tmp_path / "shelf", {"small-model==1.0": 1}) as shelf, pytest.raises(PullCancelled):
        shelf.take("small-model==1.0", stopping, 0)
    assert time.monotonic() - begin < wheels.STOP_GRACE_S
    sign.unlink()
    time.sleep(0.1)
    assert not sign.exists(), "it still runs"


def test_the_wheel_at_hand_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script_pip(
        monkeypatch,
        "import sys, pathlib\n"
        "target = pathlib.Path(sys.argv[2]); target.mkdir()\n"
        "(target / f'{sys.argv[3]}.whl').touch()",
    )
    with WheelShelf(tmp_path / "shelf", {"one": 1, "two": 1}) as shelf:
        first = shelf.take("one", meter(), 0)
        first.write_text("as it was")
        assert shelf.take("one", meter(), 0).read_text() == "as it was"
        assert shelf.take("two", meter(), 0).exists()
        assert not first.exists()


def test_the_growing_download_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script_pip(
        monkeypatch,
        "import os, sys, time, pathlib\n"
        "pathlib.Path(os.environ['TMPDIR'], 'growing.whl').write_bytes(b'x' * 700)\n"
        "time.sleep(0.5)\n"
        "target = pathlib.Path(sys.argv[2]); target.mkdir()\n"
        "(target / 'growing.whl').write_bytes(b'x' * 700)",
    )
    told: list[Progress] = []
    with WheelShelf(tmp_path / "shelf", {"small-model==1.0": 1000}) as shelf:
        wheel = shelf.take("small-model==1.0", meter(told), 100)
        assert wheel.read_bytes() == b"x" * 700
    assert told[-1].done == 800


# --- what is in a wheel ---


def test_several_files_come_out_of_one_fetch_of_a_wheel(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    contents = {"cfg": b"config", "ner/model": b"weights"}
    wheel = wheelhouse.add("small-model", {f"small_model/{name}": data for name, data in contents.items()})
    source = WheelsSource(kind="wheels", wheels=(Wheel(requirement="small-model==1.0", folder="small_model"),))
    files = [ModelFile(name=name, size=len(data), sha256=sha256(data)) for name, data in contents.items()]
    assert wheels.carried(source, files) == {"small-model==1.0": 13}
    shelf = Shelf({"small-model==1.0": wheel})
    for number, file in enumerate(files):
        wheels.fetch(source, file, tmp_path / str(number), shelf, meter())
    assert [(tmp_path / "0").read_bytes(), (tmp_path / "1").read_bytes()] == list(contents.values())


def test_whole_parts_that_are_there_are_kept(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    source, parts = parts_of(DATA, 1000)
    at_hand = {
        f"small-part{n}==1.0": wheelhouse.add(f"small-part{n}", {f"part{n}/data.bin": part})
        for n, part in enumerate(parts, start=1)
    }
    partial = tmp_path / "file.partial"
    partial.write_bytes(DATA[:2500])
    shelf = Shelf(at_hand)
    wheels.fetch(source, SPEC.files[0], partial, shelf, meter())
    assert partial.read_bytes() == DATA
    assert shelf.taken == ["small-part3==1.0"]


def test_a_damaged_part_that_is_there_is_fetched_again(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    source, parts = parts_of(DATA, 1000)
    at_hand = {
        f"small-part{n}==1.0": wheelhouse.add(f"small-part{n}", {f"part{n}/data.bin": part})
        for n, part in enumerate(parts, start=1)
    }
    partial = tmp_path / "file.partial"
    partial.write_bytes(DATA[:1000] + b"x" * 1000 + DATA[2000:])
    shelf = Shelf(at_hand)
    wheels.fetch(source, SPEC.files[0], partial, shelf, meter())
    assert partial.read_bytes() == DATA
    assert shelf.taken == ["small-part2==1.0", "small-part3==1.0"]


def test_a_wrong_part_is_thrown_away_and_those_before_it_are_kept(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    source, parts = parts_of(DATA, 1000)
    at_hand = {
        "small-part1==1.0": wheelhouse.add("small-part1", {"part1/data.bin": parts[0]}),
        "small-part2==1.0": wheelhouse.add("small-part2", {"part2/data.bin": b"x" * 1000}),
    }
    partial = tmp_path / "file.partial"
    with pytest.raises(WrongChecksum, match=r"small-part2==1\.0"):
        wheels.fetch(source, SPEC.files[0], partial, Shelf(at_hand), meter())
    assert partial.read_bytes() == parts[0]


def test_a_member_is_found_by_its_exact_name_alone(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    wheel = wheelhouse.add("small-model", {f"../../{outside.name}": DATA, str(outside): DATA, FILE: DATA})
    with pytest.raises(SourceFailed, match=f"holds no small_model/data/{FILE}"):
        fetch_wheel(wheel, tmp_path / "file.partial")
    assert not outside.exists()


def test_a_member_that_is_a_link_is_taken_as_the_bytes_that_it_is(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    wheel = wheelhouse.folder / "small_model-1.0-py3-none-any.whl"
    link = zipfile.ZipInfo(f"small_model/data/{FILE}")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(link, str(secret).ljust(len(DATA)))
    partial = tmp_path / "file.partial"
    fetch_wheel(wheel, partial)
    assert not partial.is_symlink()
    assert partial.read_bytes().startswith(str(secret).encode())


@pytest.mark.parametrize("data", [DATA + b"more", DATA[:-1], b""])
def test_a_member_of_another_size_is_refused_unread(wheelhouse: Wheelhouse, tmp_path: Path, data: bytes) -> None:
    partial = tmp_path / "file.partial"
    wheel = wheelhouse.add("small-model", {f"small_model/data/{FILE}": data})
    with pytest.raises(SourceFailed, match="another size"):
        fetch_wheel(wheel, partial)
    assert partial.read_bytes() == b""


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(wheelhouse: Wheelhouse, tmp_path: Path) -> None:
    wheel = wheelhouse.folder / "small_model-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"small_model/data/{FILE}", DATA * 100)
    claimed, real = (len(DATA) * n for n in (1, 100))
    wheel.write_bytes(wheel.read_bytes().replace(real.to_bytes(4, "little"), claimed.to_bytes(4, "little")))
    partial = tmp_path / "file.partial"
    with pytest.raises(SourceFailed, match="can't be read"):
        fetch_wheel(wheel, partial)
    assert partial.read_bytes() == b"", "what was wrong is not kept"


@pytest.mark.parametrize("content", [b"", b"<html>log in</html>", b"PK\x03\x04cut off"])
def test_what_is_no_wheel_is_refused(tmp_path: Path, content: bytes) -> None:
    wheel = tmp_path / "small_model-1.0-py3-none-any.whl"
    wheel.write_bytes(content)
    with pytest.raises(SourceFailed, match="can't be read"):
        fetch_wheel(wheel, tmp_path / "file.partial")


def test_a_spec_names_a_wheel_for_each_file() -> None:
    source = WheelsSource(
        kind="wheels", wheels=(Wheel(requirement="small-model==1.0", folder="small_model", files=("other",)),)
    )
    spec = spec_of(DATA, source)
    with pytest.raises(LookupError, match=FILE):
        source.pieces(spec.files[0])
