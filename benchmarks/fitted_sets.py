"""The option by which a command that fits something takes more questions to fit it to."""

from pathlib import Path
from typing import Final

import click

more_sets: Final = click.option(
    "--set",
    "sets",
    nargs=2,
    multiple=True,
    metavar="QUESTIONS ARTICLES",
    type=click.Path(exists=True, path_type=Path),
    help="Fit to these questions too.",
)
