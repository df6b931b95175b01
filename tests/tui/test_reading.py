"""Reading: the text as it stands, scrolling, finding, copying, several articles, any width."""

from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot

from models.article import Article, Heading
from models.settings import Settings
from tests.tui.conftest import OpenApp, ask, make_article, reading, ready, seen, wait_until
from tui.screens.opening import OpeningScreen
from tui.widgets.marks import Place


async def test_the_article_is_shown_as_it_stands(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 50)) as pilot:
        await ready(pilot)
        screen = seen(pilot)
    assert "Ferry to Hollin Island stops on Friday" in screen
    assert "7 March 2024 · https://harbour-gazette.example/news/ferry-stops" in screen
    assert "Note: 3 bytes could not be decoded." in screen
    assert "The board [bold]denied[/bold] that money was the reason [1]; the [/foo]" in screen


async def test_it_reads_before_the_worker_is_there(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, script={"silent": True}).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "The ferry to Hollin Island will stop" in seen(pilot)


async def test_control_characters_never_reach_the_terminal(open_app: OpenApp) -> None:
    hostile = make_article("Head\x1b[2Jline", ["one\x1b]52;c;aGk=\x07two\u202ethree", "four\rfive"])
    async with open_app(hostile, script={}).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = seen(pilot)
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(screen)
    assert "one�]52;c;aGk=�two�three" in screen


@pytest.mark.parametrize(("keys", "down"), [(["j"], 1), (["j", "j", "k"], 1), (["down"], 1), (["G", "g"], 0)])
async def test_lines_scroll(open_app: OpenApp, article: Article, keys: list[str], down: int) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press(*keys)
        assert screen.article.scroll_offset.y == down


