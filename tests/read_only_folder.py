"""A folder that can't be written for as long as a block lasts, also by the superuser, who may write everywhere else."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the right to write away, or, from the superuser, by a mount; the test is skipped where neither can be."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(0o755)
        return
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode:
        pytest.skip("the superuser may write everywhere, and can't mount anything here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], capture_output=True, check=True)
        yield
    finally:
        subprocess.run(["umount", folder], capture_output=True, check=True)
