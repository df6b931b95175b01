"""A small library: two feeds in folders, one that fails, and a file."""

from datetime import date

from library.store import Store
from models.article import Article
from models.feed import Feed
from models.listing import Mark
from models.settings import Settings

FEEDS = (
    Feed(url="https://gazette.example/feed", title="Harbour Gazette", folder=("News", "Local")),
    Feed(url="https://bulletin.example/feed", title="[b]Island Bulletin[/]", folder=("News",)),
    Feed(url="https://ferries.example/feed", title="Ferry Times"),
)


def news(headline: str, day: int, feed: Feed = FEEDS[0]) -> Article:
    url = f"{feed.url}/{headline.replace(' ', '-')}"
    texts = [f"{headline}, said Mayor Irena Nowak.", "More will be known on Monday."]
    return Article.build(headline, texts, published=date(2024, 3, day), url=url, origin=feed.url)


FERRY = news("Ferry to Hollin Island stops", 7)
BRIDGE = news("Bridge closes for the winter", 8)
BREAD = news("[i]Bakers[/] strike", 9, FEEDS[1])
NOTES = Article.build("Notes on the harbour", ["The harbour is deep."], origin="notes.txt")


def fill(settings: Settings) -> None:
    """Put it where the app finds it. The bridge has been read; the third feed could not be fetched."""
    with Store.open(settings.library_file) as store:
        for number, feed in enumerate(FEEDS, start=1):
            assert store.feeds.add(feed) == number
        for number, article in ((1, FERRY), (1, BRIDGE), (2, BREAD)):
            store.feeds.keep_entry(number, article.headline, "digest", article)
        store.feeds.failed(3, "the server [404] does not know it")
        store.add(NOTES, by_hand=True)
        store.states.mark([BRIDGE.id], Mark.READ)
