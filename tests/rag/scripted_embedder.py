"""An embedder whose vectors come from the text itself, without a model."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from rag.embedder import DIMENSIONS, Vectors


class ScriptedEmbedder:
    """Gives every text a vector of its own, always the same, and keeps the texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = np.random.default_rng(crc32(text.encode())).normal(size=DIMENSIONS)
        return vectors
