"""The language model: llama.cpp through its low-level API, with a kept prefix and an instant stop.

The high-level ``Llama`` class has no way to stop while it processes a prompt, and it redirects the file descriptors
of the whole process while it loads; the low-level calls do neither.
"""

import codecs
import ctypes
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

import llama_cpp
import numpy as np
import numpy.typing as npt

from rag.chat_format import ChatFormat
from rag.failures import ModelUnusable
from rag.stop_flag import StopFlag, Stopped

BATCH_TOKENS: Final = 256
"""Tokens processed in one call. On a plain CPU 256 was measured faster than 512, llama.cpp's own default."""

LIKELY_PIECE_BYTES: Final = 64
"""Room for the text of one token at the first try; llama.cpp tells where more is needed."""

META_BYTES: Final = 1 << 16
"""Room for a metadata string of a GGUF, such as its chat template, at the first try; llama.cpp tells its length."""

MAIN: Final = 0
ASIDE: Final = 1
"""Sequences of the context: what is read and written, and what is asked apart from that."""

OK: Final = 0
ABORTED: Final = 2
"""What ``llama_decode`` returns when the abort callback stopped it."""


def _abort_callback() -> Any:
    """Give the C library's ``strlen`` as an abort callback on the string of a ``StopFlag``."""
    library = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
    return ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)


