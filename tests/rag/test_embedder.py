"""Texts become vectors that do not depend on what is embedded beside them, by the real model."""

import numpy as np
import pytest

from models.settings import Settings
from rag.embedder import BATCH_TEXTS, BATCH_TOKENS, MAX_TOKENS, Embedder
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path

pytestmark = pytest.mark.real

SHORT = "The ferry was late."
LONG = "The harbour bridge stays closed until the cables have been looked at. " * 40
SAME = 0.99
"""Cosine of two vectors of one text: the quantised model rounds by what stands beside it in a run."""


@pytest.fixture
def embedder(real_settings: Settings) -> Embedder:
    return Embedder(model_path(real_settings, Purpose.EMBED))


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    texts = [LONG, SHORT, *(f"Boat {n} left at noon." for n in range(40)), LONG[:900]]
    together = embedder.embed(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row in (0, 1, 20, -1):
        assert float(together[row] @ embedder.embed([texts[row]])[0]) > SAME
    assert float(together[0] @ together[1]) < SAME


def test_no_run_is_larger_than_its_bounds_and_none_is_left_out(embedder: Embedder) -> None:
    texts = [LONG] * 10 + [SHORT] * 50
    batches = list(embedder.batches(texts))
    assert sorted(i for chosen, _ in batches for i in chosen) == list(range(len(texts)))
    for chosen, feed in batches:
        assert feed["input_ids"].shape[0] == len(chosen) <= BATCH_TEXTS
        assert feed["input_ids"].size <= BATCH_TOKENS
        assert feed["input_ids"].shape[1] <= MAX_TOKENS


def test_nothing_makes_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)
