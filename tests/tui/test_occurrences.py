"""The plot of where something occurs: in the part of the pane that stands for that part of the article."""

from textual.color import Color

from models.article import HEADLINE, Article
from tests.tui.conftest import OpenApp, make_article, ready, seen, span, the_script, wait_until
from tui.themes import DARK
from tui.widgets.article_lines import ArticleLines
from tui.widgets.marks import Place, Trail
from tui.widgets.occurrences import Occurrences


def plot(paragraphs: int, places: list[Place], height: int) -> Occurrences:
    lines = ArticleLines(Article.build("Headline", ["One line."] * paragraphs, origin="x"), 40)
    lines.extend(paragraphs)
    return Occurrences(Trail.of("x", places), lines, height)


def test_a_long_article_is_squeezed_into_the_pane() -> None:
    occurrences = plot(500, [Place(HEADLINE, 0, 1), Place(250, 0, 1), Place(500, 0, 1)], 20)
    assert "".join(map(occurrences.sign, range(20))) == "▎         ▎        ▎"
    assert occurrences.first(10) == Place(250, 0, 1)
    assert occurrences.first(11) is None


def test_a_short_article_has_its_signs_beside_its_lines() -> None:
    occurrences = plot(3, [Place(2, 0, 3)], 40)
    lines = ArticleLines(Article.build("Headline", ["One line."] * 3, origin="x"), 40)
    assert occurrences.sign(lines.row_of(2)) == "▎"


def test_the_more_the_longer() -> None:
    assert [plot(1, [Place(1, n, n + 1) for n in range(count)], 10).sign(4) for count in range(6)] == list(" ▎▌▊██")


async def test_the_plot_stands_beside_the_scroll_bar_and_can_be_clicked(open_app: OpenApp, article: Article) -> None:
    script = the_script(article)
    script["entities"][0]["mentions"].append(span(article, 40, "people"))
    async with open_app(article, script=script).run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert "▎" not in seen(pilot)
        await pilot.press("e", "enter", "escape", "g")
        await wait_until(pilot, lambda: seen(pilot).count("▎") == 3, "the plot")
        rows = [line.rstrip().endswith("▎") for line in seen(pilot).splitlines()]
        last = len(rows) - 1 - rows[::-1].index(True)
        await pilot.click(offset=(78, last))
        assert screen.article.trail.current is not None
        assert screen.article.trail.current.paragraph == 40
        await wait_until(pilot, lambda: "Sailing 40 of the timetable" in seen(pilot), "the last paragraph")


async def test_each_person_has_a_colour_and_is_underlined(open_app: OpenApp) -> None:
    article = make_article(texts=["Ann met Bob. Then Ann left, and Bob left."])
    people = [
        {"name": name, "type": "PERSON", "mentions": [span(article, 1, name), span(article, 1, f"{name} left")]}
        for name in ("Ann", "Bob")
    ]
    async with open_app(article, script={"entities": people}).run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        found = []
        for key in ("home", "end"):
            await pilot.press("e", key, "enter")
            marks = [
                segment.style
                for y in range(screen.article.size.height)
                for segment in screen.article.render_line(y)
                if segment.text.endswith("left") and segment.style
            ]
            assert [style.underline for style in marks] == [True]
            found += [style.bgcolor.get_truecolor() for style in marks if style.bgcolor]
            await pilot.press("escape")
        assert found == [Color.parse(DARK.variables[f"hue-{hue}-soft"]).rgb for hue in (0, 1)]
