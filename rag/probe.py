"""Whether a text answers a question, and an answer is right, read off what goes on in the model when it is asked.

A small model knows more than it says. Asked whether a paragraph answers a question, its Yes and No tell near misses
from answers rather badly; a linear probe of the hidden state from which it speaks tells them much better (Azaria and
Mitchell 2023, "The internal state of an LLM knows when it's lying"; figures in docs/quality.md). A probe belongs to one
model and tells one thing, and is fitted by ``benchmarks/probe.py`` or ``benchmarks/answer_probe.py``. Where a model has
none, Yes and No must do for the text; of the answer they tell next to nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

PROBES: Final = files("rag") / "probes"

YES_WEIGHT: Final = 2.44
YES_BIAS: Final = -1.80
"""Turn the log-odds of Yes into those that a text answers a question; printed by ``benchmarks/probe.py``."""

UNDECIDED: Final = 0.0
"""Log-odds where nothing tells: evens, so that other signals decide."""

State = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Judgement:
    """What a model makes of a question and a text: its log-odds of Yes, and the hidden state behind them."""

    yes: float
    state: State


class Tells(StrEnum):
    """What a probe tells."""

    ANSWERS = "answers"
    """Whether a text answers a question."""
    RIGHT = "right"
    """Whether an answer is right by the text that it cites."""


@dataclass(frozen=True)
class Probe:
    """A linear reading of a hidden state. ``weights`` are as wide as the state."""

    bias: float
    weights: State

    @classmethod
    def of(cls, model: str, width: int, tells: Tells) -> Self | None:
        """Load the probe that was fitted to a model of this name and width; None where there is none."""
        file = PROBES / probe_file(model, tells)
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            values = np.load(stream, allow_pickle=False)
        return cls(float(values[0]), values[1:]) if values.shape == (width + 1,) else None

    def save(self, model: str, tells: Tells) -> None:
        """Put it where ``of`` finds it."""
        with Path(str(PROBES / probe_file(model, tells))).open("wb") as stream:
            np.save(stream, np.concatenate([[self.bias], self.weights]).astype(np.float32), allow_pickle=False)

    def read(self, state: State) -> float:
        """Give the log-odds of what it tells."""
        return self.bias + float(self.weights @ state)


def probe_file(model: str, tells: Tells) -> str:
    """Name the file of a probe."""
    return f"{model}.{tells}.npy"


def log_odds(judgement: Judgement, probe: Probe | None) -> float:
    """Give the log-odds that the text answers the question."""
    return probe.read(judgement.state) if probe is not None else of_yes(judgement.yes)


def of_yes(yes: float) -> float:
    """Give them by what the model says alone."""
    return YES_BIAS + YES_WEIGHT * yes
