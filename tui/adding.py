"""What ``newsreader add`` does with each source, and the app with an address."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from library.cleaning import display_name, one_line
from library.feeds.discovery import Offer
from library.feeds.subscribing import FoundFeed, FoundPage, look_at
from library.feeds.sync import Sync
from library.feeds.watched import watched_url
from library.fetching.addresses import is_near, web_address
from library.fetching.failures import FetchFailed
from library.fetching.fetcher import Fetcher
from library.folder import Contents, look_through
from library.reader import UnreadableArticle, read_article
from library.store import Store
from models.feed import Feed
from tui.articles import read_articles
from tui.counting import counted
from tui.errors import BadInput
from tui.feeds import FOLDER_SEPARATOR
from tui.foreign import shown
from tui.progress_line import ProgressLine
from tui.sync_report import left_out

_LIKE_A_SITE: Final = re.compile(
    r"([\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:/.*)?", re.I
)
_FILE_ENDINGS: Final = (".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xml", ".opml", ".json", ".pdf")


class Choices(NamedTuple):
    """What the user has chosen for a feed; what is None was left open."""

    title: str | None = None
    folder: tuple[str, ...] | None = None
    full_text: bool | None = None
    private: bool = False


class Added(NamedTuple):
    """What there is to say about what was added, and the feeds that the site of a page offers.

    ``left_out`` are files of a folder; it is not ``complete`` where one of them could not be read.
    """

    said: tuple[str, ...]
    offers: tuple[Offer, ...] = ()
    left_out: tuple[str, ...] = ()
    complete: bool = True


def sorted_sources(sources: Sequence[str], choices: Choices) -> tuple[list[str], list[str]]:
    """Tell paths from addresses. Raises ``BadInput`` that names each source that can't be added as it was asked."""
    paths, addresses, problems = [], [], []
    for source in sources:
        if advice := _advice_on_list(source):
            problems.append(advice)
        elif is_address(source):
            try:
                addresses.append(web_address(source))
            except FetchFailed as error:
                problems.append(f"{source}: {error}.")
        elif options := _feed_options(choices):
            problems.append(f"{options} can be chosen only for a feed, not for {source}. Add it without.")
        else:
            paths.append(source)
    if problems:
        raise BadInput("\n".join(problems))
    return paths, addresses


def _advice_on_list(source: str) -> str | None:
    """Say what to do with a list of feeds of another reader, if it is one."""
    if not source.lower().endswith(".opml"):
        return None
    download, file = ("download it, then ", Path(source).name) if is_address(source) else ("", source)
    return f"{source} is a list of feeds: {download}newsreader import {file}"


def add_paths(store: Store, paths: Sequence[str]) -> None:
    """Keep files, and all files of folders. Raises ``BadInput`` that names each file that is no article.

    In a folder, other things may lie about: those are named and left out.
    """
    folders = [path for path in paths if _is_folder(path)]
    looked_through = [(folder, _look_through(folder)) for folder in folders]
    for article in read_articles(path for path in paths if path not in folders):
        store.add(article, by_hand=True)
        click.echo(f"Kept: {shown(article.headline)}")
    for folder, contents in looked_through:
        kept, problems = 0, list(contents.problems)
        with ProgressLine() as progress:
            for file in contents.files:
                progress.show(f"{kept} articles")
                try:
                    store.add(read_article(file.path), by_hand=True)
                    kept += 1
                except UnreadableArticle as error:
                    problems.append(str(error))
        _tell_left_out(problems)
        click.echo(f"Kept: {counted(kept, 'article')} of {shown(folder)}")


async def add_watched(store: Store, paths: Sequence[str], choices: Choices) -> bool:
    """Watch folders, and take in what is in them. Gives False where something could not be read: it is named.

    Raises ``BadInput`` that names each path that is no folder.
    """
    if problems := [f"{path} is no folder: only folders can be watched." for path in paths if not _is_folder(path)]:
        raise BadInput("\n".join(problems))
    complete = True
    async with Fetcher() as fetcher:
        for path in paths:
            added = await _watch(store, fetcher, Path(path), choices)
            _tell_left_out(added.left_out)
            click.echo("\n".join(map(shown, added.said)))
            complete = complete and added.complete
    return complete


async def _watch(store: Store, fetcher: Fetcher, path: Path, choices: Choices) -> Added:
    """Watch a folder, and take in what is in it."""
    folder = path.resolve()
    url = watched_url(folder)
    if (there := await _change(store, url, choices)) is not None:
        return Added((there,))
    title = one_line(choices.title or folder.name) or display_name(folder)
    number = store.feeds.add(Feed(url=url, title=title, folder=choices.folder or ()))
    if number is None:  # another newsreader has been quicker
        return Added((f"{title} is there already.",))
    [outcome] = await Sync(store.feeds, fetcher, lambda _: None).run(
        [one for one in store.feeds.feeds() if one.number == number]
    )
    return Added(
        (f"Watching {title}: {counted(outcome.new, 'new article')}.",),
        left_out=(*left_out(outcome), *([outcome.error] if outcome.error else [])),
        complete=outcome.error is None,
    )


