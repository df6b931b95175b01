"""``newsreader doctor``: what is there, what is missing, and what to do about it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, load_settings, pass_flags, path_text, settings_flags
from tui.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.diagnosis import Finding


@click.command()
@click.option(
    "--full",
    is_flag=True,
    help="Check models and library byte by byte, too: takes some seconds.",
)
@click.option(
    "--backup",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=path_text,
    metavar="FILE",
    help="Write a copy of the library to a file, and do nothing else.",
)
@click.option("--repair", is_flag=True, help="Mend the library, after a backup beside it, and do nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, one a line.")
@settings_flags
@pass_flags
@click.pass_context
def doctor(ctx: click.Context, flags: Flags, full: bool, backup: Path | None, repair: bool, as_json: bool) -> None:
    """Look at the installation and say what to mend. Fails if something essential is broken."""
    if backup is not None or repair:
        from tui import mending

        settings = load_settings(flags)
        mending.back_up_library(settings, backup) if backup is not None else mending.mend_library(settings)
        return

    from tui.diagnosis import Level
    from tui.json_lines import print_json

    healthy = True
    for finding in _findings(flags, full):
        healthy = healthy and finding.level is not Level.BROKEN
        if as_json:
            print_json(finding.model_dump(mode="json"))
        else:
            _print(finding)
    ctx.exit(0 if healthy else 1)


def _findings(flags: Flags, full: bool) -> "Iterator[Finding]":
    from tui import diagnosis

    yield from diagnosis.packages()
    yield from diagnosis.machine()
    yield diagnosis.engine()
    try:
        settings, problem = load_settings(flags), None
    except BadInput as error:
        settings, problem = None, error
    yield from diagnosis.configuration(problem)
    if settings is not None:
        yield from diagnosis.endpoint(settings)
        yield from diagnosis.user_data(settings, full=full)
        yield from diagnosis.model_files(settings, full=full)
    yield from diagnosis.terminal()


def _print(finding: "Finding") -> None:
    from tui.foreign import shown

    click.echo(f"{finding.level.value:<7} {finding.area:<12} {shown(finding.text)}")
    if finding.advice:
        click.echo(f"{'':<21}{shown(finding.advice)}")
