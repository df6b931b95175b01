"""What the machine can do: llama.cpp alone, on the same tokens and with the same settings as newsreader's."""

import ctypes
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

import llama_cpp

from models.settings import Settings
from rag.language_model import BATCH_TOKENS
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path


@dataclass(frozen=True)
class RawSpeed:
    """Seconds a token, one figure a run."""

    reading_s: tuple[float, ...]
    writing_s: tuple[float, ...]


def raw_speed(settings: Settings, tokens: Sequence[int], *, runs: int, write: int) -> RawSpeed:
    """Read ``tokens`` and write ``write`` more, ``runs`` times. What is written is given, so that only decoding counts.

    Raises ``ModelMissing``, and ``RuntimeError`` where llama.cpp can't.
    """
    file = os.fsencode(model_path(settings, Purpose.ANSWER))
    model = llama_cpp.llama_model_load_from_file(file, llama_cpp.llama_model_default_params())
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = settings.answer.context_tokens
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.n_threads = params.n_threads_batch = settings.answer.threads or os.cpu_count() or 1
    engine = llama_cpp.llama_init_from_model(model, params)
    try:
        taken = [_run(engine, tokens, write) for _ in range(runs)]
    finally:
        llama_cpp.llama_free(engine)
        llama_cpp.llama_model_free(model)
    return RawSpeed(
        reading_s=tuple(reading / len(tokens) for reading, _ in taken),
        writing_s=tuple(writing / write for _, writing in taken),
    )


def _run(engine: ctypes.c_void_p, tokens: Sequence[int], write: int) -> tuple[float, float]:
    """Give the seconds of reading and of writing, from an empty context on."""
    llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(engine), True)
    began = time.perf_counter()
    for first in range(0, len(tokens), BATCH_TOKENS):
        _decode(engine, tokens[first : first + BATCH_TOKENS])
    read = time.perf_counter()
    for token in tokens[:write]:
        _decode(engine, [token])
    return read - began, time.perf_counter() - read


def _decode(engine: ctypes.c_void_p, tokens: Sequence[int]) -> None:
    batch = (llama_cpp.llama_token * len(tokens))(*tokens)
    if status := llama_cpp.llama_decode(engine, llama_cpp.llama_batch_get_one(batch, len(tokens))):
        raise RuntimeError(f"llama_decode failed with status {status}")
    llama_cpp.llama_synchronize(engine)
