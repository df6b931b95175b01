from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import search as searching
from library.search import Filters, SearchHit
from library.store import Store
from models.article import Article
from models.entity import Entity, EntityType, Mention
from models.feed import Feed
from models.listing import Mark


def article(headline: str, *texts: str, day: int = 1) -> Article:
    return Article.build(headline, list(texts), published=date(2024, 3, day), origin="a.txt")


FERRY = article("Ferry stops", "The harbour board met.", "The ferry line closes; mayor Ida Holm objected.", day=11)
BRIDGE = article("Bridge opens", "A bridge opens in June.", "The line of cars was long. The harbour sang.", day=12)
TALKS = article("Talks on the harbour", "Holm met the board in Genève.", day=13)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        for one in (FERRY, BRIDGE, TALKS):
            opened.add(one)
        yield opened


def found(store: Store, query: str, filters: Filters | None = None) -> set[str]:
    hits = store.search(query, 10) if filters is None else store.search(query, 10, filters)
    return {hit.article.headline for hit in hits}


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("harbour board", {"Ferry stops", "Talks on the harbour"}),
        ('"harbour board"', {"Ferry stops"}),
        ('"harbour board', {"Ferry stops"}),
        ("the line", {"Ferry stops", "Bridge opens"}),
        ('"ferry line" holm', {"Ferry stops"}),
        ("ferr*", {"Ferry stops"}),
        ("obje", set()),
        ("obje*", {"Ferry stops"}),
        ('"ida ho"*', {"Ferry stops"}),
        ("headline:harbour", {"Talks on the harbour"}),
        ("Headline:harb*", {"Talks on the harbour"}),
        ("text:harbour", {"Ferry stops", "Bridge opens"}),
        ('text:"harbour sang"', {"Bridge opens"}),
        ("harbour -ferry", {"Bridge opens", "Talks on the harbour"}),
        ('harbour -"harbour sang" -board', set()),
        ("-harbour", {"none"}),
        ("harbour AND NOT board", set()),
        ("GENEVE", {"Talks on the harbour"}),
        ("headline:", set()),
        ("other:harbour", set()),
        ('""', set()),
        ("* - : ( ) ^", set()),
    ],
)
def test_queries(store: Store, query: str, headlines: set[str]) -> None:
    store.add(article("none", "Nothing of it.", day=14))
    assert found(store, query) == headlines


SYNTAX = st.lists(st.sampled_from(['"', "*", "-", "headline:", "NEAR(", "a", "^", "{", " "])).map("".join)


@given(st.text(max_size=30) | SYNTAX)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_no_query_is_an_error(store: Store, query: str) -> None:
    for hit in store.search(query, 5):
        assert hit.text


def marked(hit: SearchHit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.marks]


def test_matches_are_marked(store: Store) -> None:
    [hit] = store.search('"ferry lines" HOLM', 10)
    assert marked(hit) == ["ferry line", "Holm"]
    [hit] = store.search("headline:ferry board", 10)
    assert marked(hit) == ["board"]
    [hit] = store.search("geneve", 10)
    assert marked(hit) == ["Genève"]


def test_the_better_match_comes_first(store: Store) -> None:
    assert store.search("holm", 10)[0].article.id in {FERRY.id, TALKS.id}
    store.add(article("Holm", "Holm, Holm and Holm."))
    assert [hit.article.headline for hit in store.search("holm", 1)] == ["Holm"]


def test_articles_with_many_matching_paragraphs_hide_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "CANDIDATES", 1)
    store.add(article("Holm", *["Holm."] * 50))
    assert [hit.article.headline for hit in store.search("holm", 1)] == ["Holm"]
    assert found(store, "holm") == {"Holm", "Ferry stops", "Talks on the harbour"}


# --- filters ---


