"""The catalogue that comes with the package."""

import pytest
from pydantic import ValidationError

from rag.model_files.catalogue import HubSource, ModelFile, PartsSource, Purpose, Wheel, catalogue
from rag.model_files.errors import UnknownModel


def test_every_purpose_has_a_default() -> None:
    defaults = {purpose: catalogue().default(purpose).name for purpose in Purpose}
    assert defaults == {"answer": "qwen2.5-coder-1.5b", "embed": "minilm-l6-v2", "entities": "en-core-web-md"}


def test_names_are_unique_and_each_file_has_a_place_in_every_source() -> None:
    names = [spec.name for spec in catalogue().models]
    assert len(set(names)) == len(names)
    for spec in catalogue().models:
        assert spec.sources
        for source in spec.sources:
            if not isinstance(source, HubSource):
                for file in spec.files:
                    pieces = source.pieces(file)
                    assert sum(piece.size for piece in pieces) == file.size, f"{spec.name}: {file.name}"
            if isinstance(source, PartsSource):
                assert len(spec.files) == 1


def test_a_model_that_answers_is_one_file() -> None:
    assert all(len(spec.files) == 1 for spec in catalogue().models if spec.purpose is Purpose.ANSWER)


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownModel, match=r"'gpt'.*qwen2\.5-coder-1\.5b"):
        catalogue().get("gpt")


def test_a_file_is_known_by_its_checksum() -> None:
    spec = catalogue().get("minilm-l6-v2")
    assert catalogue().with_checksum(spec.files[1].sha256) == (spec, spec.files[1])
    assert catalogue().with_checksum("0" * 64) is None


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../b", "a//b", "./a", "", "a\\..\\b"])
def test_no_path_leads_out_of_its_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        ModelFile(name=name, size=1, sha256="0" * 64)
    with pytest.raises(ValidationError):
        Wheel(requirement="a==1", folder=name)


@pytest.mark.parametrize("requirement", ["a", "a>=1", "-r evil.txt", "a==1 --index-url=x", "a @ http://x", "--a==1"])
def test_a_requirement_is_a_package_with_its_exact_version(requirement: str) -> None:
    with pytest.raises(ValidationError):
        Wheel(requirement=requirement, folder="a")
