"""Highlights in the app: a paragraph chosen and marked by keys, walked, taken back, kept and listed."""

import pytest

from library.store import Store
from models.article import Article
from models.settings import Settings
from tests.tui.conftest import OpenApp, make_article, ready, seen, wait_until
from tests.tui.library_samples import BREAD, FERRY, fill
from tests.tui.test_library_pane import in_tree, listed, opened
from tests.tui.test_marking import said

SIZES = [(80, 24), (120, 40), (200, 60)]


def highlighted(settings: Settings, article: Article) -> list[int]:
    with Store.open(settings.library_file) as store:
        return [paragraph.number for paragraph in store.highlights.of([article.id]).get(article.id, ())]


@pytest.mark.parametrize("size", SIZES)
async def test_a_paragraph_is_chosen_and_highlighted_with_a_sign(
    open_app: OpenApp, article: Article, settings: Settings, size: tuple[int, int]
) -> None:
    async with open_app(article, script={}).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press("H")
        await said(pilot, "} and { lead to a paragraph")
        await pilot.press("}", "}", "H")
        await wait_until(pilot, lambda: " 2  ▐ Mayor Irena Nowak" in seen(pilot), "the sign")
        assert highlighted(settings, article) == [2]
        await pilot.press("}", "{", "{", "H")
        await wait_until(pilot, lambda: screen.article.highlighted == {1, 2}, "the other")
        await pilot.press("H")
        await wait_until(pilot, lambda: screen.article.highlighted == {2}, "its end")
    assert highlighted(settings, article) == [2]


async def test_they_are_there_again_and_the_sign_stands_beside_a_citation(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    with Store.open(settings.library_file) as store:
        store.add(article)
        store.highlights.put_on(article.id, [2])
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await wait_until(pilot, lambda: " 2  ▐ Mayor Irena Nowak" in seen(pilot), "the sign")
        screen.article.mark_evidence(frozenset({2}))
        await wait_until(pilot, lambda: " 2 ▎▐ Mayor Irena Nowak" in seen(pilot), "both signs")
        other = make_article("Bakers strike", ["No bread."])
        screen.article.show(other)
        assert screen.article.highlighted == frozenset()


async def test_they_are_walked_and_the_reader_stays_where_one_is_taken_off(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    with Store.open(settings.library_file) as store:
        store.add(article)
        store.highlights.put_on(article.id, [2, 30, 40])
    async with open_app(article, script={}).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await wait_until(pilot, lambda: screen.article.highlighted, "the highlights")
        await pilot.press("J")
        assert "highlights  1 of 3" in seen(pilot)
        assert screen.article.current_paragraph == 2
        await pilot.press("J")
        assert screen.article.current_paragraph == 30
        await pilot.press("n")
        assert screen.article.current_paragraph == 40
        await pilot.press("N")
        assert screen.article.current_paragraph == 30
        assert "▐ Sailing 30" in seen(pilot)
        await pilot.press("H")
        await wait_until(pilot, lambda: "highlights  2 of 2" in seen(pilot), "one less")
        assert screen.article.current_paragraph == 30
        await pilot.press("escape")
        assert not screen.article.trail.places
        assert screen.article.highlighted == {2, 40}


async def test_without_any_it_is_said_how_one_highlights(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, script={}).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("J")
        await said(pilot, "H highlights a paragraph")


async def test_undo_takes_them_back_in_their_turn(open_app: OpenApp, settings: Settings) -> None:
    fill(settings)
    async with open_app(script={}).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await ready(pilot)
        await pilot.press("}", "H")
        await wait_until(pilot, lambda: screen.article.highlighted == {1}, "the highlight")
        await pilot.press("U")
        await said(pilot, "Marked as unread.")
        await pilot.press("z")
        await said(pilot, "Taken back: 1 article read again.")
        assert screen.article.highlighted == {1}
        await pilot.press("z")
        await said(pilot, "Taken back: paragraph 1 not highlighted again.")
        assert screen.article.highlighted == frozenset()
    assert highlighted(settings, BREAD) == []


@pytest.mark.parametrize("size", SIZES)
async def test_they_have_a_folder_that_shows_them_and_opens_at_them(
    open_app: OpenApp, settings: Settings, size: tuple[int, int]
) -> None:
    fill(settings)
    with Store.open(settings.library_file) as store:
        store.highlights.put_on(FERRY.id, [2])
    async with open_app(script={}).run_test(size=size) as pilot:
        screen = await in_tree(pilot, "Highlighted")
        assert listed(screen) == [FERRY.id]
        await pilot.press("right")
        await wait_until(pilot, lambda: "More will be known" in seen(pilot), "the paragraph")
        await pilot.press("enter")
        await ready(pilot)
        assert screen.open_article == FERRY
        assert screen.article.current_paragraph == 2
        await wait_until(pilot, lambda: "▐ More will be known" in seen(pilot), "the sign")
