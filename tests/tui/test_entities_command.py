"""``newsreader entities``."""

from pathlib import Path

from tests.tui.command_line import HOLM, Run, lines_of


def test_entities_are_printed_a_line_an_article(run: Run, story: Path) -> None:
    [printed] = lines_of(run("entities", "--json", story).stdout)
    assert printed["article"] == "ferry.txt"
    [holm] = printed["entities"]
    assert holm["name"] == "Ida Holm"
    assert holm["mentions"] == HOLM["mentions"]
    assert holm["statements"] == []


def test_entities_are_printed_as_text(run: Run, story: Path) -> None:
    assert run("entities", story).stdout == "People: Ida Holm, Mayor (1)\n\n"
