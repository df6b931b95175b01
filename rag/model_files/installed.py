"""What is installed, and where.

A model of the catalogue lies in ``models_dir/<name>/``, its files under their names; an imported one in
``models_dir/<name>/<name>.gguf``. A file gets there whole and checked, in one move.
"""

from pathlib import Path
from typing import Final

from models.base import Frozen
from models.settings import Settings
from rag.model_files import gguf
from rag.model_files.catalogue import ModelFile, ModelSpec, Purpose, catalogue
from rag.model_files.errors import ModelMissing, NotAModel

HOW_TO_PULL: Final = "Fetch what is missing by `newsreader models pull`, or by the key that the app offers."


def file_path(settings: Settings, spec: ModelSpec, file: ModelFile) -> Path:
    """Where a file of the catalogue is, once it is installed."""
    return settings.models_dir / spec.name / file.name


def imported_path(settings: Settings, name: str) -> Path:
    """Where an imported model of this name is, once it is."""
    return settings.models_dir / name / f"{name}{gguf.SUFFIX}"


def has_size(path: Path, size: int) -> bool:
    """Whether a file is there with this size: the cheap check. ``verify`` does the full one."""
    try:
        return path.stat().st_size == size
    except (FileNotFoundError, NotADirectoryError):
        return False


def is_installed(settings: Settings, spec: ModelSpec) -> bool:
    """Whether all files of a model are there, by name and size."""
    return all(has_size(file_path(settings, spec, file), file.size) for file in spec.files)


def imported_names(settings: Settings) -> list[str]:
    """The imported models."""
    found = settings.models_dir.glob(f"*/*{gguf.SUFFIX}")
    names = sorted(path.stem for path in found if path.stem == path.parent.name)
    return [name for name in names if catalogue().find(name) is None]


def model_path(settings: Settings, purpose: Purpose) -> Path:
    """Give what an engine loads: the folder of the model (embed, entities), or the GGUF file (answer).

    Raises ``ModelMissing``, and ``NotAModel`` for a chosen file that is no GGUF file.
    """
    if purpose is Purpose.ANSWER:
        return answer_path(settings, settings.answer.model)
    spec = catalogue().default(purpose)
    if not is_installed(settings, spec):
        raise ModelMissing(f"The model {spec.name} is not installed. {HOW_TO_PULL}")
    return settings.models_dir / spec.name


def answer_path(settings: Settings, name_or_path: str) -> Path:
    """The GGUF file of a model that answers: of the catalogue, imported, or anywhere on the disk.

    Raises ``ModelMissing`` and ``NotAModel``.
    """
    if spec := catalogue().find(name_or_path):
        if spec.purpose is not Purpose.ANSWER:
            raise NotAModel(f"{spec.name} can't answer questions. `newsreader models list` shows what can.")
        if not is_installed(settings, spec):
            raise ModelMissing(f"The model {spec.name} is not installed. {HOW_TO_PULL}")
        return file_path(settings, spec, spec.files[0])
    if name_or_path in imported_names(settings):
        return imported_path(settings, name_or_path)
    path = Path(name_or_path).expanduser().absolute()
    if not path.exists():
        raise ModelMissing(
            f"No model is called {name_or_path}, and there is no such file. Choose one by `newsreader models use "
            "NAME_OR_PATH`; `newsreader models list` shows what there is."
        )
    gguf.check(path)
    return path


def missing_models(settings: Settings) -> list[ModelSpec]:
    """What ``pull`` should fetch so that all works: the chosen model, unless an endpoint answers, and the defaults."""
    chosen = None if settings.answer.endpoint.url else catalogue().find(settings.answer.model)
    others = [catalogue().default(purpose) for purpose in (Purpose.EMBED, Purpose.ENTITIES)]
    return [spec for spec in (chosen, *others) if spec is not None and not is_installed(settings, spec)]


class ListedModel(Frozen):
    """A model as ``newsreader models list`` shows it. ``size`` is in bytes."""

    name: str
    purpose: Purpose
    size: int
    licence: str | None
    description: str
    installed: bool
    in_use: bool


def listed_models(settings: Settings) -> list[ListedModel]:
    """The models of the catalogue, the imported ones, and a file from elsewhere that is in use."""
    chosen = settings.answer.model
    in_use = {chosen} | {catalogue().default(purpose).name for purpose in (Purpose.EMBED, Purpose.ENTITIES)}
    listed = [
        ListedModel(
            **spec.model_dump(include={"name", "purpose", "licence", "description"}),
            size=spec.size,
            installed=is_installed(settings, spec),
            in_use=spec.name in in_use,
        )
        for spec in catalogue().models
    ]
    own = {name: ("imported", imported_path(settings, name)) for name in imported_names(settings)}
    if catalogue().find(chosen) is None and chosen not in own:
        own[chosen] = ("a file of yours", Path(chosen).expanduser())
    return listed + [
        ListedModel(
            name=name,
            purpose=Purpose.ANSWER,
            size=path.stat().st_size if path.is_file() else 0,
            licence=None,
            description=description,
            installed=path.is_file(),
            in_use=name == chosen,
        )
        for name, (description, path) in own.items()
    ]