class LanguageModel:
    """A GGUF model with one context. Not thread-safe; its stop flag may be set from anywhere.

    The context keeps the tokens it has processed, so that prompts with a common beginning cost that beginning once. How
    tokens are put into batches, and where in the cache they lie, decides the last digits of what is computed from them,
    and where two words are about as likely, these decide the word. So ``feed`` begins where it would have begun in an
    empty context: what is written depends on the prompt, never on what was read before.
    """

    def __init__(self, path: Path, stop: StopFlag, *, context_tokens: int, threads: int = 0) -> None:
        """Load a model file. Raises ``ModelUnusable`` where llama.cpp can't, or where it can't be talked to."""
        self.path = path
        self._stop = stop  # kept: llama.cpp holds only its address
        self._held: dict[int, list[int]] = {MAIN: [], ASIDE: []}
        self._fed: npt.NDArray[np.float32] | None = None
        self.tokens_evaluated = 0
        logging.getLogger("llama-cpp-python").setLevel(logging.ERROR)  # else a thousand lines a start
        llama_cpp.llama_backend_init()
        loading = llama_cpp.llama_model_default_params()
        # Most weights are repacked for the processor: mapped from the file, they would stand in memory twice (600 MB).
        loading.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), loading)
        if not self._model:
            raise ModelUnusable(
                f"llama.cpp can't load {path.name}: the file is damaged, or of a kind that it does not know. "
                "Choose another with: newsreader models use NAME"
            )
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._vocab_size = llama_cpp.llama_vocab_n_tokens(self._vocab)
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = min(context_tokens, llama_cpp.llama_model_n_ctx_train(self._model))
        params.n_batch = params.n_ubatch = BATCH_TOKENS
        params.n_threads = params.n_threads_batch = threads or os.cpu_count() or 1
        params.no_perf = True
        params.n_seq_max = 2
        params.kv_unified = True  # the two share the cells of one cache, instead of having half of it each
        self._context = llama_cpp.llama_init_from_model(self._model, params)
        if not self._context:
            llama_cpp.llama_model_free(self._model)
            raise ModelUnusable(
                f"There is not enough memory for {path.name} with a context of {context_tokens} tokens. "
                "Set a smaller answer.context_tokens, or choose a smaller model."
            )
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(BATCH_TOKENS, 0, 1)
        self._abort = _abort_callback()  # kept: llama.cpp holds only its address
        llama_cpp.llama_set_abort_callback(self._context, self._abort, ctypes.c_void_p(stop.address))
        self.context_tokens = int(llama_cpp.llama_n_ctx(self._context))
        self.width = int(llama_cpp.llama_model_n_embd(self._model))
        try:
            self._format = self._chat_format()
        except ModelUnusable:
            self.close()
            raise

    def close(self) -> None:
        """Free the model and its context."""
        llama_cpp.llama_batch_free(self._batch)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The name of the model file."""
        return self.path.stem

    # --- text and tokens ---

    def chat(self, system: str, user: str) -> str:
        """Put a system and a user message into the model's own chat format, ready for its reply."""
        return self._format.prompt(system, user)

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """Turn text into tokens. Markers such as ``<|im_end|>`` are tokens of their own only where ``special``."""
        data = text.encode()
        room = len(data) + 8
        while True:
            tokens = (llama_cpp.llama_token * room)()
            n = llama_cpp.llama_tokenize(self._vocab, data, len(data), tokens, room, False, special)
            if n >= 0:
                return list(tokens[:n])
            room = -n

    def piece(self, token: int) -> bytes:
        """Give the text of a token, which may be a part of a character."""
        room = LIKELY_PIECE_BYTES
        while True:
            buffer = ctypes.create_string_buffer(room)
            n = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, room, 0, False)
            if n >= 0:
                return buffer.raw[:n]
            room = -n

    def text(self, tokens: Sequence[int]) -> str:
        """Turn tokens back into text; a character that they hold only a part of is left out."""
        return b"".join(self.piece(t) for t in tokens).decode(errors="ignore")

    # --- evaluation ---

    def feed(
        self, tokens: Sequence[int], on_progress: Callable[[int, int], None] | None = None, *, prefix: int = 0
    ) -> None:
        """Bring the context to exactly these tokens, ready for ``generate``.

        Evaluated is what it does not hold of the first ``prefix`` of them, in whole batches, and then all of the rest,
        unless it holds just that. ``on_progress(done, total)`` is called after each batch. Raises ``Stopped``; what was
        evaluated by then is kept.
        """
        if len(tokens) > self.context_tokens:
            raise ValueError(f"{len(tokens)} tokens do not fit into a context of {self.context_tokens}")
        self._truncate(0, ASIDE)
        if self._fed is not None and self._held[MAIN] == list(tokens):
            return
        if not self.holds(tokens[:prefix]):
            self._go_on(tokens[:prefix], MAIN, on_progress)
        self._go_on(tokens, MAIN, on_progress, start=prefix)
        self._fed = self.logits()

    def holds(self, tokens: Sequence[int]) -> bool:
        """Tell whether the context begins with these tokens, so that what is asked behind them costs no more."""
        return self._begins(tokens, MAIN)

    def weigh_aside(
        self, tokens: Sequence[int], candidates: Sequence[int], *, prefix: int = 0
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
        """Give the log-probabilities of some tokens as the next one after others, apart from what the context holds.

        The second is the model's state behind them, the last token's hidden one; shape (``width``,).

        Costs the evaluation of ``tokens``, which must fit beside what the context holds, and leaves it as it was; those
        of a ``prefix`` that was weighed just before cost nothing. Raises ``Stopped``.
        """
        self._check_room_aside(len(tokens))
        if not self._begins(tokens[:prefix], ASIDE):
            self._go_on(tokens[:prefix], ASIDE)
        self._go_on(tokens[:-1], ASIDE, start=prefix)
        llama_cpp.llama_set_embeddings(self._context, True)  # from here on: it would give those of all tokens
        try:
            self._decode(tokens[-1:], ASIDE)
            return self._log_probabilities(candidates), self._state()
        finally:
            llama_cpp.llama_set_embeddings(self._context, False)

    def write_aside(self, tokens: Sequence[int], max_tokens: int) -> str:
        """Write on from tokens as ``generate`` does, apart from what the context holds, which stays as it was.

        There must be room for ``tokens`` and what is written. Raises ``Stopped``.
        """
        self._check_room_aside(len(tokens) + max_tokens)
        self._go_on(tokens, ASIDE)
        return "".join(self._pieces(self.logits(), max_tokens, lambda token: self._decode([token], ASIDE)))

    def logits(self) -> npt.NDArray[np.float32]:
        """Give the scores of every token of the vocabulary as the next one; shape (vocabulary,)."""
        pointer = llama_cpp.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(pointer, shape=(self._vocab_size,)).copy()

    def generate(self, max_tokens: int) -> Iterator[str]:
        """Write on from what was fed, always the likeliest token, until the model ends or ``max_tokens``.

        Yields whole characters as they come. Raises ``Stopped``.
        """
        fed = self._fed
        if fed is None:
            raise ValueError("nothing was fed")
        room = self.context_tokens - len(self._held[MAIN])
        yield from self._pieces(fed, min(max_tokens, room), lambda token: self._decode([token]))

    # --- the context on disk ---

    def save(self, file: Path) -> None:
        """Write what the context holds to a file: some 28 KB a token. Raises ``OSError``."""
        held = self._held[MAIN]
        tokens = (llama_cpp.llama_token * len(held))(*held)
        if not llama_cpp.llama_state_seq_save_file(self._context, os.fsencode(file), MAIN, tokens, len(tokens)):
            raise OSError(f"llama.cpp could not write {file}")

    def load(self, file: Path, tokens: Sequence[int]) -> bool:
        """Bring the context to what ``save`` wrote, if it is of these tokens; False leaves the context empty."""
        self._truncate(0, ASIDE)
        self._truncate(0)
        found = (llama_cpp.llama_token * len(tokens))()
        count = ctypes.c_size_t(0)
        size = llama_cpp.llama_state_seq_load_file(
            self._context, os.fsencode(file), MAIN, found, len(tokens), ctypes.byref(count)
        )
        if not size or list(found[: count.value]) != list(tokens):
            self._truncate(0)
            return False
        self._held[MAIN] = list(tokens)
        return True

    # --- the context ---

    def _check_room_aside(self, count: int) -> None:
        if len(self._held[MAIN]) + count > self.context_tokens:
            raise ValueError(f"{count} tokens do not fit beside {len(self._held[MAIN])}")

    def _pieces(
        self, scores: npt.NDArray[np.float32], max_tokens: int, evaluate: Callable[[int], None]
    ) -> Iterator[str]:
        """Write the likeliest token, have it evaluated, and so on; give whole characters as they come."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for _ in range(max_tokens):
            token = int(scores.argmax())
            if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                break
            if text := decoder.decode(self.piece(token)):
                yield text
            evaluate(token)
            scores = self.logits()
        if rest := decoder.decode(b"", final=True):
            yield rest

    def _begins(self, tokens: Sequence[int], sequence: int) -> bool:
        """Tell whether a sequence begins with these tokens."""
        return self._common(tokens, sequence) == len(tokens)

    def _common(self, tokens: Sequence[int], sequence: int = MAIN) -> int:
        n = 0
        for mine, theirs in zip(self._held[sequence], tokens, strict=False):
            if mine != theirs:
                break
            n += 1
        return n

    def _truncate(self, length: int, sequence: int = MAIN) -> None:
        if sequence == MAIN:
            self._fed = None
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, length, -1)
        del self._held[sequence][length:]

    def _go_on(
        self,
        tokens: Sequence[int],
        sequence: int,
        on_progress: Callable[[int, int], None] | None = None,
        *,
        start: int = 0,
    ) -> None:
        """Evaluate tokens of a sequence in batches from ``start`` on, but for the whole batches that it holds.

        With a ``start``, what is behind that is evaluated in any case.
        """
        if not start:
            common = max(min(self._common(tokens, sequence), len(tokens) - 1), 0)
            start = common - common % BATCH_TOKENS
        self._truncate(start, sequence)
        for begin in range(start, len(tokens), BATCH_TOKENS):
            self._decode(tokens[begin : begin + BATCH_TOKENS], sequence)
            if on_progress is not None:
                on_progress(len(self._held[sequence]) - start, len(tokens) - start)

    def _decode(self, tokens: Sequence[int], sequence: int = MAIN) -> None:
        held = self._held[sequence]
        if sequence == MAIN:
            self._fed = None
        try:
            self._evaluate(tokens, sequence, len(held))
        except Stopped:
            self._truncate(len(held), sequence)  # a stopped batch may have left some of itself behind
            raise
        held.extend(tokens)

    def _evaluate(self, tokens: Sequence[int], sequence: int, begin: int) -> None:
        """Evaluate up to a batch of tokens as those of a sequence from ``begin`` on."""
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i] = token
            batch.pos[i] = begin + i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = sequence
            batch.logits[i] = i == len(tokens) - 1
        status = llama_cpp.llama_decode(self._context, batch)
        if status == ABORTED:
            raise Stopped
        if status != OK:
            raise RuntimeError(f"llama_decode failed with status {status}")
        self.tokens_evaluated += len(tokens)

    def _state(self) -> npt.NDArray[np.float32]:
        pointer = llama_cpp.llama_get_embeddings_ith(self._context, -1)
        return np.ctypeslib.as_array(pointer, shape=(self.width,)).copy()

    def _log_probabilities(self, candidates: Sequence[int]) -> npt.NDArray[np.float64]:
        scores = self.logits().astype(np.float64)
        top = scores.max()
        logs: npt.NDArray[np.float64] = scores[list(candidates)] - (top + np.log(np.exp(scores - top).sum()))
        return logs

    def _chat_format(self) -> ChatFormat:
        template = self._meta("tokenizer.chat_template")
        if template is None:
            raise ModelUnusable(
                f"{self.path.name} has no chat template, so it was not trained to follow instructions. "
                "Choose an instruction-tuned model."
            )
        return ChatFormat(
            template,
            bos_token=self._special(llama_cpp.llama_vocab_bos(self._vocab)),
            eos_token=self._special(llama_cpp.llama_vocab_eos(self._vocab)),
        )

    def _meta(self, key: str) -> str | None:
        room = META_BYTES
        while True:
            buffer = ctypes.create_string_buffer(room)
            n = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, room)
            if n < room:
                return buffer.value.decode(errors="replace") if n >= 0 else None
            room = n + 1

    def _special(self, token: int) -> str:
        if token < 0:
            return ""
        buffer = ctypes.create_string_buffer(LIKELY_PIECE_BYTES)
        n = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, LIKELY_PIECE_BYTES, 0, True)
        return buffer.raw[: max(n, 0)].decode(errors="replace")
