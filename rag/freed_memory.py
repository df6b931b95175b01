"""Gives the system back what was freed: glibc keeps it, some 100 MB after models were loaded or articles indexed."""

import ctypes
import sys


def give_back() -> None:
    """Give back what this process has freed; some milliseconds. Nothing where the C library is not glibc."""
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
