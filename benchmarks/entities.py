"""``python -m benchmarks entities``: has newsreader tell who and what articles are about, and marks it."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from benchmarks.answers import NEWSREADER
from benchmarks.name_scoring import (
    EntityScore,
    Found,
    GoldEntities,
    GoldStatements,
    StatementScore,
    score_entities,
    score_statements,
)
from benchmarks.question_sets import HERE, OWN, read_lines

NAMES: Final = HERE / "names"
FOLDERS: Final = (*(question_set.articles for question_set in OWN), NAMES)
"""Where the project's own articles are: those that are asked about, and one that is there for its names alone."""

file_option: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--entities",
    "entities_file",
    metavar="FILE",
    type=file_option,
    default=NAMES / "entities.jsonl",
    help="What should be found, if not the project's own.",
)
@click.option(
    "--statements",
    "statements_file",
    metavar="FILE",
    type=file_option,
    default=NAMES / "statements.jsonl",
    help="Who said what, if not the project's own.",
)
@click.option(
    "--articles",
    "folders",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDERS,
    help="Where the articles are; may be given more than once.",
)
@click.option("--found", "found_file", metavar="FILE", type=file_option, help="Mark this output of an earlier run.")
@click.option("--show", is_flag=True, help="Print what was missed and what is wrong.")
@click.option("--json", "json_file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def entities(
    entities_file: Path,
    statements_file: Path,
    folders: Sequence[Path],
    found_file: Path | None,
    show: bool,
    json_file: Path | None,
) -> None:
    """Measure how well names are found and linked, and who said what."""
    try:
        gold = read_lines(entities_file, GoldEntities)
        gold_statements = read_lines(statements_file, GoldStatements)
        names = {line.article for line in gold}
        files = sorted(file for folder in folders for file in folder.iterdir() if file.name in names)
        lines = read_lines(found_file, Found) if found_file else recognised(files)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    found = {line.article: line for line in lines}
    named, said = score_entities(gold, found), score_statements(gold_statements, gold, found)
    if show:
        click.echo("\n".join([*named.problems, *said.problems, ""]))
    click.echo(report(named, said))
    if json_file:
        json_file.write_text(json.dumps(record(named, said), indent=2) + "\n", encoding="utf-8")


def recognised(files: Sequence[Path]) -> list[Found]:
    """Have newsreader find the entities of some articles. Raises ``ClickException`` where it fails."""
    command = [*NEWSREADER, "entities", "--json", *map(str, files)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise click.ClickException("newsreader could not find the entities of these articles.")
    return [Found.model_validate_json(line) for line in done.stdout.splitlines()]


def record(named: EntityScore, said: StatementScore) -> Mapping[str, object]:
    """Give the figures as a JSON object."""
    return {
        "entities": {kind: asdict(tally) | {"f1": tally.f1} for kind, tally in named.by_type.items()},
        "statements": {name: asdict(share) | {"value": share.value} for name, share in said.shares.items()},
    }


def report(named: EntityScore, said: StatementScore) -> str:
    """Write the figures as text."""
    tallies = [("all", named.all), *named.by_type.items()]
    return "\n".join(
        [
            *(
                f"{kind:10} F1 {t.f1:.3f}  precision {t.precision:.3f}  recall {t.recall:.3f}  of {t.right + t.missed}"
                for kind, t in tallies
            ),
            "",
            *(f"{name:10} {share.value:.3f} of {share.n}" for name, share in said.shares.items()),
        ]
    )
