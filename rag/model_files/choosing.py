"""Which model answers: written to the user's settings file, which keeps its comments and order."""

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from models.settings import Settings, config_file
from rag.model_files.catalogue import Purpose, catalogue
from rag.model_files.errors import NotWritable
from rag.model_files.installed import answer_path, imported_names


def use(settings: Settings, name_or_path: str) -> str:
    """Make a model answer from now on; give what was written: its name, or its absolute path.

    A model of the catalogue may be chosen before it is pulled. Raises ``ModelMissing`` and ``NotAModel`` where
    there is no such model, ``NotWritable`` where the settings can't be written.
    """
    spec = catalogue().find(name_or_path)
    if spec is not None and spec.purpose is Purpose.ANSWER:
        chosen = spec.name
    else:
        path = answer_path(settings, name_or_path)
        chosen = name_or_path if name_or_path in imported_names(settings) else str(path)
    _write(config_file(), chosen)
    return chosen


def _write(file: Path, model: str) -> None:
    file = file.resolve()  # it may be a link into someone's collection of settings
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        document = tomlkit.parse(text)
        document.setdefault("answer", tomlkit.table())["model"] = model
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.new")
        draft.write_text(tomlkit.dumps(document), encoding="utf-8")
        draft.replace(file)
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise NotWritable(f"{file} can't be changed: {error}.") from error
