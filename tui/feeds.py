"""The feeds that a command is about: found by what the user calls them."""

from collections.abc import Sequence

from models.feed import FeedSummary
from tui.errors import BadInput

FOLDER_SEPARATOR = "/"
"""What stands between the names of folders on the command line: ``News/Harbour``."""


def folder_named(text: str) -> tuple[str, ...]:
    """Read a folder as the user writes it."""
    return tuple(name.strip() for name in text.split(FOLDER_SEPARATOR) if name.strip())


def chosen_feeds(listed: Sequence[FeedSummary], wanted: Sequence[str]) -> list[FeedSummary]:
    """Find feeds by number, address, title or folder, or by a part of the title that no other has.

    Raises ``BadInput`` that names each for which there is none, or more than one.
    """
    chosen: dict[int, FeedSummary] = {}
    problems = []
    for text in wanted:
        found = _called(listed, text)
        if not found and text.strip():
            similar = [one for one in listed if text.casefold() in one.feed.name.casefold()]
            if len(similar) > 1:
                names = ", ".join(f"{one.feed.name} ({one.number})" for one in similar)
                problems.append(f"Several feeds are called something like {text}: {names}. Give the number.")
            found = similar[:1]
        if not found:
            problems.append(f"There is no feed {text}. See `newsreader list`.")
        chosen |= {one.number: one for one in found}
    if problems:
        raise BadInput("\n".join(problems))
    return list(chosen.values())


def _called(listed: Sequence[FeedSummary], text: str) -> list[FeedSummary]:
    name, folder = text.casefold(), _path(folder_named(text))
    return (
        [one for one in listed if text == str(one.number)]
        or [one for one in listed if text in (one.feed.url, one.feed.url.partition("://")[2])]
        or [one for one in listed if one.feed.name.casefold() == name]
        or [one for one in listed if folder and f"{_path(one.feed.folder)}/".startswith(f"{folder}/")]
    )


def _path(folder: Sequence[str]) -> str:
    """Give a folder in one spelling, as it is shown: names from other readers may hold what separates ours."""
    return FOLDER_SEPARATOR.join(folder_named(FOLDER_SEPARATOR.join(folder))).casefold()
