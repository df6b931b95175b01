"""The head of a GGUF file."""

from pathlib import Path

import pytest

from rag.model_files.errors import NotAModel
from rag.model_files.gguf import HEAD, MAGIC, check
from tests.rag.model_files.samples import gguf_bytes


def test_a_model_passes_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "any name"
    for passes in (gguf_bytes(), HEAD.pack(MAGIC, 2, 1, 1)):
        file.write_bytes(passes)
        check(file)
        file.write_bytes(b"x" + passes[1:])
        with pytest.raises(NotAModel):
            check(file)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a GGUF file"),
        (b"GGML and so on, from years ago", "not a GGUF file"),
        (b"<!doctype html><title>Log in</title>", "not a GGUF file"),
        (b"GGUF\x03\x00", "cut off"),
        (HEAD.pack(MAGIC, 1, 1, 1), "version 1"),
        (HEAD.pack(MAGIC, 4, 1, 1), "version 4"),
        (HEAD.pack(MAGIC, 3 << 24, 1, 1), "another kind of processor"),
        (HEAD.pack(MAGIC, 3, 0, 20), "no weights"),
        (HEAD.pack(MAGIC, 3, 100, 0), "no weights"),
    ],
)
def test_what_is_no_model_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(content)
    with pytest.raises(NotAModel, match=reason) as failure:
        check(file)
    assert str(file) in str(failure.value)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAModel, match="can't be read"):
        check(tmp_path)