def test_days(store: Store) -> None:
    assert found(store, "harbour", Filters(since=date(2024, 3, 12))) == {"Bridge opens", "Talks on the harbour"}
    assert found(store, "harbour", Filters(until=date(2024, 3, 12))) == {"Bridge opens", "Ferry stops"}
    assert found(store, "harbour", Filters(date(2024, 3, 12), date(2024, 3, 12))) == {"Bridge opens"}
    store.add(Article.build("Undated", ["The harbour."], origin="-"))
    assert "Undated" not in found(store, "harbour", Filters(since=date(1, 1, 1)))


def test_feeds(store: Store) -> None:
    number = store.feeds.add(Feed(url="https://a.example"))
    assert number is not None
    store.feeds.keep_entry(number, "1", "d", FERRY)
    assert found(store, "harbour", Filters(feeds=(number,))) == {"Ferry stops"}
    assert found(store, "harbour", Filters(feeds=(number + 1,))) == set()


def test_names_are_those_that_were_recognised_or_stand_in_the_text(store: Store) -> None:
    nations = Entity(name="United Nations", type=EntityType.ORG, aliases=("the UN", "World Body"))
    store.keep_entities(BRIDGE.id, "v1", [nations])
    assert found(store, "", Filters(names=("Ida Holm",))) == {"Ferry stops"}
    assert found(store, "", Filters(names=("holm",))) == {"Ferry stops", "Talks on the harbour"}
    assert found(store, "", Filters(names=("world  body",))) == {"Bridge opens"}
    assert found(store, "", Filters(names=("Nations",))) == {"Bridge opens"}
    assert found(store, "", Filters(names=("nation", "Holm"))) == set()
    assert found(store, "objected", Filters(names=("Holm", "harbour"))) == {"Ferry stops"}
    assert found(store, "", Filters(names=("atio",))) == set()
    assert found(store, "", Filters(names=("%",))) == set()
    assert found(store, "", Filters(names=("Holm\udcff", "\0Nowak"))) == set()


def test_without_words_all_that_pass_the_filters_are_listed_newest_first(store: Store) -> None:
    hits = store.search("", 10, Filters(until=date(2024, 3, 12)))
    assert [hit.article.headline for hit in hits] == ["Bridge opens", "Ferry stops"]
    assert (hits[0].paragraph, hits[0].text, hits[0].marks) == (1, BRIDGE.text(1), ())


def test_older_versions_are_not_found(store: Store) -> None:
    number = store.feeds.add(Feed(url="https://a.example"))
    assert number is not None
    before = found(store, "harbour board"), found(store, "", Filters(since=date(2024, 1, 1)))
    store.feeds.keep_entry(number, "1", "a", article("Ferry waits", "The harbour board is to meet.", day=11))
    store.feeds.keep_entry(number, "1", "b", article("Ferry sails", "The harbour board met again.", day=11))
    assert found(store, "harbour board") == before[0] | {"Ferry sails"}
    assert found(store, "", Filters(since=date(2024, 1, 1))) == before[1] | {"Ferry sails"}


# --- numbers ---


def test_articles_are_found_by_number_or_by_the_beginning_of_their_id(store: Store) -> None:
    store.numbering.keep([BRIDGE.id, FERRY.id])
    assert store.numbering.find("2") == [FERRY.id]
    assert store.numbering.find("\udcffabcdef") == []
    assert store.numbering.find("3") == store.numbering.find("0") == store.numbering.find("") == []
    assert store.numbering.find(TALKS.id[:8].upper()) == [TALKS.id]
    assert store.numbering.find(TALKS.id[:3]) == []
    store.numbering.keep([TALKS.id])
    assert (store.numbering.find("1"), store.numbering.find("2")) == ([TALKS.id], [])
    store.remove(TALKS.id)
    assert store.numbering.find("1") == []


