"""The library as a tree: what stands in it, from the feeds and counts of the store."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.feed import FeedSummary
from models.listing import Overview, Scope

FEED: Final = "feed "
SAVED: Final = "search "
TAG: Final = "tag "
"""How the keys of feeds, of saved searches and of tags begin."""


@dataclass(frozen=True)
class Branch:
    """A line of the tree: some articles, and how many of them are unread.

    ``key`` tells it from others, also when its name or counts have changed. ``feeds`` are those in it. ``total`` is
    shown in the place of ``unread`` where that says nothing. ``folder`` is the one it is, or is in; ``error`` that of a
    feed.
    """

    key: str
    label: str
    scope: Scope
    unread: int = 0
    total: int | None = None
    depth: int = 0
    feeds: tuple[FeedSummary, ...] = ()
    folder: tuple[str, ...] = ()
    error: str | None = None
    search: str | None = None
    """The line that finds its articles, in the place of ``scope``."""
    unfolded: bool | None = None
    """Whether what is in a folder is shown; None for what is none."""

    @property
    def feed(self) -> FeedSummary | None:
        """The feed that it is, if it is one."""
        return self.feeds[0] if self.key.startswith(FEED) else None

    @property
    def saved(self) -> str | None:
        """The name of the saved search that it is, if it is one."""
        return self.label if self.key.startswith(SAVED) else None

    @property
    def tag(self) -> str | None:
        """The tag that it is, if it is one."""
        return self.scope.tag


HERE: Final = Branch("here", "Open here", Scope())
"""The articles that the app was opened on, and those opened from them. They need not be in the library yet."""

UNREAD: Final = "unread"
ALL: Final = "all"
"""The keys of the two that are always there."""


def found_by(line: str) -> Branch:
    """Give the line of the tree for what is being searched."""
    return Branch("found", f"Search: {line}" if line.strip() else "Search", Scope(), search=line)


def branches(overview: Overview, folded: Collection[str], found_unread: Mapping[str, int]) -> list[Branch]:
    """Give the lines of the tree, from the top down; folders whose keys are in ``folded`` hide what is in them.

    ``found_unread`` is how many unread articles saved searches find, by their names, as far as that is known.
    """
    feeds = overview.feeds
    found = [
        Branch(UNREAD, "Unread", Scope(unread=True), overview.unread, feeds=feeds),
        Branch(ALL, "All articles", Scope(), total=overview.articles, feeds=feeds),
    ]
    if overview.starred:
        found.append(Branch("starred", "Starred", Scope(starred=True), total=overview.starred))
    if overview.later:
        found.append(Branch("later", "For later", Scope(later=True), total=overview.later))
    if overview.highlighted:
        found.append(Branch("highlighted", "Highlighted", Scope(highlighted=True), total=overview.highlighted))
    if overview.by_hand:
        found.append(Branch("by hand", "Files and pages", Scope(by_hand=True), overview.by_hand_unread))
    found += [
        Branch(f"{SAVED}{one.name}", one.name, Scope(), found_unread.get(one.name, 0), search=one.line)
        for one in overview.searches
    ]
    found += [Branch(f"{TAG}{one.name}", one.name, Scope(tag=one.name), one.unread) for one in overview.tags]
    return [*found, *_inside(overview, feeds, (), folded)]


def _inside(
    overview: Overview, feeds: Sequence[FeedSummary], folder: tuple[str, ...], folded: Collection[str]
) -> Iterator[Branch]:
    """Give the folders of a folder with what is in them, then its feeds."""
    depth = len(folder)
    for name in dict.fromkeys(one.feed.folder[depth] for one in feeds if len(one.feed.folder) > depth):
        path = (*folder, name)
        members = tuple(one for one in feeds if one.feed.folder[: depth + 1] == path)
        key = f"folder {path}"
        unfolded = key not in folded
        scope = Scope(feeds=tuple(one.number for one in members))
        yield Branch(key, name, scope, overview.folders.get(path, 0), None, depth, members, path, unfolded=unfolded)
        if unfolded:
            yield from _inside(overview, members, path, folded)
    for one in feeds:
        if one.feed.folder == folder:
            scope = Scope(feeds=(one.number,))
            key = f"{FEED}{one.number}"
            yield Branch(key, one.feed.name, scope, one.unread, None, depth, (one,), folder, one.feed.error)
