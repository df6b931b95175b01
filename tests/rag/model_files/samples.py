"""Small models, and the packages that carry them."""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from rag.model_files.catalogue import (
    HubSource,
    ModelFile,
    ModelSpec,
    PartsSource,
    Piece,
    Purpose,
    Source,
    Wheel,
    WheelsSource,
)
from rag.model_files.gguf import HEAD, MAGIC

FILE = "small-q4.gguf"


class Wheelhouse:
    """A folder of wheels that pip takes for the package index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, members: Mapping[str, bytes], version: str = "1.0") -> Path:
        module = name.replace("-", "_")
        wheel = self.folder / f"{module}-{version}-py3-none-any.whl"
        info = f"{module}-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as archive:
            for member, data in members.items():
                archive.writestr(member, data)
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
            archive.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            archive.writestr(f"{info}/RECORD", "")
        return wheel


def gguf_bytes(seed: str = "", size: int = 3000) -> bytes:
    """A file with the head of a model and the rest made up."""
    head = HEAD.pack(MAGIC, 3, 1, 1)
    noise = b"".join(hashlib.sha256(f"{seed}{number}".encode()).digest() for number in range(size // 32 + 1))
    return (head + noise)[:size]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def spec_of(data: bytes, *sources: Source, name: str = "small", file: str = FILE) -> ModelSpec:
    """A model of one file."""
    pinned = ModelFile(name=file, size=len(data), sha256=sha256(data))
    return ModelSpec(
        name=name, purpose=Purpose.ANSWER, licence="MIT", description="small", files=(pinned,), sources=sources
    )


HUB = HubSource(kind="hub", repository="someone/small", revision="main")
WHEEL = WheelsSource(kind="wheels", wheels=(Wheel(requirement="small-model==1.0", folder="small_model/data"),))


def parts_of(data: bytes, size: int) -> tuple[PartsSource, list[bytes]]:
    """The data cut into parts of a size, in packages ``small-part1`` and so on, and the parts."""
    cut = [data[begin : begin + size] for begin in range(0, len(data), size)]
    pieces = (
        Piece(requirement=f"small-part{n}==1.0", member=f"part{n}/data.bin", size=len(part), sha256=sha256(part))
        for n, part in enumerate(cut, start=1)
    )
    return PartsSource(kind="parts", parts=tuple(pieces)), cut
