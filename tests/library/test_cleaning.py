import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.cleaning import clean_text, display_name, one_line

HARMFUL = st.sampled_from(
    [
        "\x1b[31m",
        "\x1b]0;t\x07",
        "\x1b]8;;",
        "\x1bP",
        "\x1b\\",
        "\x1b",
        "[",
        "\x9b",
        "\x90",
        "\u202e",
        "\u200d",
        "\r",
        "\t",
    ]
)
FOREIGN = st.lists(HARMFUL | st.text(st.characters(), max_size=8)).map("".join)


def is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in "\u202a\u202e\u2066\u2069\u200b\ufeff"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("a\x1b[2Jb\x1b[?1049hc", "abc"),
        ("\x1b]0;title\x07seen", "seen"),
        ("\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;aGk=\x07", ""),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1b(Bplain\x1bc", "plain"),
        ("\x1b]no end of it", "no end of it"),
        ("\x1b]not\nover lines\x07", "not\nover lines"),
        ("say \x9d\x9b31mhi\x9c", "say 31mhi"),
        ("bell\x07 back\x08 nul\x00 del\x7f", "bell back nul del"),
        ("evil\u202etxt.exe\u2069", "eviltxt.exe"),
        ("zero\u200bwidth so\u00adft \ufefftag\U000e0041", "zerowidth soft tag"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb", "a   b"),
        ("page\fbreak\x85\u2028", "page break  "),
        ("lone \udc80", "lone \ufffd"),
        ("[bold]as it stands[/bold] [1]", "[bold]as it stands[/bold] [1]"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_text_between_wrongly_decoded_quotation_marks_is_kept() -> None:
    mojibake = "“Yes” and “no”".encode().decode("latin-1")

    assert "Yes" in clean_text(mojibake)
    assert " and " in clean_text(mojibake)


def test_joiners_stay_where_they_are_spelling() -> None:
    for spelled in ("می‌خواهم", "🙋🏼‍♀️", "क्‍ष"):
        assert clean_text(spelled) == spelled
    assert clean_text("pay\u200dpal \u200c") == "paypal "


@given(FOREIGN)
def test_no_control_character_gets_through(text: str) -> None:
    cleaned = clean_text(text)

    assert not [character for character in cleaned if is_control(character) and character != "\n"]
    assert clean_text(cleaned) == cleaned


@given(FOREIGN)
def test_a_line_is_one_line(text: str) -> None:
    line = one_line(text)

    assert line == " ".join(line.split())
    assert not [character for character in line if is_control(character)]


def test_a_long_name_keeps_both_ends() -> None:
    assert display_name("/a/" + "x" * 200 + "/story.txt", limit=20) == "/a/xxxxxxx…story.txt"
    assert display_name("a\nb\x1b[31m.txt") == "a b.txt"


@given(FOREIGN, st.integers(min_value=8, max_value=40))
def test_a_name_keeps_to_its_limit(name: str, limit: int) -> None:
    assert len(display_name(name, limit)) <= limit
