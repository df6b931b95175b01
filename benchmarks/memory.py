"""``python -m benchmarks memory``: what the app and its worker hold in memory, with a library of 400 articles open."""

import asyncio
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from benchmarks.document import put
from benchmarks.made_up import made_up
from benchmarks.measured_settings import measured_settings
from benchmarks.own_speed import Failure
from benchmarks.rows import table
from benchmarks.smoothness import Freezes, app, until
from benchmarks.speed import DOCUMENT
from library.folder import look_through
from library.reader import UnreadableArticle, read_article
from models.article import Article
from tui.articles import keep

ARTICLES: Final = 400
PARAGRAPHS: Final = 50
"""Of each made-up article: as many as in the news."""

MEGABYTE: Final = 1 << 20
PROC: Final = Path("/proc")


@click.command()
@click.option("--articles", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "json_file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--document", is_flag=True, help="Put the figures into docs/performance.md.")
def memory(folder: Path | None, json_file: Path | None, document: bool) -> None:
    """Measure memory: after the library was opened, an article read and a question answered from the library.

    The articles are made up, or those of a folder. Linux only: it is where what processes share can be told apart.
    """
    if not (PROC / "self" / "smaps_rollup").exists():
        raise click.ClickException("This system does not tell what its processes hold in memory.")
    articles = [made_up(PARAGRAPHS, f"Port {n}") for n in range(ARTICLES)] if folder is None else list(_read(folder))
    try:
        found = asyncio.run(measure(articles[:ARTICLES]))
    except Failure as error:
        raise click.ClickException(str(error)) from error
    held = table([["MB", "held"], *([what, f"{size / MEGABYTE:,.0f}"] for what, size in found.items())])
    click.echo(held)
    if document:
        put(DOCUMENT, "memory", held)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def _read(folder: Path) -> Iterator[Article]:
    for file in look_through(folder).files:
        try:
            yield read_article(file.path)
        except UnreadableArticle as error:
            click.echo(str(error), err=True)


async def measure(articles: list[Article]) -> dict[str, int]:
    """Give the bytes held by this process, which runs the app, and by its worker: proportional set sizes."""
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = measured_settings().model_copy(update={"library_dir": Path(folder)})
        keep(articles, settings)
        async with app(settings, articles, Freezes()) as (pilot, screen):
            await until(lambda: screen.status.state == "ready")
            found |= _held("article read")
            await pilot.press("L", *"boats", "enter")
            await until(lambda: screen.panel.latest is not None and not screen.panel.asking)
            if not screen.panel.answers[-1].answer:
                raise Failure("The library could not be asked.")
            found |= _held("library indexed and asked")
    return found


def _held(when: str) -> dict[str, int]:
    app_bytes = _proportional_bytes(os.getpid())
    worker_bytes = sum(map(_proportional_bytes, _children(os.getpid())))
    return {
        f"{when}: app (with this measurement)": app_bytes,
        f"{when}: worker": worker_bytes,
        f"{when}: together": app_bytes + worker_bytes,
    }


def _proportional_bytes(process: int) -> int:
    lines = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _children(process: int) -> list[int]:
    told = (PROC / str(process) / "task" / str(process) / "children").read_text(encoding="ascii")
    return list(map(int, told.split()))
