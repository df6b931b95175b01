"""Whether a text answers: read by a probe that fits the model, else by its Yes."""

import numpy as np
import pytest

from rag.probe import Judgement, Probe, Tells, log_odds, of_yes

STATE = np.array([1.0, -2.0], dtype=np.float32)


def test_a_probe_reads_the_state_and_not_what_is_said() -> None:
    probe = Probe(bias=0.5, weights=np.array([1.0, 0.25], dtype=np.float32))
    assert log_odds(Judgement(yes=-9.0, state=STATE), probe) == pytest.approx(1.0)


def test_without_a_probe_what_is_said_counts() -> None:
    assert log_odds(Judgement(yes=2.0, state=STATE), None) == of_yes(2.0)
    assert of_yes(2.0) > of_yes(-2.0)


@pytest.mark.parametrize("tells", Tells)
def test_the_default_model_has_a_probe(tells: Tells) -> None:
    assert Probe.of("qwen2.5-coder-1.5b-instruct-q4_k_m", 1536, tells) is not None


@pytest.mark.parametrize(("model", "width"), [("qwen2.5-coder-1.5b-instruct-q4_k_m", 896), ("another", 1536)])
def test_a_model_of_another_width_or_name_has_none(model: str, width: int) -> None:
    assert Probe.of(model, width, Tells.ANSWERS) is None
