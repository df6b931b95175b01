"""The embedder: sentences to vectors by all-MiniLM-L6-v2 in an ONNX Runtime session of our own."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

DIMENSIONS: Final = 384
MAX_TOKENS: Final = 256
"""What the model was trained on; the rest of a longer text is left out."""

BATCH_TEXTS: Final = 16
"""Texts in one run at the most. Larger batches gain nothing on a few cores, and pad more."""

BATCH_TOKENS: Final = 1024
"""Tokens in one run at the most, padding among them. ONNX Runtime keeps the memory of the largest run that it has seen:
sixteen of the longest texts at once cost 250 MB more than this, for ever, and are no sooner done."""

VERSION: Final = "all-MiniLM-L6-v2-int8/1"
"""Names the vectors in the index: change it with anything that changes them."""

Vectors = npt.NDArray[np.float32]

Feed = dict[str, npt.NDArray[np.int64]]
"""What the model takes in one run; arrays of shape (texts, tokens)."""


class Embedder:
    """Turns texts into unit vectors, so that a dot product is the cosine of the angle between two."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Load ``model.onnx`` and ``tokenizer.json`` from a folder."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3  # errors only: its warnings mean nothing to a reader
        options.enable_mem_pattern = False  # it plans memory for each shape of a batch, and ours hardly ever recur
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()  # which is done for each run

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; shape (texts, 384), in the order given."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for chosen, feed in self.batches(texts):
            vectors[chosen] = self._run(feed)
        return vectors

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Feed]]:
        """Give the runs in which texts are embedded: which of them, those of like length together, and the feed."""
        encodings = self._tokenizer.encode_batch(list(texts))
        lengths = [len(encoding.ids) for encoding in encodings]
        batch: list[int] = []
        for i in sorted(range(len(texts)), key=lengths.__getitem__):
            if len(batch) == BATCH_TEXTS or (batch and (len(batch) + 1) * lengths[i] > BATCH_TOKENS):
                yield batch, self._feed([encodings[j] for j in batch])
                batch = []
            batch.append(i)
        if batch:
            yield batch, self._feed([encodings[j] for j in batch])

    def _feed(self, encodings: Sequence[Encoding]) -> Feed:
        """Pad texts to the longest of them, which is the last."""
        shape = (len(encodings), len(encodings[-1].ids))
        feed = {name: np.zeros(shape, dtype=np.int64) for name in self._inputs}
        for row, encoding in enumerate(encodings):
            feed["input_ids"][row, : len(encoding.ids)] = encoding.ids
            feed["attention_mask"][row, : len(encoding.ids)] = 1
        return feed

    def _run(self, feed: Feed) -> Vectors:
        states = np.asarray(self._session.run(None, feed)[0], dtype=np.float32)
        weights = feed["attention_mask"][:, :, None].astype(np.float32)
        pooled = (states * weights).sum(axis=1) / weights.sum(axis=1)
        vectors: Vectors = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return vectors
