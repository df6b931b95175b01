"""What ``newsreader doctor`` looks at: findings about the machine, the installation and the user's data, with advice.

Nothing here loads an engine: versions come from package metadata, and the engine is tried in a process of its own.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from library.cleaning import one_line
from library.database import ELSEWHERE
from library.repair import damage
from library.store import Store, StoreUnusable
from models.base import Frozen
from models.settings import Settings, config_file
from rag.leaving import leaving, leaving_as_vectors
from rag.messages import SETTINGS_VARIABLE
from rag.model_files.catalogue import Purpose
from rag.model_files.errors import ModelFileError
from rag.model_files.installed import model_path
from rag.model_files.verify import verify
from tui.configuration import ENV_LEVELS, ENV_PREFIX
from tui.errors import BadInput

GIB: Final = 1 << 30
MEMORY_NEEDED: Final = 3 * GIB
"""Memory in which the default model, the index and the app run without swapping."""

ENGINE_PATIENCE_S: Final = 60
"""How long the engine check may take: it needs a third of a second where nothing is wrong."""

FEATURES: Final = ("avx2", "fma", "f16c", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimd", "i8mm", "sve")
"""Processor features that make llama.cpp faster, as Linux calls them; asimd is NEON."""

NARROWEST: Final = 60
LOWEST: Final = 16
"""Columns and rows of the smallest terminal in which the app is of use."""


class Level(StrEnum):
    """How a finding is to be taken."""

    OK = "ok"
    NOTE = "note"
    """Works, but could be better."""
    BROKEN = "broken"
    """Something that newsreader needs is not right."""


class Finding(Frozen):
    """One thing that was looked at, and what to do about it where something is to be done."""

    area: str
    text: str
    level: Level = Level.OK
    advice: str | None = None


def machine() -> Iterator[Finding]:
    """Look at system, Python, processor and memory."""
    yield Finding(area="system", text=f"{platform.system()} {platform.release()} {platform.machine()}")
    yield Finding(area="python", text=f"{platform.python_version()} ({sys.executable})")
    features = [name for name in FEATURES if name in _processor_features()]
    slow = platform.machine() in {"x86_64", "AMD64"} and "avx2" not in features
    yield Finding(
        area="processor",
        text=f"{os.cpu_count()} cores; {' '.join(features) or 'none of the features that speed up a model'}",
        level=Level.NOTE if slow else Level.OK,
        advice="Without AVX2 answers take long. `newsreader models list` names a smaller model." if slow else None,
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    yield Finding(
        area="memory",
        text=f"{memory / GIB:.1f} GiB",
        level=Level.OK if memory >= MEMORY_NEEDED else Level.NOTE,
        advice=None
        if memory >= MEMORY_NEEDED
        else "The default model wants 3 GiB: take a smaller one, or close others.",
    )


def _processor_features() -> set[str]:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"^(?:flags|Features)\s*:(.*)$", cpuinfo.read_text(), re.MULTILINE)
        return set(found[1].split()) if found else set()
    if platform.machine() == "arm64":  # Apple's processors have had it from the first
        return {"asimd"}
    names = ["machdep.cpu.features", "machdep.cpu.leaf7_features"]
    listed = subprocess.run(["sysctl", "-n", *names], capture_output=True, text=True, check=False).stdout
    return set(listed.lower().split())


def packages() -> Iterator[Finding]:
    """Look at newsreader and the packages it needs."""
    yield Finding(area="newsreader", text=metadata.version("newsreader"))
    for requirement in metadata.requires("newsreader") or []:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        try:
            yield Finding(area="package", text=f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(
                area="package", text=f"{name} is missing", level=Level.BROKEN, advice=_how_to_install(name, requirement)
            )


def _how_to_install(name: str, requirement: str) -> str:
    install = f'Install it: {sys.executable} -m pip install "{requirement}"'
    if name != "llama-cpp-python" or any(map(shutil.which, ("c++", "g++", "clang++"))):
        return install
    return (
        "It is built with a C++ compiler, and there is none. Install one (Debian, Ubuntu: sudo apt install "
        f"build-essential; Fedora: sudo dnf install gcc-c++; macOS: xcode-select --install). {install}"
    )


def engine() -> Finding:
    """Try whether llama.cpp runs on this processor, in a process that may die of it."""
    command = [sys.executable, "-P", "-m", "rag.engine_check"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ENGINE_PATIENCE_S)
    except subprocess.TimeoutExpired:
        return Finding(area="llama.cpp", text=f"did not start within {ENGINE_PATIENCE_S} s", level=Level.BROKEN)
    if done.returncode == 0:
        used = re.findall(r"(\w+) = 1", done.stdout)
        return Finding(area="llama.cpp", text=f"runs; built for {' '.join(used)}")
    if done.returncode > 0 and "No module named 'llama_cpp'" in done.stderr:
        return Finding(area="llama.cpp", text="is not installed", level=Level.BROKEN)
    last_words = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
    return Finding(
        area="llama.cpp",
        text=f"does not run: {last_words}",
        level=Level.BROKEN,
        advice="It may have been built on another processor. Build it here: "
        f"{sys.executable} -m pip install --force-reinstall --no-deps --no-cache-dir --no-binary llama-cpp-python "
        f"llama-cpp-python=={metadata.version('llama-cpp-python')}",
    )


def configuration(problem: BadInput | None) -> Iterator[Finding]:
    """Look at config.toml and the variables; ``problem`` is what reading them has met."""
    file = config_file()
    if problem is not None:
        for line in problem.format_message().splitlines():
            advice = "Mend it, or take it out: docs/settings.md describes each setting."
            yield Finding(area="settings", text=line, level=Level.BROKEN, advice=advice)
    else:
        yield Finding(area="settings", text=f"{file}" if file.exists() else f"{file} is not there: all as it comes")
    known = {field.upper() for field in Settings.model_fields}
    for variable in sorted(os.environ):
        table = variable.upper().removeprefix(ENV_PREFIX).split(ENV_LEVELS)[0]
        if variable.upper().startswith(ENV_PREFIX) and variable != SETTINGS_VARIABLE and table not in known:
            text = f"{variable} is no setting and does nothing"
            yield Finding(
                area="settings", text=text, level=Level.NOTE, advice=f"See `{ENV_PREFIX}…` in docs/settings.md."
            )


def endpoint(settings: Settings) -> Iterator[Finding]:
    """Say what leaves this machine, if anything does."""
    if (left := leaving(settings.answer.endpoint)) is not None:
        yield Finding(area="endpoint", text=left.sentence, level=Level.NOTE, advice=left.advice)


def user_data(settings: Settings, *, full: bool) -> Iterator[Finding]:
    """Look at the data folder, the library and its index; ``full`` looks at every page of the library."""
    for area, folder in {"data folder": settings.data_dir, "library": settings.library_file.parent}.items():
        if area == "data folder" or folder != settings.data_dir:
            yield _folder(area, folder, needed=not settings.library_file.exists())
    yield _library(settings, full=full)
    yield _index(settings)


def _folder(area: str, folder: Path, *, needed: bool) -> Finding:
    """Look whether a folder can be written; where that is not ``needed``, it can be read all the same."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = f"{folder}, {shutil.disk_usage(existing).free / GIB:.1f} GiB free"
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return Finding(area=area, text=free)
    advice = f"Make {existing} a folder that you may write, or set another: --data-dir, or data_dir in config.toml."
    level = Level.BROKEN if needed else Level.NOTE
    return Finding(area=area, text=f"{folder} can't be written", level=level, advice=advice)


