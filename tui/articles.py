"""The articles of a command: read from the paths it was given, kept in the library or in one of its own."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from library.cleaning import display_name
from library.reader import UnreadableArticle, read_article
from models.article import Article
from models.settings import Settings
from tui.errors import BadInput, Failure
from tui.foreign import shown

if TYPE_CHECKING:
    from library.store import Store

SAMPLE: Final = "harbour-bridge.txt"
"""The article that opens where there is no other."""

PRINTED_AT_ONCE: Final = 500
"""Articles of the library that are printed where no path is given, the newest."""


def read_articles(paths: Iterable[str]) -> list[Article]:
    """Read the articles of all paths. Raises ``BadInput`` that names each path that holds none, and why."""
    articles, problems = [], []
    for path in paths:
        try:
            articles.append(read_article(path))
        except UnreadableArticle as error:
            problems.append(str(error))
    if problems:
        raise BadInput("\n".join(problems))
    return articles


def sample_article() -> Article:
    """Read the article that comes with newsreader."""
    with resources.as_file(resources.files("library") / "samples" / SAMPLE) as path:
        return read_article(path)


def only_read(library_file: Path) -> str:
    """Say what is not kept in a library that can only be read."""
    return (
        f"The library {display_name(library_file)} can only be read. "
        "Answers, marks and the numbers of what is found are not kept."
    )


@cache
def _say_only_read(library_file: Path) -> None:
    """Say it once, however often the library is opened."""
    click.echo(shown(only_read(library_file)), err=True)


@contextmanager
def library(settings: Settings) -> Iterator["Store"]:
    """Open the library. What it can't do ends the command with the reason.

    Of one that can only be read, it is said what is not kept.
    """
    from library.store import Store, StoreUnusable  # late: a file is read without it

    try:
        with Store.open(settings.library_file) as store:
            if store.read_only:
                _say_only_read(settings.library_file)
            yield store
    except StoreUnusable as error:
        raise Failure(str(error)) from error


def keep(articles: Iterable[Article], settings: Settings) -> None:
    """Add articles to the library, where the worker finds them."""
    with library(settings) as store:
        for article in articles:
            store.add(article)


def library_is_empty(settings: Settings) -> bool:
    """Tell whether there is nothing to read and no feed that could bring it."""
    with library(settings) as store:
        return not (store.listings.any() or store.feeds.feeds())


def kept_articles(settings: Settings) -> list[Article]:
    """Give the articles of the library, newest first, ``PRINTED_AT_ONCE`` at the most."""
    with library(settings) as store:
        found = [store.article(summary.id) for summary in store.articles()[:PRINTED_AT_ONCE]]
    return [article for article in found if article is not None]


@contextmanager
def temporary_library(settings: Settings) -> Iterator[Settings]:
    """Give settings with a library of their own for as long as the block lasts, so that the user's is left alone."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        yield settings.model_copy(update={"library_dir": Path(folder)})
