"""What was freed goes back to the system, where the C library keeps it otherwise."""

import platform
import resource
from pathlib import Path

import pytest

from rag.freed_memory import give_back

PIECES, PIECE_BYTES = 40_000, 2_000
"""80 MB in pieces that are too large for Python's own allocator, and too small for the C library to map."""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what was freed, and can be told not to")
def test_what_was_freed_below_something_that_is_kept_is_given_back() -> None:
    pieces = [bytes(PIECE_BYTES) for _ in range(PIECES)]
    kept = pieces[-1]
    pieces.clear()
    before = _resident_bytes()
    give_back()
    assert before - _resident_bytes() > PIECES * PIECE_BYTES / 2
    assert len(kept) == PIECE_BYTES


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
