"""What is loaded of a model that can't be used is freed, with llama.cpp scripted."""

import ctypes
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from rag import language_model
from rag.failures import ModelUnusable
from rag.language_model import AHEAD, LanguageModel
from rag.stop_flag import StopFlag


def test_a_model_without_a_chat_template_is_told_and_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    llama = MagicMock()
    llama.llama_model_n_ctx_train.return_value = llama.llama_n_ctx.return_value = 4096
    llama.llama_model_meta_val_str.return_value = -1
    monkeypatch.setattr(language_model, "llama_cpp", llama)
    monkeypatch.setattr(language_model, "_abort_callback", MagicMock())
    with pytest.raises(ModelUnusable, match=r"base\.gguf has no chat template"):
        LanguageModel(Path("base.gguf"), StopFlag(), context_tokens=4096)
    for free in (llama.llama_batch_free, llama.llama_free, llama.llama_model_free):
        free.assert_called_once()


def test_what_was_read_ahead_gives_way_to_what_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = [1, 2, 3]
    held = {AHEAD: [7, 8]}

    def load_file(_: object, __: bytes, ___: int, found: list[int], most: int, count: object) -> int:
        if held[AHEAD]:
            return 0  # there is no room
        found[:most] = loaded
        count.value = most  # type: ignore[attr-defined]
        return 1

    def forget(_: object, sequence: int, *__: int) -> None:
        held[sequence] = []

    llama = MagicMock()
    llama.llama_model_n_ctx_train.return_value = llama.llama_n_ctx.return_value = 4096
    llama.llama_token = ctypes.c_int32
    llama.llama_state_seq_load_file = load_file
    llama.llama_memory_seq_rm = forget
    monkeypatch.setattr(language_model, "llama_cpp", llama)
    monkeypatch.setattr(language_model, "_abort_callback", MagicMock())
    monkeypatch.setattr(LanguageModel, "_chat_format", MagicMock())
    monkeypatch.setattr(ctypes, "byref", lambda count: count)
    model = LanguageModel(Path("base.gguf"), StopFlag(), context_tokens=4096)
    model._held[AHEAD] = [7, 8]
    assert model.load(Path("kept.kv"), loaded)
    assert model.holds(loaded)
    assert not model.load(Path("kept.kv"), [4, 5, 6])
