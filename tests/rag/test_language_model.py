"""What is loaded of a model that can't be used is freed, with llama.cpp scripted."""

from pathlib import Path
from unittest.mock import MagicMock

import pytest

from rag import language_model
from rag.failures import ModelUnusable
from rag.language_model import LanguageModel
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
