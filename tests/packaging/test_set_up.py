"""What `make run` says on a machine that lacks something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "set-up"
TOOLS = ("sh", "cat", "dirname")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout, and a PATH on which nothing but the basic tools is found."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def set_up(bare: Path) -> str:
    """Run the script, which must fail and leave nothing behind; give what it says."""
    done = subprocess.run(
        [bare / "scripts" / "set-up"],
        env={"PATH": str(bare / "bin"), "HOME": str(bare)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert not (bare / ".venv").exists()
    return done.stderr


def provide(bare: Path, name: str, script: str) -> None:
    tool = bare / "bin" / name
    tool.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    tool.chmod(0o755)


def test_a_machine_without_python_is_told_what_to_install(bare: Path) -> None:
    said = set_up(bare)
    assert "Python 3.11 or newer" in said
    assert "apt install python3" in said


def test_a_python_that_is_too_old_is_none(bare: Path) -> None:
    provide(bare, "python3", "exit 1")  # what the check of the version comes to
    assert "Python 3.11 or newer" in set_up(bare)


def test_a_python_without_venv_is_told_what_to_install(bare: Path) -> None:
    provide(bare, "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    assert "apt install python3-venv" in set_up(bare)


def test_a_missing_compiler_is_told_before_anything_is_built(bare: Path) -> None:
    provide(bare, "python3", f'exec "{sys.executable}" "$@"')
    said = set_up(bare)
    assert "C++ compiler" in said
    for advice in ("apt install build-essential", "dnf install gcc-c++", "xcode-select --install"):
        assert advice in said


def test_the_script_can_be_run() -> None:
    assert os.access(SCRIPT, os.X_OK)