def _library(settings: Settings, *, full: bool) -> Finding:
    if not settings.library_file.exists():
        return Finding(area="library", text="empty: nothing has been opened yet")
    try:
        if full and (found := damage(settings.library_file)) is not None:
            advice = "To save what can be read of it: newsreader doctor --repair"
            return Finding(area="library", text=f"damaged: {one_line(found)}", level=Level.BROKEN, advice=advice)
        with Store.open(settings.library_file) as store:
            text = f"{len(store.articles())} articles, {settings.library_file}"
            if not store.read_only:
                return Finding(area="library", text=text)
            text = f"{text}; it can only be read, and nothing is kept in it"
            return Finding(area="library", text=text, level=Level.NOTE, advice=ELSEWHERE)
    except StoreUnusable as error:
        return Finding(area="library", text=str(error), level=Level.BROKEN)


def _index(settings: Settings) -> Finding:
    if left := leaving_as_vectors(settings.index):
        return Finding(area="index", text=left.sentence, level=Level.NOTE, advice=left.advice)
    if not settings.index_dir.exists():
        return Finding(area="index", text="not built yet: it is when an article is first asked about")
    size = sum(file.stat().st_size for file in settings.index_dir.rglob("*") if file.is_file())
    text = f"{size / (1 << 20):.1f} MiB, {settings.index_dir}"
    try:
        with FileLock(settings.index_dir.with_suffix(".lock"), timeout=0):
            return Finding(area="index", text=text)
    except Timeout:
        advice = "Another newsreader has it open. Close that one to search and ask with an index here."
        return Finding(area="index", text=f"{text}, in use", level=Level.NOTE, advice=advice)


