"""The catalogue of model files (``catalogue.toml``) and its types."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints

from models.base import Frozen
from rag.model_files.errors import UnknownModel


class Purpose(StrEnum):
    """What a model is for."""

    ANSWER = "answer"
    EMBED = "embed"
    ENTITIES = "entities"


def _inside(name: str) -> str:
    if name.startswith("/") or "\\" in name or any(step in ("", ".", "..") for step in name.split("/")):
        raise ValueError(f"{name!r} is not a path inside a folder")
    return name


InnerPath: TypeAlias = Annotated[str, AfterValidator(_inside)]
"""A relative path with ``/`` between its steps that can't lead out of its folder."""

ModelName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Sha256: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Requirement: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*==[0-9A-Za-z.]+$")]
"""A package with its exact version, as pip writes it."""


class ModelFile(Frozen):
    """A file of a model: its path in the model's folder, its size in bytes and what pins it."""

    name: InnerPath
    size: Annotated[int, Field(gt=0)]
    sha256: Sha256


class HubSource(Frozen):
    """A repository of a model hub that has the files under their names."""

    kind: Literal["hub"]
    repository: str
    revision: str


class Piece(Frozen):
    """A file of a model, or a piece of one, as a member of a wheel."""

    requirement: Requirement
    member: InnerPath
    size: Annotated[int, Field(gt=0)]
    sha256: Sha256


class Wheel(Frozen):
    """A package that carries files of a model in ``folder``: those of ``files``, or all where that is None."""

    requirement: Requirement
    folder: InnerPath
    files: tuple[InnerPath, ...] | None = None


class WheelsSource(Frozen):
    """Packages that carry whole files."""

    kind: Literal["wheels"]
    wheels: tuple[Wheel, ...]

    def pieces(self, file: ModelFile) -> tuple[Piece, ...]:
        """Where ``file`` is: one piece, the whole of it."""
        for wheel in self.wheels:
            if wheel.files is None or file.name in wheel.files:
                member = f"{wheel.folder}/{file.name}"
                return (Piece(requirement=wheel.requirement, member=member, size=file.size, sha256=file.sha256),)
        raise LookupError(f"the catalogue gives no wheel for {file.name}")


class PartsSource(Frozen):
    """Packages that carry the one file of a model cut into pieces, in order."""

    kind: Literal["parts"]
    parts: tuple[Piece, ...]

    def pieces(self, file: ModelFile) -> tuple[Piece, ...]:  # noqa: ARG002 -- there is only one file
        """The pieces that make up the file."""
        return self.parts


Source: TypeAlias = HubSource | WheelsSource | PartsSource


class ModelSpec(Frozen):
    """A model of the catalogue."""

    name: ModelName
    purpose: Purpose
    licence: str
    description: str
    files: tuple[ModelFile, ...]
    sources: tuple[Annotated[Source, Field(discriminator="kind")], ...]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)


class Catalogue(Frozen):
    """All models, in the order of the file."""

    models: tuple[ModelSpec, ...]

    def find(self, name: str) -> ModelSpec | None:
        """The model of this name."""
        return next((spec for spec in self.models if spec.name == name), None)

    def get(self, name: str) -> ModelSpec:
        """The model of this name. Raises ``UnknownModel``."""
        if spec := self.find(name):
            return spec
        known = ", ".join(spec.name for spec in self.models)
        raise UnknownModel(f"No model of the catalogue is called {name!r}. There are: {known}.")

    def default(self, purpose: Purpose) -> ModelSpec:
        """The first model for a purpose."""
        return next(spec for spec in self.models if spec.purpose is purpose)

    def with_checksum(self, sha256: str) -> tuple[ModelSpec, ModelFile] | None:
        """The model and its file that have this checksum."""
        return next(
            ((spec, file) for spec in self.models for file in spec.files if file.sha256 == sha256),
            None,
        )


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the package."""
    text = resources.files("rag.model_files").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