async def add_path(store: Store, fetcher: Fetcher, source: str, choices: Choices) -> Added:
    """Keep a file, or watch a folder. Raises ``UnreadableArticle`` for what can't be read or is neither."""
    if advice := _advice_on_list(source):
        raise UnreadableArticle(advice)
    try:
        path = Path(source).expanduser()
    except RuntimeError as error:  # ~ of somebody who is not known here
        raise UnreadableArticle(f"{display_name(source)}: {error}") from error
    if _is_folder(str(path)):
        return await _watch(store, fetcher, path, choices)
    if not _exists(str(path)):
        raise UnreadableArticle(
            f"There is no file or folder {display_name(source)} here, and it is no address of the web."
        )
    article = read_article(path)
    store.add(article, by_hand=True)
    return Added((f"Kept: {article.headline}",))


def _look_through(folder: str) -> Contents:
    try:
        return look_through(Path(folder))
    except OSError as error:
        raise BadInput(f"{folder} can't be read: {error.strerror}.") from error


def _tell_left_out(problems: Sequence[str]) -> None:
    for problem in problems:
        click.echo(f"Left out: {shown(problem)}", err=True)


async def add_addresses(store: Store, addresses: Sequence[str], choices: Choices) -> bool:
    """Subscribe to feeds and keep pages. Gives False where one could not be had: it is named, and the rest goes on."""
    complete = True
    async with Fetcher() as fetcher:
        for address in addresses:
            try:
                with ProgressLine() as progress:
                    progress.show(f"fetching {shown(address)}")
                    added = await add_address(store, fetcher, address, choices)
            except (FetchFailed, UnreadableArticle) as error:
                complete = False
                click.echo(f"{shown(address)}: {shown(str(error))}", err=True)
            else:
                click.echo("\n".join(map(shown, (*added.said, *_offered(added.offers)))))
    return complete


def _offered(offers: Sequence[Offer]) -> Iterator[str]:
    if offers:
        yield "Its site offers feeds:"
        yield from (f"  newsreader add {offer.url}  {offer.title}".rstrip() for offer in offers)


async def add_address(store: Store, fetcher: Fetcher, address: str, choices: Choices) -> Added:
    """Add what is at an address. Raises ``FetchFailed`` or ``UnreadableArticle``."""
    if (there := await _change(store, address, choices)) is not None:
        return Added((there,))
    found = await look_at(fetcher, address, private=choices.private)
    if isinstance(found, FoundPage):
        store.add(found.article, by_hand=True)
        options = _feed_options(choices)
        no_effect = (f"It is a page, no feed: {options} has no effect.",) if options else ()
        return Added((f"Kept: {found.article.headline}", *no_effect), tuple(found.offers))
    if (there := await _change(store, found.url, choices)) is not None:
        return Added((there,))
    return Added((await _subscribe(store, fetcher, found, choices),))


async def _subscribe(store: Store, fetcher: Fetcher, found: FoundFeed, choices: Choices) -> str:
    feed = Feed(
        url=found.url,
        title=one_line(choices.title or "") or found.document.title,
        home=found.document.home,
        folder=choices.folder or (),
        full_text=bool(choices.full_text),
        private=choices.private and await is_near(found.url),
    )
    number = store.feeds.add(feed)
    if number is None:  # another newsreader has been quicker
        return f"{feed.name} is there already."
    outcome = await Sync(store.feeds, fetcher, lambda _: None).keep(number, feed, found.fetched, found.document)
    return f"Subscribed to {feed.name}: {counted(outcome.new, 'new article')}."


async def _change(store: Store, url: str, choices: Choices) -> str | None:
    """Change what was chosen for the feed of an address, and say what it was; None where there is no such feed."""
    there = next((one for one in store.feeds.feeds() if one.feed.url == url), None)
    if there is None:
        return None
    before = there.feed
    wanted: dict[str, Any] = {
        "title": one_line(choices.title or "") or None,
        "folder": choices.folder,
        "full_text": choices.full_text,
        "private": (choices.private and await is_near(url)) or None,
    }
    after = before.model_copy(update={name: value for name, value in wanted.items() if value is not None})
    if after == before:
        return f"{before.name} is there already."
    store.feeds.change(there.number, **wanted)
    return f"{after.name} is changed: {', '.join(_changes(before, after))}."


def _changes(before: Feed, after: Feed) -> Iterator[str]:
    if after.name != before.name:
        yield f"it was called {before.name}"
    if after.folder != before.folder:
        yield f"it is in the folder {FOLDER_SEPARATOR.join(after.folder)}" if after.folder else "it is in no folder"
    if after.full_text != before.full_text:
        yield "its pages are fetched from now on" if after.full_text else "its pages are fetched no more"
    if after.private != before.private:
        yield "its address may be on this machine or in its network"


def _feed_options(choices: Choices) -> str:
    """Name what was chosen that only a feed has."""
    chosen = {
        "--title": choices.title is not None,
        "--folder": choices.folder is not None,
        "--full-text": choices.full_text is True,
        "--no-full-text": choices.full_text is False,
    }
    return ", ".join(name for name, so in chosen.items() if so)


def is_address(source: str) -> bool:
    """Tell an address of the web, with or without ``https://``, from the path of a file or a folder."""
    if "://" in source or source.startswith("feed:"):
        return True
    site = _LIKE_A_SITE.fullmatch(source)
    return site is not None and not site[1].lower().endswith(_FILE_ENDINGS) and not _exists(source)


def _is_folder(path: str) -> bool:
    return _exists(path) and Path(path).is_dir()


def _exists(path: str) -> bool:
    try:
        return path != "" and Path(path).exists()
    except OSError:  # it is too long, say
        return False
