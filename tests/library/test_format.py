import time

import pytest

from library.format import Format, format_of


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("<!DOCTYPE html><p>Text", "", Format.HTML),
        ('<?xml version="1.0"?>\n<!-- one -- > -->\n<!---->\n<HTML lang="en">', ".txt", Format.HTML),
        ("<!-- not closed <html>", "", Format.PLAIN),
        ("A fragment with <b>bold</b> words", ".html", Format.HTML),
        ("A text about <b>bold</b> words", ".txt", Format.PLAIN),
        ("# Bridge closed\n\nIt is closed.", "", Format.MARKDOWN),
        ("# Bridge closed\n\nIt is closed.", ".txt", Format.PLAIN),
        ("Bridge closed\n20240311\nIt is closed.", ".md", Format.PLAIN),
    ],
)
def test_the_format_is_told_by_the_text_and_the_name(text: str, suffix: str, expected: Format) -> None:
    assert format_of(text, suffix) is expected


@pytest.mark.parametrize(
    "text", ["<!---->" * 500 + "x", "<!--" * 1000, "<?xml" + " " * 4000, "<!-- -->  " * 400 + "<"], ids=range(4)
)
def test_no_text_takes_long(text: str) -> None:
    begin = time.perf_counter()
    assert format_of(text, "") is Format.PLAIN
    assert time.perf_counter() - begin < 1  # where each comment may end in several places, hours
