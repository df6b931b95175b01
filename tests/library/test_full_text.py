from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import bm25
from library.query import MAX_TERMS
from library.store import Store
from models.article import Article

BRIDGE = Article.build(
    "Galway closes harbour bridge",
    [
        "The harbour bridge was closed on Monday after inspectors found cracks.",
        "“We did not take this step lightly,” said Aoife Brannigan, the chief engineer.",
        "A ferry will cross the harbour mouth every 20 minutes.",
        "The bridge was opened in 1987; the bridge was overhauled in 2009.",
    ],
    origin="bridge.txt",
)
TALKS = Article.build(
    "Mackerel talks collapse in Tromsø",
    ["Delegates from Norway and Iceland left the city.", "Prices have moved; a ferry was late.", "No café was open."],
    origin="talks.txt",
)

ODD_TERMS = st.lists(
    st.text(max_size=12) | st.sampled_from(['"', "*", "NEAR(", "a AND", "headline:x", "-", "\0", "\udc80"])
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        opened.add(BRIDGE)
        opened.add(TALKS)
        yield opened


def found(store: Store, *terms: str, within: list[str] | None = None) -> list[tuple[str, int]]:
    names = {BRIDGE.id: "bridge", TALKS.id: "talks"}
    return [(names[match.article_id], match.paragraph) for match in store.match_paragraphs(terms, within, 10)]


def test_paragraphs_are_found_by_any_of_the_words(store: Store) -> None:
    assert found(store, "ferry", "minutes") == [("bridge", 3), ("talks", 2)]
    assert found(store, "ferry", within=[TALKS.id]) == [("talks", 2)]
    assert found(store, "zebra") == found(store) == found(store, "ferry", within=[]) == []


def test_words_match_by_stem_without_accents_or_case(store: Store) -> None:
    assert found(store, "INSPECTOR", within=[BRIDGE.id])[0] == ("bridge", 1)
    assert found(store, "cafe") == [("talks", 3)]
    assert found(store, "Tromsø")[0][0] == "talks"


def test_a_headline_counts_less_than_the_paragraph_itself(store: Store) -> None:
    assert found(store, "harbour")[0][1] in (1, 3)
    assert {number for _, number in found(store, "galway")} == {1, 2, 3, 4}


def test_a_word_is_weighed_within_the_articles_asked_about(store: Store) -> None:
    for number in range(40):
        store.add(Article.build(f"Other {number}", ["Here an engineer, there an engineer, says so."] * 3, origin="-"))

    in_article = store.match_paragraphs(["engineer"], [BRIDGE.id], 1)[0]
    in_library = next(m for m in store.match_paragraphs(["engineer"], None, 999) if m.article_id == BRIDGE.id)

    assert in_article.paragraph == in_library.paragraph == 2
    assert in_article.bm25 > 1 > in_library.bm25 * 10


def test_a_better_match_comes_first_and_the_limit_is_kept(store: Store) -> None:
    matches = store.match_paragraphs(["bridge", "closed", "cracks"], None, 2)

    assert [match.paragraph for match in matches] == [1, 4]
    assert matches[0].bm25 > matches[1].bm25 > 0


@given(ODD_TERMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_term_is_syntax(store: Store, terms: list[str]) -> None:
    assert all(match.bm25 > 0 for match in store.match_paragraphs(terms, None, 5))
    assert {match.article_id for match in store.match_paragraphs(terms, [BRIDGE.id], 5)} <= {BRIDGE.id}
    assert len(store.search(" ".join(terms), 1)) <= 1


def test_a_very_long_query_is_cut(store: Store) -> None:
    words = [f"word{number}" for number in range(100_000)]

    assert found(store, "ferry", *words)
    assert found(store, *words[:MAX_TERMS], "ferry") == []
    assert store.search(" ".join(words), 5) == []


def test_a_search_finds_articles_with_all_the_words(store: Store) -> None:
    (hit,) = store.search("harbour ferry", 10)

    assert (hit.article.headline, hit.article.paragraphs) == (BRIDGE.headline, 4)
    assert (hit.paragraph, hit.text) == (3, BRIDGE.text(3))
    assert {hit.article.id for hit in store.search("ferry", 10)} == {BRIDGE.id, TALKS.id}
    assert len(store.search("ferry", 1)) == 1
    assert store.search("ferry zebra", 10) == store.search("  ", 10) == store.search("!!!", 10) == []


@given(st.lists(st.sampled_from("bridge harbour ferry closed galway cracks late café".split()), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_reading_paragraphs_ranks_them_as_the_index_does(store: Store, terms: list[str]) -> None:
    scores = {}
    for few, most in ((20, bm25.MOST_PLACES), (0, bm25.MOST_PLACES), (20, 0)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bm25, "FEW_ARTICLES", few)
            patch.setattr(bm25, "MOST_PLACES", most)
            for scope in (None, [BRIDGE.id], [BRIDGE.id, TALKS.id]):
                matches = store.match_paragraphs(terms, scope, 10)
                scores[few, most, str(scope)] = {match[:2]: pytest.approx(match.bm25, rel=0.05) for match in matches}
    for scope in (None, [BRIDGE.id], [BRIDGE.id, TALKS.id]):
        ways = [found for (_, _, asked), found in scores.items() if asked == str(scope)]
        assert {key: value.expected for key, value in ways[0].items()} == ways[1] == ways[2]


def test_the_rarest_words_choose_where_there_are_too_many_places(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bm25, "MOST_PLACES", 3)
    assert found(store, "the", "ferry", "minutes")[0] == ("bridge", 3)
    assert ("bridge", 1) not in found(store, "the", "minutes")
