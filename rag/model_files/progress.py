"""How far a pull is, told to whoever shows it; and how it is stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rag.model_files.errors import PullCancelled


class Stage(StrEnum):
    """What is being done."""

    WAITING = "waiting for another pull of it"
    CONNECTING = "connecting"
    FETCHING = "fetching"
    CHECKING = "checking"
    DONE = "done"


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` bytes of model ``name``. ``detail`` says more about the stage: the source, the part."""

    name: str
    stage: Stage
    done: int
    total: int
    detail: str = ""


OnProgress: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


class Meter:
    """Counts the bytes of a model over all its files, tells them, and raises ``PullCancelled`` on request.

    The count never falls while one source is used: a wheel is counted as it arrives, its files as they are taken out.
    """

    def __init__(self, name: str, total: int, on_progress: OnProgress, cancelled: Cancelled) -> None:
        self._name = name
        self._total = total
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._stage = Stage.CONNECTING
        self._detail = ""
        self._finished = 0
        self._done = 0

    def restart(self, finished: int) -> None:
        """Begin with a source, when ``finished`` bytes are in place."""
        self._finished = self._done = finished

    def enter(self, stage: Stage, detail: str = "") -> None:
        """Say what is done from now on."""
        self._stage, self._detail = stage, detail
        self._tell()

    def at(self, bytes_of_file: int) -> None:
        """Say how many bytes of the present file there are."""
        self._done = min(max(self._done, self._finished + bytes_of_file), self._total)
        self._tell()

    def finish(self, size: int) -> None:
        """Count a file of ``size`` bytes as in place."""
        self.at(size)
        self._finished += size

    def _tell(self) -> None:
        if self._cancelled():
            raise PullCancelled("Stopped. What was fetched is kept: the next pull goes on from there.")
        self._on_progress(Progress(self._name, self._stage, self._done, self._total, self._detail))