async def test_pages_scroll_with_something_to_hold_on_to(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("space")
        assert screen.article.scroll_offset.y == screen.article.size.height - 2
        await pilot.press("b", "G")
        assert screen.article.scroll_offset.y == screen.article.max_scroll_y > 0


async def test_find_lights_up_walks_and_goes_out(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("slash", *"board")
        assert [place.paragraph for place in screen.article.trail.places] == [1, 3, 4]
        assert "1 of 3" in seen(pilot)
        await pilot.press("enter", "n", "n")
        assert screen.article.has_focus
        assert screen.article.trail.current == Place(4, 14, 19)
        await pilot.press("N", "escape")
        assert not screen.article.trail.places
        assert not screen.finder.display


async def test_find_lights_up_headings_too(open_app: OpenApp) -> None:
    heads = (Heading(before=2, text="Bread at risk"), Heading(before=3, text="Notes on bread"))
    article = make_article(texts=["The ferry stops.", "It brings bread."]).model_copy(update={"headings": heads})
    async with open_app(article, script={}).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("slash", *"bread")
        assert "1 of 3" in seen(pilot)
        styles = {
            segment.text: segment.style and segment.style.bgcolor
            for y in range(screen.article.size.height)
            for segment in screen.article.render_line(y)
        }
        assert styles["Bread"] != styles[" at risk"]
        assert styles["bread"] != styles["Notes on "]
        await pilot.press("enter", "n", "n")
        assert "3 of 3" in seen(pilot)


async def test_find_says_when_there_is_nothing(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"zeppelin")
        assert "not found" in seen(pilot)


async def test_a_place_far_down_is_brought_into_sight(open_app: OpenApp) -> None:
    long = make_article(texts=[*(f"Paragraph {n} of many." for n in range(1, 5000)), "The needle."])
    async with open_app(long, script={}).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("slash", *"needle", "enter")
        assert "5000    The needle." in seen(pilot)


async def test_resizing_keeps_the_line_that_is_read(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(140, 20)) as pilot:
        screen = await ready(pilot)
        await pilot.press("space")
        top = screen.article.current_paragraph
        await pilot.resize_terminal(70, 20)
        await wait_until(pilot, lambda: screen.has_class("-narrow"))
        assert screen.article.current_paragraph == top > 1


async def test_copying_a_paragraph_names_its_source(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("y")
        assert app.clipboard == f"{article.headline} — 2024-03-07, {article.url}"
        await wait_until(pilot, lambda: "Copied the headline" in seen(pilot), "the notice")
        await pilot.press("slash", *"fishermen", "enter", "y")
        assert app.clipboard == (
            f"{article.text(4)} — Ferry to Hollin Island stops on Friday, 2024-03-07, {article.url}, [4]"
        )
        await wait_until(pilot, lambda: "Copied paragraph 4" in seen(pilot), "the notice")


async def test_the_mouse_selects_whole_lines_of_prose(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.mouse_down(screen.article, offset=(10, 10))
        await pilot.hover(screen.article, offset=(60, 11))
        await pilot.mouse_up(screen.article, offset=(60, 11))
        await pilot.pause()
        selected = screen.get_selected_text() or ""
    assert selected
    assert "\n" not in selected
    assert " ".join(selected.split()) in article.text(3)


async def test_next_and_previous_article(open_app: OpenApp, article: Article) -> None:
    other = make_article("Bakers strike", ["No bread on Sunday."])
    async with open_app(article, other).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        assert "1 of 2" in seen(pilot)
        await pilot.press("right_square_bracket")
        await ready(pilot)
        assert "No bread on Sunday." in seen(pilot)
        assert screen.library.headlines.cursor == 1
        await pilot.press("left_square_bracket")
        assert "The ferry to Hollin Island will stop" in seen(pilot)


async def test_the_list_opens_with_enter_and_with_a_click(open_app: OpenApp, article: Article) -> None:
    other = make_article("Bakers strike", ["No bread on Sunday."])
    async with open_app(article, other).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert not screen.library.display
        await pilot.press("l", "down", "enter")
        assert "No bread on Sunday." in seen(pilot)
        assert not screen.library.display
        await pilot.press("l")
        await pilot.click(screen.library.headlines, offset=(5, 0))
        assert "The ferry to Hollin Island will stop" in seen(pilot)


def footer_parts(pilot: Pilot[Any]) -> set[str]:
    return {part.strip() for part in seen(pilot).splitlines()[-1].split("  ")}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_nothing_is_cut_off(open_app: OpenApp, article: Article, size: tuple[int, int]) -> None:
    async with open_app(article, make_article("Bakers strike", ["No bread."])).run_test(size=size) as pilot:
        screen = await ready(pilot)
        await ask(pilot, screen)
        await wait_until(pilot, lambda: not screen.panel.asking)
        await pilot.press("enter", "slash", *"board", "enter")
        assert screen.panel.at_hand is not None
        screen.panel.at_hand.focus()  # the pane in which most keys make sense
        shown = {"⏎ Show", "n Next", "c Citation", "l List", "? Help"}
        await wait_until(pilot, lambda: shown <= footer_parts(pilot), "the footer")
        footer = screen.query_one("Footer")
        assert footer.virtual_size.width <= size[0]
        assert screen.panel.question.region.bottom <= size[1] - 1
        assert all(len(line) <= size[0] for line in seen(pilot).splitlines())


async def test_the_theme_changes_by_key_and_by_setting(open_app: OpenApp, article: Article) -> None:
    app = open_app(article, appearance={"theme": "newsreader-light"})
    async with app.run_test() as pilot:
        await ready(pilot)
        assert not app.current_theme.dark
        await pilot.press("t")
        assert app.theme == "newsreader-dark"


async def test_a_theme_that_there_is_not_is_told(open_app: OpenApp, article: Article) -> None:
    async with open_app(article, appearance={"theme": "[red]sepia"}).run_test() as pilot:
        await ready(pilot)
        [notice] = pilot.app._notifications
        assert "No theme is called [red]sepia" in notice.message


async def test_the_help_lists_every_key(open_app: OpenApp, article: Article) -> None:
    from tui.keys import ALL

    async with open_app(article).run_test(size=(100, 160)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await pilot.pause(0.1)
        screen = seen(pilot)
        assert all(command.help in screen for section in ALL for command in section)
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1
        await pilot.press("question_mark")
        await pilot.click(offset=(1, 1))
        assert len(pilot.app.screen_stack) == 1


async def test_the_help_scrolls_as_an_article_does_and_names_the_filters(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: "One line down" in seen(pilot), "the help")
        await pilot.press("G")
        await wait_until(pilot, lambda: "tag:harbour" in seen(pilot) and "is:unread" in seen(pilot), "its end")
        await pilot.press("g")
        await wait_until(pilot, lambda: "One line down" in seen(pilot), "its top")


async def test_a_click_on_the_name_opens_the_palette(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.click("StatusLine", offset=(2, 0))
        await wait_until(pilot, lambda: len(pilot.app.screen_stack) == 2, "the palette")


async def test_a_key_that_is_pressed_before_the_panes_are_there_is_not_lost(
    open_app: OpenApp, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = OpeningScreen.compose

    def pressed(screen: OpeningScreen) -> ComposeResult:
        screen.app.post_message(events.Key("slash", "/"))
        yield from compose(screen)

    monkeypatch.setattr(OpeningScreen, "compose", pressed)
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await reading(pilot)
        await wait_until(pilot, lambda: screen.finder.has_class("-typing"), "the find bar")


async def test_the_palette_runs_commands(open_app: OpenApp, article: Article) -> None:
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("ctrl+p", *"find")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await wait_until(pilot, lambda: screen.finder.has_class("-typing"), "the find bar")


async def test_a_library_that_cannot_be_written_is_told(
    open_app: OpenApp, article: Article, settings: Settings
) -> None:
    settings.data_dir.write_text("a file where the folder should be")
    async with open_app(article).run_test(size=(120, 40)) as pilot:
        screen: Any = await reading(pilot)
        await wait_until(pilot, lambda: screen.status.trouble, "the trouble")
        assert "The library" in seen(pilot)
        assert "The ferry to Hollin Island will stop" in seen(pilot)