def model_files(settings: Settings, *, full: bool) -> Iterator[Finding]:
    """Look whether the models that are in use are there; ``full`` checks every byte of all that are installed."""
    for purpose in Purpose:
        if purpose is Purpose.ANSWER and settings.answer.endpoint.url:
            continue  # the endpoint has its own
        try:
            path = model_path(settings, purpose)
            yield Finding(area="model", text=f"{purpose.value}: {path}")
        except ModelFileError as error:
            yield Finding(area="model", text=f"{purpose.value}: {error}", level=Level.BROKEN)
    for verdict in verify(settings) if full else ():
        damaged, missing = verdict.moved_aside, len(verdict.missing)
        faults = [f"damaged, moved aside as {', '.join(map(str, damaged))}"] if damaged else []
        faults += [f"incomplete, {missing} files are not there"] if missing else []
        yield Finding(
            area="checksum",
            text=f"{verdict.name}: {'; '.join(faults) or 'right'}",
            level=Level.BROKEN if faults else Level.OK,
            advice="Fetch it again: newsreader models pull" if faults else None,
        )
    if not full:
        text = "not checked: that takes some seconds"
        yield Finding(area="checksum", text=text, advice="To check every byte: newsreader doctor --full")


def terminal() -> Iterator[Finding]:
    """Look at what the terminal can show."""
    if not sys.stdout.isatty():
        yield Finding(area="terminal", text="none: articles and answers are printed as plain text")
        return
    name, colours = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
    size = shutil.get_terminal_size()
    dumb = name in {"", "dumb"}
    yield Finding(
        area="terminal",
        text=f"TERM={name} COLORTERM={colours}",
        level=Level.BROKEN if dumb else Level.OK,
        advice="The app needs a terminal that can move its cursor. `newsreader PATH | cat` prints plain text."
        if dumb
        else None,
    )
    cramped = size.columns < NARROWEST or size.lines < LOWEST
    yield Finding(
        area="terminal",
        text=f"{size.columns} columns, {size.lines} rows",
        level=Level.NOTE if cramped else Level.OK,
        advice=f"Make it larger: {NARROWEST} columns and {LOWEST} rows at least." if cramped else None,
    )
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    yield Finding(
        area="terminal",
        text=f"encoding {sys.stdout.encoding}",
        level=Level.OK if utf8 else Level.NOTE,
        advice=None if utf8 else "Set a UTF-8 locale, or letters and lines come out wrong: export LANG=C.UTF-8",
    )
