"""The declaration of the commands: complete, without doubles, and remappable."""

from collections import Counter

from textual.binding import Binding
from textual.widgets import Static

from models.article import Article
from tests.tui.conftest import OpenApp, ready
from tui.keys import ALL, READER, bindings

TMUX_PREFIXES = {"ctrl+b", "ctrl+a"}


def test_every_command_has_an_id_of_its_own_and_words_for_it() -> None:
    commands = [command for section in ALL for command in section]
    assert not [name for name, count in Counter(command.id for command in commands).items() if count > 1]
    assert all(command.label and command.help and command.keys for command in commands)


def test_no_key_stands_for_two_things_at_once() -> None:
    keys = Counter(key for section in READER for command in section for key in command.keys.split(","))
    # Escape stops the answer while there is one, and goes back otherwise: check_action allows one of them at a time.
    assert [key for key, count in keys.items() if count > 1] == ["escape"]


def test_no_key_fights_tmux() -> None:
    keys = {key for section in ALL for command in section for key in command.keys.split(",")}
    assert not keys & TMUX_PREFIXES


def test_every_binding_can_be_remapped() -> None:
    assert all(isinstance(binding, Binding) and binding.id for binding in bindings(*ALL))


async def test_a_keymap_changes_what_a_key_does(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        app.set_keymap({"find": "question_mark", "help": "slash"})
        await pilot.press("question_mark")
        assert screen.finder.has_class("-typing")
        await pilot.press("escape", "slash")
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_the_help_lists_commands_that_have_the_same_keys(open_app: OpenApp, article: Article) -> None:
    app = open_app(article)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        app.set_keymap({"theme.toggle": "f9", "help": "f9"})
        await app.action_help()
        await pilot.pause()
        shown = [str(text.render()) for text in app.screen.query(".help-text").results(Static)]
        assert {"Show all keys", "Change between the light and the dark theme"} <= set(shown)
