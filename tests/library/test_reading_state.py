from pathlib import Path

from library.store import Store
from models.article import Article
from models.feed import Feed


def test_articles_are_read_and_unread_again_and_what_is_gone_is_passed_over(tmp_path: Path) -> None:
    story = Article.build("Ferry", ["The ferry stops."], origin="a.txt")
    with Store.open(tmp_path / "library.db") as store:
        number = store.feeds.add(Feed(url="https://gazette.example/rss"))
        assert number is not None
        store.feeds.keep_entry(number, "1", "d", story)
        assert store.feeds.articles(number)[0][1] is False
        for read in (True, False, True):
            store.states.mark(["unknown", story.id], read=read)
            assert store.feeds.articles(number)[0][1] is read
        store.remove(story.id)
        store.feeds.keep_entry(number, "1", "d", story)
        assert store.feeds.articles(number)[0][1] is False
