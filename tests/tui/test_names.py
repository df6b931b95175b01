"""The sidebar: sections, mentions to walk, the card with statements, what is said until there are names."""

import pytest

from library.store import Store
from models.article import Article
from models.entity import UNCLEAR, Entity, EntityType
from models.settings import Settings
from tests.tui.conftest import OpenApp, make_article, ready, seen, span, the_script, wait_until
from tui.widgets.marks import Place
from tui.widgets.names import LISTED


async def test_names_stand_in_sections_with_counts(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        sidebar = [line[87:].strip(" ▏").split() for line in seen(pilot).splitlines()]
    assert ["People", "1"] in sidebar
    assert ["Irena", "Nowak", "2"] in sidebar
    assert ["Places", "1"] in sidebar
    assert ["Hollin", "Island", "1"] in sidebar


async def test_enter_lights_up_the_mentions_and_n_walks_them(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "enter")
        assert screen.article.trail.places == (Place(2, 6, 17), Place(4, 0, 5))
        assert "Irena Nowak  1 of 2" in seen(pilot)
        await pilot.press("n")
        assert screen.article.trail.current == Place(4, 0, 5)
        await pilot.press("n")
        assert screen.article.trail.current == Place(2, 6, 17)


async def test_the_card_leads_to_the_statement(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "enter")
        text = seen(pilot)
        assert "mayor" in text
        assert "2 mentions, 1 statement" in text
        assert "2 called: a blow to everybody" in text
        await pilot.press("tab", "enter")
        (cited,) = screen.article.cited
        assert article.text(2)[cited.start : cited.end] == "a blow to everybody who lives out there"


async def test_a_click_chooses_a_name(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        lines = seen(pilot).splitlines()
        y = next(n for n, line in enumerate(lines) if "Hollin Island" in line[87:])
        await pilot.click(offset=(95, y))
        assert screen.article.trail.label == "Hollin Island"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_statement_on_the_card_can_be_reached(
    open_app: OpenApp, article: Article, size: tuple[int, int]
) -> None:
    script = the_script(article)
    nowak = script["entities"][0]
    nowak["statements"] = [{**span(article, n, f"Sailing {n}"), "cue": "announced"} for n in range(5, 41)]
    async with open_app(article, script=script).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "enter", "tab", *["j"] * 35)
        await wait_until(pilot, lambda: "40 announced: Sailing 40" in seen(pilot), "the last statement")
        await pilot.press("enter")
        assert [place.paragraph for place in screen.article.cited] == [40]


@pytest.mark.parametrize("keys", [["e", "A"], ["e", "enter", "A"], ["e", "enter", "tab", "k", "enter"]])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_question_about_a_name_is_begun(
    open_app: OpenApp, article: Article, size: tuple[int, int], keys: list[str]
) -> None:
    async with open_app(article).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press(*keys)
        await wait_until(pilot, lambda: screen.panel.question.has_focus, "the question line")
        await pilot.press("backspace", *" in May?")
        assert screen.panel.question.value == "What did Irena Nowak say in May?"
        assert not screen.panel.asking


async def test_a_place_is_asked_about_in_other_words(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "j", "A")
        assert screen.panel.question.value == "What does the article say about Hollin Island?"


async def test_there_is_nothing_to_ask_about_before_a_name_is_chosen(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("A")
        assert screen.panel.question.value == ""
        assert screen.article.has_focus


async def test_what_nobody_is_named_for_stands_under_no_name(open_app: OpenApp, article: Article) -> None:
    said = {**span(article, 3, "hull is too thin"), "cue": "says"}
    unclear = {"name": UNCLEAR, "type": "SPEAKER", "aliases": ["it"], "statements": [said]}
    script = the_script(article)
    script["entities"] = [*script["entities"], unclear]
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        sidebar = "\n".join(line[87:] for line in seen(pilot).splitlines())
    assert "Irena Nowak" in sidebar
    assert "Others" not in sidebar
    assert UNCLEAR not in sidebar


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_names_are_narrowed_by_any_alias(open_app: OpenApp, article: Article, size: tuple[int, int]) -> None:
    script = the_script(article)
    script["entities"][1]["aliases"] = ["the Îsle"]
    async with open_app(article, script=script).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press("f", *"ISLE")
        assert screen.names.names.at_cursor is not None
        assert screen.names.names.at_cursor.name == "Hollin Island"
        assert "People" not in seen(pilot)
        await pilot.press(*"xy")
        await wait_until(pilot, lambda: "No such name here" in seen(pilot), "the empty list")
        await pilot.press("escape")
        await wait_until(pilot, lambda: "People" in seen(pilot), "all names")
        assert screen.names.names.has_focus


async def test_an_article_that_one_returns_to_keeps_its_card_open(open_app: OpenApp, article: Article) -> None:
    other = make_article("Bakers strike", ["No bread on Sunday."])
    async with open_app(article, other).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("right_square_bracket")
        await ready(pilot)
        await pilot.press("left_square_bracket", "e", "enter")
        await ready(pilot)
        assert screen.names.card.display
        assert screen.names.card.entity is not None


async def test_from_the_filter_to_the_names_and_back(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("f", *"holl", "enter", "enter")
        assert screen.article.trail.label == "Hollin Island"
        await pilot.press("escape")
        assert screen.names.filter.value == ""
        await pilot.press("f", "down")
        assert screen.names.names.has_focus
        await pilot.click(screen.names.filter)
        assert screen.names.filter.has_focus
        await pilot.press("escape")
        assert screen.article.has_focus


async def test_narrow_names_lie_over_the_article_and_go_away(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert not screen.names.display
        await pilot.press("e")
        assert screen.names.display
        assert "People" in seen(pilot)
        await pilot.press("enter", "n")
        assert not screen.names.display
        await pilot.press("e", "escape")
        assert not screen.names.display
        assert screen.article.has_focus


async def test_what_was_open_when_narrow_is_not_hidden_when_wide(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e")
        await pilot.resize_terminal(140, 40)
        await wait_until(pilot, lambda: screen.has_class("-medium"))
        assert screen.names.display


async def test_j_and_k_move_in_the_list(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "j", "enter")
        assert screen.article.trail.label == "Hollin Island"
        await pilot.press("k", "enter")
        assert screen.article.trail.label == "Irena Nowak"


async def test_wide_names_can_be_hidden(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e")
        assert screen.names.names.has_focus
        await pilot.press("e")
        assert not screen.names.display
        await pilot.press("e")
        assert screen.names.display


async def test_the_sidebar_says_why_it_is_empty(open_app: OpenApp, article: Article) -> None:
    failure = {"reason": "internal", "message": "Names can't be found: [see] the log."}
    async with open_app(article, script={"prepare_failure": failure}).run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "Names can't be found: [see]" in seen(pilot), "the reason")


async def test_an_article_without_names(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, script={}).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        assert "No names were found" in seen(pilot)


async def test_very_many_names_are_cut_with_a_word_about_it(open_app: OpenApp, article: Article) -> None:
    mention = span(article, 1, "ferry")
    people = [{"name": f"Person {n}", "type": "PERSON", "mentions": [mention]} for n in range(LISTED + 25)]
    script = the_script(article) | {"entities": people}
    async with open_app(article, script=script).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "end", "enter")
        assert screen.article.trail.label == f"Person {LISTED - 1}"
        screen.names.names.scroll_end(animate=False)
        await wait_until(pilot, lambda: "and 25 more" in seen(pilot), "the last line")


def keep_with_nowak(settings: Settings, *articles: Article) -> None:
    """Put articles into the library as the worker does when it has found the names in them."""
    with Store.open(settings.library_file) as store:
        for article in articles:
            store.add(article)
            store.keep_entities(article.id, "v1", [Entity(name="Irena Nowak", type=EntityType.PERSON)])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_card_leads_to_other_articles(
    open_app: OpenApp, article: Article, settings: Settings, size: tuple[int, int]
) -> None:
    other = make_article("Bakers strike", ["Irena Nowak has no bread."])
    keep_with_nowak(settings, article, other)
    async with open_app(article).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "enter", "tab")
        await wait_until(pilot, lambda: screen.names.card.option_count == 5, "the other articles")
        await pilot.press("end")
        await wait_until(pilot, lambda: "7 Mar 2024 Bakers strike" in seen(pilot), "the last row")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Irena Nowak has no bread." in seen(pilot), "the other article")
        assert "2 of 2" in seen(pilot)
        assert screen.article.has_focus
        await pilot.press("l")
        assert screen.library.display
        await pilot.press("home", "enter")
        await wait_until(pilot, lambda: "1 of 2" in seen(pilot), "the first article")


async def test_an_article_that_is_open_already_is_not_listed_twice(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    other = make_article("Bakers strike", ["Irena Nowak has no bread."])
    keep_with_nowak(settings, article, other)
    async with open_app(article, other).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("e", "enter")
        await wait_until(pilot, lambda: "Also in" in seen(pilot), "the other articles")
        lines = seen(pilot).splitlines()
        y = next(n for n, line in enumerate(lines) if "Bakers strike" in line[87:])
        await pilot.click(offset=(95, y))
        await wait_until(pilot, lambda: "Irena Nowak has no bread." in seen(pilot), "the other article")
        assert screen.library.headlines.count == 2


async def test_an_article_that_is_gone_is_said_to_be(open_app: OpenApp, article: Article, settings: Settings) -> None:
    other = make_article("Bakers strike", ["Irena Nowak has no bread."])
    keep_with_nowak(settings, article, other)
    async with open_app(article).run_test(size=(120, 40), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("e", "enter")
        await wait_until(pilot, lambda: "Also in" in seen(pilot), "the other articles")
        with Store.open(settings.library_file) as store:
            store.remove(other.id)
        await pilot.press("tab", "end", "enter")
        await wait_until(pilot, lambda: "not in the library any more" in " ".join(seen(pilot).split()), "the notice")
