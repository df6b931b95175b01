"""Whether a text answers a question, read off what goes on in the model when it is asked.

A small model knows more than it says. Asked whether a paragraph answers a question, its Yes and No tell near misses
from answers rather badly; a linear probe of the hidden state from which it speaks tells them much better (Azaria and
Mitchell 2023, "The internal state of an LLM knows when it's lying"; figures in docs/quality.md). A probe belongs to one
model, and is fitted by ``benchmarks/probe.py``; of any other model, Yes and No must do.
"""

from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Self

import numpy as np
import numpy.typing as npt

PROBES: Final = files("rag") / "probes"

YES_WEIGHT: Final = 2.44
YES_BIAS: Final = -1.80
"""Turn the log-odds of Yes into those that a text answers a question; printed by ``benchmarks/probe.py``."""

State = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Judgement:
    """What a model makes of a question and a text: its log-odds of Yes, and the hidden state behind them."""

    yes: float
    state: State


@dataclass(frozen=True)
class Probe:
    """A linear reading of a hidden state. ``weights`` are as wide as the state."""

    bias: float
    weights: State

    @classmethod
    def of(cls, model: str, width: int) -> Self | None:
        """Load the probe that was fitted to a model of this name and width; None where there is none."""
        file = PROBES / f"{model}.npy"
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            values = np.load(stream, allow_pickle=False)
        return cls(float(values[0]), values[1:]) if values.shape == (width + 1,) else None

    def read(self, state: State) -> float:
        """Give the log-odds that the text answers the question."""
        return self.bias + float(self.weights @ state)


def log_odds(judgement: Judgement, probe: Probe | None) -> float:
    """Give the log-odds that the text answers the question."""
    return probe.read(judgement.state) if probe is not None else of_yes(judgement.yes)


def of_yes(yes: float) -> float:
    """Give them by what the model says alone."""
    return YES_BIAS + YES_WEIGHT * yes
