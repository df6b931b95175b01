"""Which articles a brief is about, and what is kept of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from library.briefs import KEPT
from library.store import Store
from models.answer import Answer, Timings
from models.article import Article
from models.brief import Brief, Story
from models.feed import Feed

ANSWER = Answer(text="Yes.", sentences=(), citations=(), abstained=False, model="m", timings=Timings(total_s=0.1))


def article(headline: str, day: date | None) -> Article:
    return Article.build(headline, ["It rusted."], published=day, origin="a.txt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


def brief(made_at: datetime, *ids: str) -> Brief:
    stories = tuple(Story(headline=one, article_ids=(one,), new=1, answer=ANSWER) for one in ids)
    return Brief(since=date(2024, 3, 1), until=date(2024, 3, 2), made_at=made_at, stories=stories)


def test_it_is_about_the_newest_day_and_the_one_before_or_what_is_asked_for(store: Store) -> None:
    articles = [article(str(day), date(2024, 3, day)) for day in (1, 3, 4, 5)]
    for one in articles:
        store.add(one)
    news = store.briefs.news(None)
    assert news == (date(2024, 3, 4), date(2024, 3, 5), (articles[3].id, articles[2].id))
    since = store.briefs.news(date(2024, 3, 2))
    assert since is not None
    assert [*since.article_ids] == [one.id for one in reversed(articles[1:])]
    assert store.briefs.news(date(2024, 3, 6)) is None


def test_what_is_the_same_on_three_days_is_none_of_the_news(store: Store) -> None:
    def one(headline: str, day: int, *texts: str) -> Article:
        return Article.build(headline, list(texts), published=date(2024, 3, day), origin="-")

    notice, agency = "We use your details.", "The bridge is closed, the agency reports."
    articles = [one(f"{day}", day, f"News of day {day}.", notice) for day in (1, 2)]
    reports = [one(f"Bridge {n}", 3, agency, f"Report {n}.") for n in range(4)]
    last = one("last", 3, "News.", notice)
    for article in (*articles, *reports, last):
        store.add(article)
    assert store.briefs.furniture([article.id for article in (*reports, last)]) == {notice}
    assert store.briefs.furniture([reports[0].id]) == frozenset()
    store.remove(articles[0].id)
    assert store.briefs.furniture([last.id]) == frozenset()


def test_a_report_that_several_sites_date_otherwise_is_news(store: Store) -> None:
    def printed(site: str, day: int, *texts: str) -> Article:
        url = f"https://{site}/bridge/{day}"
        return Article.build("Bridge closed", list(texts), published=date(2024, 3, day), url=url, origin="-")

    report, notice = "The bridge is closed, the agency reports.", "We use your details."
    printings = [
        printed(f"{name}.example", day, report) for day, name in enumerate(("gazette", "post", "www.herald"), 1)
    ]
    notices = [printed(site, day, notice) for day, site in enumerate(("www.post.example", "post.example") * 2, 4)]
    for article in (*printings, *notices):
        store.add(article)
    assert store.briefs.furniture([article.id for article in (*printings, *notices)]) == {notice}


def test_what_is_the_same_in_articles_without_a_date_counts_by_the_days_on_which_they_came(
    store: Store, tmp_path: Path
) -> None:
    notices = [Article.build(f"{n}", ["We use your details."], origin="-") for n in range(3)]
    for notice in notices:
        store.add(notice)
    ids = [notice.id for notice in notices]
    assert store.briefs.furniture(ids) == frozenset()
    connection = apsw.Connection(str(tmp_path / "library.db"))
    for day, article_id in enumerate(ids, start=1):
        connection.execute("UPDATE articles SET added_at = ? WHERE id = ?", (f"2024-03-0{day} 08:00:00", article_id))
    connection.close()
    assert store.briefs.furniture(ids) == {"We use your details."}


def test_older_versions_of_a_story_do_not_make_it_furniture(store: Store) -> None:
    store.feeds.add(Feed(url="https://gazette.example/feed"))
    for day in (1, 2, 3, 4):
        version = Article.build("Bridge", ["It is closed.", f"Day {day}."], published=date(2024, 3, day), origin="-")
        store.feeds.keep_entry(1, "key", str(day), version)
    assert store.briefs.furniture([version.id]) == frozenset()


def test_an_article_without_a_date_counts_as_of_the_day_on_which_it_came(store: Store) -> None:
    undated = article("undated", None)
    store.add(article("old", date(2024, 3, 1)))
    store.add(undated)
    news = store.briefs.news(None)
    assert news is not None
    assert news.article_ids == (undated.id,)
    assert abs((news.until - datetime.now(UTC).date()).days) <= 1


def test_an_article_that_is_dated_in_the_future_is_not_all_the_news(store: Store) -> None:
    today = datetime.now(UTC).date()
    ours, misdated = article("ours", today), article("misdated", date(2999, 1, 1))
    ahead = article("ahead", today + timedelta(days=1))
    store.add(ours)
    store.add(misdated)
    news = store.briefs.news(None)
    assert news is not None
    assert {*news.article_ids} == {ours.id, misdated.id}
    store.add(ahead)
    later = store.briefs.news(None)
    assert later is not None
    assert later.until == today + timedelta(days=1), "it may be tomorrow already where it was written"
    assert later.article_ids[0] == ahead.id


def test_there_is_no_news_in_an_empty_library(store: Store) -> None:
    assert store.briefs.news(None) is None
    assert store.briefs.news(date(2024, 3, 1)) is None


def test_what_is_kept_is_given_back_the_last_first_and_old_ones_go(store: Store) -> None:
    begin = datetime(2024, 3, 1, tzinfo=UTC)
    for hour in range(KEPT + 2):
        store.briefs.keep(brief(begin + timedelta(hours=hour), str(hour)))
    last = brief(begin + timedelta(hours=KEPT + 1), "changed", "more")
    store.briefs.keep(last)
    kept = store.briefs.all()
    assert len(kept) == KEPT
    assert kept[0] == last
    assert kept[-1].made_at == begin + timedelta(hours=2)


def test_a_brief_of_another_version_is_passed_over(store: Store, tmp_path: Path) -> None:
    mine = brief(datetime(2024, 3, 1, tzinfo=UTC), "mine")
    store.briefs.keep(mine)
    connection = apsw.Connection(str(tmp_path / "library.db"))
    connection.execute("INSERT INTO briefs (made_at, brief) VALUES ('2030', '{\"stories\": 3}')")
    connection.close()
    assert store.briefs.all() == [mine]
