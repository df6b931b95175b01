"""The head of a GGUF file, checked without llama.cpp.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. That a file really loads only the worker can tell.
"""

import struct
from pathlib import Path
from typing import Final

from rag.model_files.errors import NotAModel

SUFFIX: Final = ".gguf"
MAGIC: Final = b"GGUF"
HEAD: Final = struct.Struct("<4sIQQ")
"""Magic, version, number of tensors, number of metadata entries; little-endian."""

VERSIONS: Final = (2, 3)
"""Those that llama.cpp reads."""


def check(path: Path) -> None:
    """Raise ``NotAModel`` for a file that is no language model in GGUF, or can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD.size)
    except OSError as error:
        raise NotAModel(f"{path} can't be read: {error.strerror}.") from error
    if not head.startswith(MAGIC):
        raise NotAModel(f"{path} is not a GGUF file. A model that answers must be one: look for a name in .gguf.")
    if len(head) < HEAD.size:
        raise NotAModel(f"{path} ends after {len(head)} bytes: a download that was cut off? Fetch it again.")
    _, version, tensors, entries = HEAD.unpack(head)
    if version not in VERSIONS:
        raise NotAModel(
            f"{path} is GGUF version {version & 0xFFFF or version >> 24}, or made for another kind of processor; "
            f"version {' or '.join(map(str, VERSIONS))} is needed. Look for a newer file of the model."
        )
    if not tensors or not entries:
        raise NotAModel(f"{path} holds no weights: a vocabulary alone can't answer. Look for the model itself.")
