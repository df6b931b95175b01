"""The engines that the worker owns: each is loaded when it is first needed, and only once."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from typing import Final, Self

from entities.recognise import Recogniser
from models.settings import Settings, WorkAhead
from rag.answerer import Answerer
from rag.embedder import Embedder
from rag.endpoint import Endpoint
from rag.index import VectorIndex
from rag.index_holder import IndexHolder
from rag.language_model import LanguageModel
from rag.leaving import leaving
from rag.local_answerer import LocalAnswerer
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path
from rag.power import Power
from rag.prefix_cache import PrefixCache
from rag.remote_answerer import RemoteAnswerer
from rag.stop_flag import StopFlag

MEGABYTE: Final = 1 << 20


class Engines:
    """Embedder, vector index, recogniser and language model.

    Using one raises ``ModelMissing`` where its files are not there, ``ModelUnusable`` where they can't be loaded; the
    next use tries again.
    """

    def __init__(self, settings: Settings, stop: StopFlag, tell: Callable[[str], None]) -> None:
        """``tell`` is called with what the reader should know."""
        self._settings = settings
        self.stop = stop
        self._open = ExitStack()
        self.index_holder = self._open.enter_context(IndexHolder(settings, stop, tell))
        self._power = Power()
        if left := leaving(settings.answer.endpoint):
            tell(left.sentence)

    def close(self) -> None:
        """Close what is open."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def index(self) -> VectorIndex:
        """The vector index."""
        return self.index_holder.index

    @cached_property
    def prefixes(self) -> PrefixCache:
        """What the model has read, kept on disk."""
        return PrefixCache(self._settings.prefixes_dir, self._settings.answer.kept_articles_mb * MEGABYTE)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder."""
        return Embedder(model_path(self._settings, Purpose.EMBED), threads=self._settings.answer.threads)

    @cached_property
    def recogniser(self) -> Recogniser:
        """The recogniser of entities."""
        return Recogniser.load(model_path(self._settings, Purpose.ENTITIES))

    @cached_property
    def model(self) -> LanguageModel:
        """The language model."""
        answer = self._settings.answer
        path = model_path(self._settings, Purpose.ANSWER)
        return self._open.enter_context(
            LanguageModel(path, self.stop, context_tokens=answer.context_tokens, threads=answer.threads)
        )

    @cached_property
    def answerer(self) -> Answerer:
        """What writes the answers: the model on this machine, or that of the endpoint that is set."""
        answer = self._settings.answer
        if answer.endpoint.url:
            endpoint = self._open.enter_context(Endpoint(answer.endpoint, self.stop))
            return RemoteAnswerer(endpoint, answer.context_tokens)
        return LocalAnswerer(self.model, self.prefixes)

    @property
    def may_work_ahead(self) -> bool:
        """Tell whether the machine may work at what has not been asked for."""
        when = self._settings.answer.warm
        return when is WorkAhead.ALWAYS or (when is WorkAhead.ON_POWER and not self._power.on_battery)

    @property
    def answerer_ready(self) -> bool:
        """Tell whether the answerer is there, so that using it costs no time."""
        return "answerer" in self.__dict__ or bool(self._settings.answer.endpoint.url)
