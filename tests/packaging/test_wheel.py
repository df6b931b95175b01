"""The wheel: what is in it, and that it runs where there is no checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
PACKAGES = ("models", "library", "entities", "rag", "tui")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, stdin=subprocess.DEVNULL)
    [built] = folder.glob("newsreader-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*pip, str(wheel)], check=True, stdin=subprocess.DEVNULL)
    return folder


def run(installed: Path, tmp_path: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Run the installed command in an empty folder, with its own files found before the checkout's."""
    where = "import library, sys; print(library.__file__, file=sys.stderr)"
    code = f"{where}; from tui.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *args],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_what_is_no_python_is_in_the_wheel_too(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert {Path(name).suffix for name in data} >= {".tcss", ".toml", ".txt", ".sql"}
    assert data <= packed
    assert any(name.endswith("/LICENSE") for name in packed)


def test_nothing_but_the_product_is_in_the_wheel(wheel: Path) -> None:
    top = {name.split("/")[0].split("-")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert top == {*PACKAGES, "newsreader"}


def test_the_command_is_declared(installed: Path) -> None:
    [entry_points] = installed.glob("newsreader-*.dist-info/entry_points.txt")
    assert "newsreader = tui.cli:main" in entry_points.read_text()


def test_it_tells_its_version_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "--version")
    assert done.stderr.startswith(str(installed))
    assert done.stdout.startswith("newsreader ")


def test_it_opens_the_sample_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "--data-dir", str(tmp_path / "data"))
    assert done.stderr.startswith(str(installed))
    assert "\n[1] " in done.stdout


def test_its_styles_are_found_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "import tui.app; import pathlib; "
    code += (
        "path = pathlib.Path(tui.app.__file__).with_name(tui.app.NewsreaderApp.CSS_PATH); print(path.stat().st_size)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) > 0
