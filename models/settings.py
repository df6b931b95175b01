"""What a user can set, in ``config.toml``, by ``NEWSREADER_*`` variables, or by flags."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from models.endpoint_settings import EndpointSettings
from models.index_settings import IndexSettings
from models.listing import Order

APP_NAME = "newsreader"

MOST_MINUTES = 7 * 24 * 60
"""Minutes between two syncs at the most: a feed that is fetched more seldom loses entries."""

LEAST_CONTEXT_TOKENS = 2048
"""Room for a question, its answer and the check of that, with a few paragraphs to answer it from."""


def config_file() -> Path:
    """Where the user's settings stand; the file need not exist."""
    return platformdirs.user_config_path(APP_NAME) / "config.toml"


def _whole(path: Path) -> Path:
    try:
        str(path).encode()
        return path.expanduser().absolute()
    except UnicodeEncodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    except RuntimeError as error:
        raise ValueError("it begins with the home of a user who is not known here") from error


Folder: TypeAlias = Annotated[Path, AfterValidator(_whole)]
"""The path of a folder, wherever it was written: ``~`` is the user's home."""


class WorkAhead(StrEnum):
    """When the machine may work at what has not been asked for."""

    ALWAYS = "always"
    ON_POWER = "on power"
    """Not while it runs on its battery."""
    NEVER = "never"


def _yes_or_no(value: object) -> object:
    """Take yes and no for what they must mean, also as the text of a variable."""
    told = {"true": WorkAhead.ALWAYS, "false": WorkAhead.NEVER}
    return told.get(str(value).casefold(), value)


class AnswerSettings(BaseModel):
    """The language model and how it is run: table ``[answer]``."""

    model_config = ConfigDict(extra="forbid")

    model: str = "qwen2.5-coder-1.5b"
    """The model that answers: a name from ``newsreader models list`` or the path of a GGUF file."""

    threads: Annotated[int, Field(ge=0, le=256)] = 0
    """Processor threads to use; 0 means as many as there are cores."""

    context_tokens: Annotated[int, Field(ge=LEAST_CONTEXT_TOKENS, le=131072)] = 6144
    """Size of the model's context. A longer article is answered from its best paragraphs alone."""

    kept_articles_mb: Annotated[int, Field(ge=0, le=1_000_000)] = 2000
    """Disk space (MB) for articles that the model has read, some 30 MB each, so that they need not be read again."""

    warm: Annotated[WorkAhead, BeforeValidator(_yes_or_no)] = WorkAhead.ON_POWER
    """When the model may read, in the background, what you are likely to ask about, so that answers come at once."""

    endpoint: EndpointSettings = EndpointSettings()
    """A server that answers in the place of the model on this machine."""


class AppearanceSettings(BaseModel):
    """How the app looks: table ``[appearance]``."""

    model_config = ConfigDict(extra="forbid")

    theme: str = "newsreader-dark"
    """Colour theme: ``newsreader-dark``, ``newsreader-light``, or any theme of the palette (Ctrl+P)."""

    reading_width: Annotated[int, Field(ge=40, le=160)] = 76
    """Columns that a line of an article takes at the most."""


class MarkRead(StrEnum):
    """When an article counts as read."""

    OPEN = "open"
    """When it is opened."""
    END = "end"
    """When its end has been seen."""
    NEVER = "never"
    """Only when the reader says so."""


class LibrarySettings(BaseModel):
    """How the library is listed and kept up to date: table ``[library]``."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    mark_read: MarkRead = MarkRead.OPEN
    """When an article counts as read: ``open``, when it is opened; ``end``, when its end has been seen; ``never``."""

    hide_read: bool = False
    """List only what is not read; ``h`` changes it."""

    order: Order = Order.NEWEST
    """How lists are sorted: ``newest`` or ``oldest`` first, or by ``feed``; ``S`` changes it."""

    sync_minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)] = 0
    """Minutes after which a feed is fetched again by itself while the app is open; 0 means only when you ask."""

    watch_seconds: Annotated[int, Field(ge=0, le=MOST_MINUTES * 60)] = 30
    """Seconds after which watched folders are looked into again while the app is open; 0 means only at a sync."""


class Settings(BaseSettings):
    """Everything that can be set. An unknown key or a value out of range is an error that names both."""

    model_config = SettingsConfigDict(
        env_prefix="NEWSREADER_",
        env_nested_delimiter="__",
        extra="forbid",
    )

    data_dir: Folder = Field(default_factory=lambda: platformdirs.user_data_path(APP_NAME))
    """Where models, the library and its index are kept."""

    library_dir: Folder | None = None
    """Where the library and its index are kept, if not in ``data_dir``."""

    log_dir: Folder = Field(default_factory=lambda: platformdirs.user_log_path(APP_NAME))
    """Where the worker's log is kept."""

    answer: AnswerSettings = AnswerSettings()
    """How questions are answered."""

    index: IndexSettings = IndexSettings()
    """Where the vector index is kept, if not on this machine."""

    appearance: AppearanceSettings = AppearanceSettings()
    """How the app looks."""

    library: LibrarySettings = LibrarySettings()
    """How the library is listed and kept up to date."""

    @property
    def models_dir(self) -> Path:
        """The folder of model files."""
        return self.data_dir / "models"

    @property
    def library_file(self) -> Path:
        """The SQLite database of articles, entities and answers."""
        return (self.library_dir or self.data_dir) / "library.db"

    @property
    def index_dir(self) -> Path:
        """The folder of the Chroma index."""
        return (self.library_dir or self.data_dir) / "index"

    @property
    def prefixes_dir(self) -> Path:
        """The folder of the articles that the model has read."""
        return (self.library_dir or self.data_dir) / "prefixes"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags win over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=config_file())
