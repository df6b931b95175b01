"""What can go wrong with model files. Every message is for the reader and says what to do next."""

from pathlib import Path

from rag.failures import ModelUnusable


class ModelFileError(Exception):
    """The base of all expected failures with model files."""


class UnknownModel(ModelFileError):
    """No model has this name, and no file this path."""


class ModelMissing(ModelFileError):
    """A model that is needed is not installed."""


class NotAModel(ModelFileError, ModelUnusable):
    """A file or model is there, but none that can answer: seen by its head, before llama.cpp tries to load it."""


class NameTaken(ModelFileError):
    """Another model already has the name."""


class InUse(ModelFileError):
    """A model can't be removed while it is being fetched."""


class WrongChecksum(ModelFileError):
    """A file is not the one that the catalogue pins. It has been moved aside and is never used."""


class DiskFull(ModelFileError):
    """There is not enough room for the file."""

    @classmethod
    def needing(cls, size: int, folder: Path) -> "DiskFull":
        """A file system with less than ``size`` bytes left for what should go to ``folder``."""
        return cls(f"The disk is too full: {size / 1e6:,.0f} MB are needed in {folder}. Make room, then try again.")


class NotWritable(ModelFileError):
    """The folder of models, or the settings file, can't be written."""


class SourceFailed(ModelFileError):
    """One source did not give the file; the next one is tried. The message is the reason."""


class PullFailed(ModelFileError):
    """No source gave the file."""


class PullCancelled(ModelFileError):
    """The pull was stopped on request; the next one goes on where it ended."""
