"""The engines that the worker owns: each is loaded when it is first needed, and only once."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from typing import Final, Self

from entities.recognise import Recogniser
from models.settings import Settings
from rag.answerer import Answerer
from rag.embedder import Embedder
from rag.index import VectorIndex
from rag.index_folder import IndexBusy, IndexFolder
from rag.language_model import LanguageModel
from rag.local_answerer import LocalAnswerer
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import model_path
from rag.prefix_cache import PrefixCache
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
        self._tell = tell
        self._open = ExitStack()
        self._folder = self._open.enter_context(IndexFolder(settings.index_dir))
        self._index: VectorIndex | None = None
        self._index_busy = False

    def close(self) -> None:
        """Close what is open."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take_index(self) -> None:
        """Open the vector index, or one in memory where that can't be had; a notice says so.

        Called again, it takes the real one when the newsreader that held it has left.
        """
        if self._index is not None and not self._index_busy:
            return
        try:
            self._index = self._folder.open()
        except IndexBusy:
            if self._index is None:
                self._index = VectorIndex.in_memory()
                self._index_busy = True
                self._tell(
                    "Another newsreader is running and holds the index. You can read and ask here too; what this one "
                    "indexes is not kept, and the library is searched by words first, until the other one leaves."
                )
            return
        except OSError as error:
            self._do_without(error)
            return
        if self._index_busy:
            self._index_busy = False
            self._tell("The other newsreader has left: this one holds the index now, and keeps what it indexes.")
        if self._folder.found_damaged:
            self._tell_damaged()

    def renew_index(self) -> None:
        """Put a new index in the place of one that has failed, or else one in memory; a notice says so."""
        try:
            self._index = self._folder.renew()
        except OSError as error:
            self._do_without(error)
        else:
            self._tell_damaged()

    def _do_without(self, error: OSError) -> None:
        self._index = VectorIndex.in_memory()
        self._index_busy = False
        self._tell(
            f"The index in {self._settings.index_dir} can't be used: {error.strerror}. "
            "You can read and ask all the same; what is indexed is not kept."
        )

    def _tell_damaged(self) -> None:
        self._tell(
            f"The index was damaged and is made anew as you ask. The old one is in {self._folder.aside}; "
            "you may delete it."
        )

    @property
    def index(self) -> VectorIndex:
        """The vector index."""
        if self._index is None:
            self.take_index()
        assert self._index is not None  # noqa: S101 -- it is there in any case after that
        return self._index

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
        """What writes the answers."""
        return LocalAnswerer(self.model, self.prefixes)

    @property
    def answerer_ready(self) -> bool:
        """Tell whether the answerer is there, so that using it costs no time."""
        return "answerer" in self.__dict__
