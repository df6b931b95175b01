"""Two feeds, a story of the first, and what tells whether the library is as it should be."""

from datetime import date

import apsw

from library.store import Store
from models.article import Article
from models.feed import Feed

GAZETTE = Feed(url="https://gazette.example/rss", title="Gazette", folder=("News", "Harbour"), categories=("local",))

POST = Feed(url="https://post.example/rss")

FERRY = "https://gazette.example/ferry"


def subscribe(store: Store, feed: Feed = GAZETTE) -> int:
    number = store.feeds.add(feed)
    assert number is not None
    return number


def story(text: str = "The ferry stops.", url: str | None = FERRY, headline: str = "Ferry") -> Article:
    return Article.build(headline, [text], published=date(2024, 3, 11), url=url, origin="rss")


def found(store: Store, *words: str) -> set[str]:
    return {match.article_id for match in store.match_paragraphs(words, None, 10)}


def read_ones(store: Store) -> set[str]:
    return {one.id for feed in store.feeds.feeds() for one, read in store.feeds.articles(feed.number) if read}


def sound(store: Store) -> bool:
    """Tell whether the index is that of the newest versions."""
    with store._database.writing() as connection:
        try:
            connection.execute("INSERT INTO full_text (full_text, rank) VALUES ('integrity-check', 1)")
        except apsw.CorruptError:
            return False
    return True
