"""The embedder: sentences to vectors by all-MiniLM-L6-v2 in an ONNX Runtime session of our own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

DIMENSIONS: Final = 384
MAX_TOKENS: Final = 256
"""What the model was trained on; the rest of a longer text is left out."""

BATCH_TEXTS: Final = 16
"""Texts in one run. Larger batches gain nothing on a few cores, and pad more."""

VERSION: Final = "all-MiniLM-L6-v2-int8/1"
"""Names the vectors in the index: change it with anything that changes them."""

Vectors = npt.NDArray[np.float32]


class Embedder:
    """Turns texts into unit vectors, so that a dot product is the cosine of the angle between two."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Load ``model.onnx`` and ``tokenizer.json`` from a folder."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3  # errors only: its warnings mean nothing to a reader
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()  # only to the longest of a batch

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; shape (texts, 384), in the order given."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # little padding in each batch
        for begin in range(0, len(texts), BATCH_TEXTS):
            chosen = by_length[begin : begin + BATCH_TEXTS]
            vectors[chosen] = self._run([texts[i] for i in chosen])
        return vectors

    def _run(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
        feed = {"input_ids": np.array([e.ids for e in encodings], dtype=np.int64), "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.zeros_like(mask)
        states = np.asarray(self._session.run(None, feed)[0], dtype=np.float32)
        weights = mask[:, :, None].astype(np.float32)
        pooled = (states * weights).sum(axis=1) / weights.sum(axis=1)
        vectors: Vectors = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return vectors