def test_a_number_goes_on_to_the_newest_version(store: Store) -> None:
    number = store.feeds.add(Feed(url="https://a.example"))
    assert number is not None
    older = article("Ferry waits", "It does.")
    store.feeds.keep_entry(number, "1", "a", older)
    store.numbering.keep([older.id])
    newer = article("Ferry sails", "It does.")
    store.feeds.keep_entry(number, "1", "b", newer)
    assert store.numbering.find("1") == [newer.id]


def test_what_too_many_paragraphs_hold_comes_newest_first_and_filters_still_hold(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "TOO_MANY", 1)
    monkeypatch.setattr(searching, "CANDIDATES", 1)
    hits = store.search("harbour", 10)
    assert [hit.article.headline for hit in hits] == ["Talks on the harbour", "Bridge opens", "Ferry stops"]
    assert ["harbour" in hit.text or hit.marks == () for hit in hits] == [True, True, True]
    assert [hit.article.headline for hit in store.search("harbour", 2)] == ["Talks on the harbour", "Bridge opens"]
    assert found(store, "harbour", Filters(until=date(2024, 3, 11))) == {"Ferry stops"}
    assert found(store, "harbour -sang", Filters(since=date(2024, 3, 12))) == {"Talks on the harbour"}


def test_days_hold_whatever_the_order_in_which_articles_came(store: Store) -> None:
    store.add(article("Old news of the harbour", "It was small.", "It grew.", day=1))
    assert found(store, "harbour", Filters(until=date(2024, 3, 11))) == {"Ferry stops", "Old news of the harbour"}
    assert found(store, "grew", Filters(until=date(2024, 3, 2))) == {"Old news of the harbour"}
    assert found(store, "harbour", Filters(since=date(2024, 4, 1))) == set()


def test_the_articles_that_pass_filters_are_listed_newest_first(store: Store) -> None:
    assert store.passing(Filters()) == [TALKS.id, BRIDGE.id, FERRY.id]
    assert store.passing(Filters(since=date(2024, 3, 12))) == [TALKS.id, BRIDGE.id]
    assert store.passing(Filters(names=("Holm",))) == [TALKS.id, FERRY.id]
    assert store.passing(Filters(until=date(2024, 3, 12), names=("Holm",))) == [FERRY.id]
    assert store.passing(Filters(names=("Nobody",))) == store.passing(Filters(names=("%",))) == []


def test_what_is_found_is_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.states.mark([FERRY.id], Mark.READ)
    unread = Filters(unread=True)
    assert (store.count("harbour"), store.count("harbour", unread), store.count("", unread)) == (3, 2, 2)
    assert store.count("harbour -board") == 1
    assert store.count("") == 0
    monkeypatch.setattr(searching, "TOO_MANY", 1)
    assert store.count("harbour") is None, "it would take long"


def test_a_name_is_shown_where_it_stands(store: Store) -> None:
    def shown(query: str, *names: str) -> dict[str, tuple[int, list[str]]]:
        hits = store.search(query, 10, Filters(names=names))
        return {hit.article.headline: (hit.paragraph, [hit.text[a:b] for a, b in hit.marks]) for hit in hits}

    assert shown("", "holm") == {"Ferry stops": (2, ["Holm"]), "Talks on the harbour": (1, ["Holm"])}
    assert shown("", "Ida Holm") == {"Ferry stops": (2, ["Ida Holm"])}
    assert shown("board", "Holm")["Ferry stops"] == (1, ["board"]), "no paragraph has both"
    assert shown("line", "Holm") == {"Ferry stops": (2, ["line", "Holm"])}
    assert shown("", "holm", "Genève") == {"Talks on the harbour": (1, ["Holm", "Genève"])}
    store.keep_entities(
        BRIDGE.id,
        "v1",
        (
            Entity(
                name="Harbour Board of Hollin",
                type=EntityType.ORG,
                mentions=(Mention(paragraph=2, start=31, end=38, text="harbour"),),
            ),
        ),
    )
    assert shown("", "Board of Hollin") == {"Bridge opens": (2, ["harbour"])}, "known by another name there"
