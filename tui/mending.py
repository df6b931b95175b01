"""What ``newsreader doctor`` does to a library: backs it up, or mends it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from filelock import FileLock, Timeout

from library.database import StoreUnusable
from library.repair import back_up, repair
from models.settings import Settings
from tui.counting import counted
from tui.errors import BadInput, Failure
from tui.foreign import shown
from tui.progress_line import ProgressLine


def back_up_library(settings: Settings, target: Path) -> None:
    """Write a copy of the library to a file. Raises ``Failure``."""
    _check_there(settings)
    if not target.parent.is_dir():
        raise BadInput(f"{target} can't be written: there is no folder {target.parent}.")
    with _working(f"writing {target}"):
        try:
            back_up(settings.library_file, target)
        except FileExistsError as error:
            raise BadInput(f"{target} is there already. Give another name, or remove it.") from error
    click.echo(f"The library is in {shown(str(target))}. To use it: copy it to {shown(str(settings.library_file))}.")


def mend_library(settings: Settings) -> None:
    """Mend the library after a backup, and have the index made anew. Raises ``Failure``."""
    _check_there(settings)
    try:
        with FileLock(settings.index_dir.with_suffix(".lock"), timeout=0), _working("mending the library"):
            done = repair(settings.library_file)
            shutil.rmtree(settings.index_dir, ignore_errors=True)
    except Timeout as error:
        raise Failure("Another newsreader is running. Close it, and try again.") from error
    except OSError as error:
        raise Failure(f"{settings.index_dir.parent} can't be written: {error.strerror}.") from error
    if done.damage is None:
        click.echo(f"The library is sound: {counted(done.articles, 'article')}.")
    else:
        click.echo(f"The library was damaged ({shown(done.damage)}). {counted(done.articles, 'article')} are saved.")
    for headline in done.lost:
        click.echo(f"Lost, for not all of it can be read: {shown(headline)}")
    if done.lost:
        click.echo("What comes from a feed that still has it is fetched again by newsreader sync.")
    click.echo(
        f"What was there before is in {shown(str(done.backup))}. Search works again; the index is made anew as you ask."
    )


def _check_there(settings: Settings) -> None:
    if not settings.library_file.exists():
        raise BadInput(f"There is no library yet: {settings.library_file} is not there.")


@contextmanager
def _working(what: str) -> Iterator[None]:
    """Say what is being done, and turn what the library can't do into the reason that ends the command."""
    try:
        with ProgressLine() as progress:
            progress.show(f"{shown(what)} …")
            yield
    except StoreUnusable as error:
        raise Failure(str(error)) from error
