import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.decoding import NotText, decode

GERMAN = "Größe und Maß: „Übermut tut selten gut“, sagte er. Das war am Montag in Köln, und alle hörten zu.\n" * 3
RUSSIAN = "Министр заявил, что переговоры завершились успешно и соглашение будет подписано в пятницу.\n" * 3


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_out_as_it_went_in(text: str) -> None:
    data = b"Headline\n" + text.encode()

    assert decode(data) == ("Headline\n" + text, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_unicode_is_known_by_its_mark_or_its_zeros(mark: bytes, encoding: str) -> None:
    assert decode(mark + GERMAN.encode(encoding)) == (GERMAN, ())


@pytest.mark.parametrize(("text", "encoding"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1251")])
def test_another_encoding_is_guessed_and_that_is_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert encoding in decoded.notices[0]
    assert "guess" in decoded.notices[0]


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="koi8-r"></head><p>Привет</p></html>'

    assert decode(page.encode("koi8-r")) == (page, ())


@pytest.mark.parametrize("declared", [b"hex", b"idna", b"undefined", b"no-such", b"unicode_escape", b"utf-16"])
def test_an_encoding_that_is_none_is_not_believed(declared: bytes) -> None:
    decoded = decode(b"<meta charset=" + declared + b"><p>caf\xe9, said the man, and left the place for good</p>")

    assert "café" in decoded.text


def test_damaged_utf8_is_read_and_the_places_counted() -> None:
    decoded = decode("Größe, Maß und Übermut\n".encode() + b"a\xffb \xc3")

    assert decoded.text == "Größe, Maß und Übermut\na\ufffdb \ufffd"
    assert decoded.notices == ("The file could not be decoded in 2 places, shown as \ufffd.",)


def test_a_replacement_character_that_was_written_is_no_damage() -> None:
    text = "It was \ufffd before, and “is” so — still"

    assert decode(text.encode()) == (text, ())


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\nsome words that look like text", "a PDF"),
        (b"PK\x03\x04" + b"word " * 100, "a ZIP archive or an office document"),
        (b"GGUF\x03\x00\x00\x00", "a model file"),
        (bytes(range(256)) * 20, "binary data"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "binary data"),
    ],
)
def test_data_is_told_from_text(data: bytes, what: str) -> None:
    with pytest.raises(NotText, match=what):
        decode(data)


def test_a_stray_zero_byte_makes_no_data_of_a_text() -> None:
    assert decode(b"word " * 100 + b"\x00").text.startswith("word word")


@given(st.binary())
def test_any_bytes_are_text_or_not(data: bytes) -> None:
    with contextlib.suppress(NotText):
        assert isinstance(decode(data).text, str)
