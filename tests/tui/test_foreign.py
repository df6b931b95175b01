"""What is shown never steers the terminal, and keeps its offsets."""

from hypothesis import given
from hypothesis import strategies as st

from tui.foreign import shown


@given(st.text())
def test_the_length_stays_and_no_control_character_is_left(text: str) -> None:
    safe = shown(text)
    assert len(safe) == len(text)
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in safe)


def test_direction_cannot_be_turned() -> None:
    assert shown("a\u202eb\u2066c\u200fd") == "a�b�c�d"


def test_markup_is_left_alone() -> None:
    assert shown("[bold]x[/foo] [1]") == "[bold]x[/foo] [1]"
