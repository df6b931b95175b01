"""Taking installed models away."""

import shutil

from filelock import Timeout

from models.settings import Settings
from rag.model_files.catalogue import catalogue
from rag.model_files.errors import InUse, UnknownModel
from rag.model_files.installed import imported_names
from rag.model_files.placing import staging_dir, storage_errors, writer_lock


def removable_bytes(settings: Settings, name: str) -> int:
    """How much room the removal of a model frees: nothing for files that have another name elsewhere (hard links).

    Raises ``UnknownModel`` where nothing of it is there.
    """
    known = catalogue().find(name) is not None or name in imported_names(settings)
    folders = [folder for folder in (settings.models_dir / name, staging_dir(settings, name)) if folder.is_dir()]
    if not known or not folders:
        raise UnknownModel(f"No model called {name} is installed. `newsreader models list` shows what is.")
    stats = [path.lstat() for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sum(stat.st_size for stat in stats if stat.st_nlink == 1)


def remove(settings: Settings, name: str) -> int:
    """Delete a model, with what is there of a pull of it; give the bytes freed.

    A worker that has it loaded goes on until it ends. Raises ``UnknownModel``, ``NotWritable``, and ``InUse`` while
    it is being pulled.
    """
    freed = removable_bytes(settings, name)
    with storage_errors(settings, 0):
        try:
            held = writer_lock(settings, name).acquire(timeout=0)
        except Timeout as error:
            raise InUse(f"{name} is being pulled or imported just now. Stop that first.") from error
        with held:
            for folder in (settings.models_dir / name, staging_dir(settings, name)):
                if folder.is_dir():
                    shutil.rmtree(folder)
    return freed
