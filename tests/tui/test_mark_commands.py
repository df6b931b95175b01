"""``newsreader mark`` and ``newsreader tag``, and where tags are shown."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Scope
from models.settings import Settings
from tui.cli import newsreader

FERRY, BRIDGE = (Article.build(name, [f"The {name} is news."], origin="a.txt") for name in ("ferry", "bridge"))


def run(*args: str) -> Result:
    return CliRunner().invoke(newsreader, args)


def records(*args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*args, "--json").stdout.splitlines()]


@pytest.fixture(autouse=True)
def store() -> Iterator[Store]:
    """A feed with two articles, which are numbered 1 (the ferry) and 2."""
    with Store.open(Settings().library_file) as opened:
        opened.feeds.add(Feed(url="https://gazette.example/rss", title="Gazette"))
        for article in (FERRY, BRIDGE):
            opened.feeds.keep_entry(1, article.id, "d", article)
        opened.numbering.keep([FERRY.id, BRIDGE.id])
        yield opened


# --- mark ---


def test_articles_are_marked_by_number_id_or_feed(store: Store) -> None:
    assert run("mark", "read", "1").stdout == "1 article marked as read.\n"
    assert store.listings.ids(Scope(unread=True)) == [BRIDGE.id]
    assert run("mark", "read", "--feed", "gazette").stdout == "1 article marked as read.\n"
    assert run("mark", "unread", BRIDGE.id[:8], "1").stdout == "2 articles marked as unread.\n"
    assert run("mark", "later", "2").stdout == "1 article put by for later.\n"
    assert [record["id"] for record in records("search", "is:later")] == [BRIDGE.id]
    assert run("mark", "starred", BRIDGE.id[:8]).stdout == "1 article starred.\n"
    assert run("search", "is:starred").stdout.startswith("  1  bridge  (starred; for later)\n")
    assert "bridge  (unread; starred; for later)" in run("list", "Gazette").stdout
    [found] = records("search", "is:starred")
    assert (found["read"], found["starred"], found["later"]) == (False, True, True)
    assert run("mark", "not-starred", "--feed", "Gazette").stdout == "1 article no longer starred.\n"
    store.numbering.keep([FERRY.id, BRIDGE.id])
    assert run("mark", "not-later", "1", "2").stdout == "1 article no longer put by.\n"
    assert store.listings.ids(Scope(later=True)) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("read",), "Which articles?"),
        (("seen", "1"), "not one of"),
        (("read", "1", "7"), "There is no article 7."),
        (("read", "1", "--feed", "Herald"), "There is no feed Herald."),
        (("read", "1", "\udcff\x1b[2J"), "There is no article"),
        (("read", "1", "9" * 5000), "There is no article"),
    ],
)
def test_what_can_not_be_marked_is_said_and_nothing_is(store: Store, args: tuple[str, ...], said: str) -> None:
    done = run("mark", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "\x1b" not in done.stderr
    assert len(store.listings.ids(Scope(unread=True))) == 2


def test_paragraphs_are_highlighted_and_found(store: Store) -> None:
    assert run("mark", "highlighted", "1", "--paragraph", "1").stdout == "1 paragraph highlighted.\n"
    assert run("mark", "highlighted", "1", "--paragraph", "1").stdout == "0 paragraphs highlighted.\n"
    [record] = records("search", "is:highlighted")
    assert (record["id"], record["paragraph"], record["text"]) == (FERRY.id, 1, "The ferry is news.")
    assert run("mark", "not-highlighted", "1", "--paragraph", "1").stdout == "1 paragraph no longer highlighted.\n"
    assert records("search", "is:highlighted") == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("highlighted", "1"), "Highlighted are paragraphs of one article"),
        (("highlighted", "1", "2", "--paragraph", "1"), "Highlighted are paragraphs of one article"),
        (("highlighted", "--feed", "Gazette", "--paragraph", "1"), "Highlighted are paragraphs of one article"),
        (("read", "1", "--paragraph", "1"), "Highlighted are paragraphs of one article"),
        (("highlighted", "1", "--paragraph", "2"), "There is no paragraph 2: the article has 1."),
        (("highlighted", "1", "--paragraph", "9" * 50), "There is no paragraph 999"),
        (("highlighted", "1", "--paragraph", "0"), "Invalid value"),
    ],
)
def test_what_can_not_be_highlighted_is_said(store: Store, args: tuple[str, ...], said: str) -> None:
    done = run("mark", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert store.listings.ids(Scope(highlighted=True)) == []


def test_all_highlights_are_exported() -> None:
    assert run("export", "--highlights").stdout == "# Highlights\n"
    run("mark", "highlighted", "1", "--paragraph", "1")
    assert run("export", "--highlights").stdout == "# Highlights\n\n## ferry\n\n> The ferry is news. [1]\n"
    [record] = json.loads(run("export", "--highlights", "--format", "json").stdout)
    assert record["id"] == FERRY.id
    assert record["highlights"] == [{"number": 1, "text": "The ferry is news."}]
    assert run("export", "--highlights", "--format", "html").exit_code == 2
    assert run("export", "--highlights", "--opml").exit_code == 2


# --- tag ---


def test_articles_are_tagged_and_found_by_that() -> None:
    assert run("tag", "To read", "1", "2").stdout == "2 articles tagged To read.\n"
    assert run("tag", "bread", "1").stdout == "1 article tagged bread.\n"
    assert run("tag").stdout == "bread: 1 article, 1 unread\nTo read: 2 articles, 2 unread\n"
    assert records("tag")[1] == {"name": "To read", "articles": 2, "unread": 2}
    assert run("tag", "--remove", "to READ", "1").stdout == "1 article no longer tagged to READ.\n"
    assert [one["id"] for one in records("search", "--tag", "to read")] == [BRIDGE.id]
    assert [one["tags"] for one in records("search", 'tag:"to read"', "news")] == [["To read"]]
    assert run("search", "bridge").stdout.startswith("  1  bridge  (tagged To read)\n")
    assert run("search", "--save", "Mine", "--tag", "to read").exit_code == 0
    assert run("search", "--saved").stdout == 'Mine: tag:"to read"\n'
    assert run("search", "--saved", "mine").stdout.startswith("  1  bridge")
    assert run("tag", "--forget", "to read").exit_code == 0
    assert run("search", "--saved", "mine").stdout == "Nothing found.\n"


def test_the_articles_of_a_feed_are_listed_with_their_tags() -> None:
    run("tag", "a b", "1")
    run("tag", "c", "1")
    assert "ferry  (unread; tagged a b, c)" in run("list", "Gazette").stdout
    assert {one["headline"]: one["tags"] for one in records("list", "Gazette")} == {"ferry": ["a b", "c"], "bridge": []}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("harbour",), "Which articles?"),
        (("harbour", "7"), "There is no article 7."),
        (("harbour", "1", "7"), "There is no article 7."),
        (("a,b", "1"), "A tag has no comma"),
        (("", "1"), "A tag needs a name"),
        (("\x1b[2J", "1"), "A tag needs a name"),
        (("x" * 100_000, "1"), "no more than 60 characters"),
        (("Wh\udcff", "1"), "UTF-8"),
        (("--forget", "harbour"), "There is no tag harbour"),
        (("--forget", "harbour", "1"), "--forget takes the tag off all articles"),
        (("--remove",), "Which tag?"),
        (("--json", "harbour", "1"), "--json goes without a tag"),
    ],
)
def test_what_can_not_be_tagged_is_said_and_nothing_is(store: Store, args: tuple[str, ...], said: str) -> None:
    done = run("tag", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert store.tags.all() == []


def test_an_article_is_exported_with_its_tags_and_its_star(tmp_path: Path) -> None:
    run("tag", 'the "old" <town>', "1")
    run("tag", "bread", "1")
    run("mark", "starred", "1")
    tags = ["bread", 'the "old" <town>']
    exported = json.loads(run("export", "--article", "1", "--format", "json").stdout)
    assert exported["tags"] == tags
    assert exported["starred"] is True
    assert "\nstarred: true\n" in run("export", "--article", "1").stdout
    [line] = [line for line in run("export", "--article", "1").stdout.splitlines() if line.startswith("tags: ")]
    assert json.loads(line.removeprefix("tags: ")) == tags
    page = run("export", "--article", "1", "--format", "html").stdout
    assert '<meta name="keywords" content="bread, the &quot;old&quot; &lt;town&gt;">' in page
    assert "★ starred · bread · the &quot;old&quot; &lt;town&gt;" in page
    assert "tags" not in run("export", "--article", "2").stdout
