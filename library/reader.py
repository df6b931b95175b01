"""Reads an article from a file, whatever its format, or says in plain words why it can't."""

import os
import select
import stat
import sys
from pathlib import Path
from typing import Final

from library.cleaning import clean_text, display_name
from library.decoding import NotText, decode
from library.format import Format, format_of
from library.parsed import Parsed
from library.plain_text import parse_plain_text
from models.article import Article

STANDARD_INPUT: Final = "-"
STANDARD_INPUT_NAME: Final = "standard input"

SIZE_LIMIT: Final = 10_000_000
"""Bytes of an article at the most; a thick novel has 3 million."""

LINE_LIMIT: Final = 200_000
PARAGRAPH_LIMIT: Final = 50_000
"""Lines and paragraphs of an article at the most; a thick novel has 70 thousand and 12 thousand."""

PIPE_PATIENCE_S: Final = 10.0
"""How long a named pipe may stay silent before it is given up."""

PIECE_BYTES: Final = 1024 * 1024
"""How much is read at once."""


class UnreadableArticle(Exception):
    """There is no article to be had from a path. The message says why, and what to do, in plain words."""


def read_article(path: str | Path) -> Article:
    """Read the article of a file, or of standard input where ``path`` is ``-``. It has at least one paragraph.

    Raises ``UnreadableArticle``.
    """
    data = read_bytes(path)
    if str(path) == STANDARD_INPUT:
        return article_from(data, name=STANDARD_INPUT_NAME, origin=STANDARD_INPUT_NAME)
    return article_from(data, name=display_name(path), origin=display_name(path, limit=4096), suffix=Path(path).suffix)


def read_bytes(path: str | Path) -> bytes:
    """Read a file, or standard input where ``path`` is ``-``: one byte beyond ``SIZE_LIMIT`` at the most.

    Raises ``UnreadableArticle``.
    """
    return _read_standard_input() if str(path) == STANDARD_INPUT else _read_file(Path(path), display_name(path))


def article_from(
    data: bytes, *, name: str, origin: str, suffix: str = "", charset: str | None = None, url: str | None = None
) -> Article:
    """Read the article in ``data``, which is called ``name`` and was found at ``origin``. Raises ``UnreadableArticle``.

    ``charset`` is what its server says of the encoding; ``url`` is its address, where that is known.
    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableArticle(too_large(name))
    try:
        text, notices = decode(data, charset)
    except NotText as error:
        raise UnreadableArticle(f"{name} can't be read: it is {error}, not text.") from error
    text = clean_text(text)
    if text.count("\n") > LINE_LIMIT:
        raise UnreadableArticle(_too_long(name, f"has more than {LINE_LIMIT:,} lines"))
    parsed = _parse(text, suffix)
    if len(parsed.paragraphs) + len(parsed.headings) > PARAGRAPH_LIMIT:
        raise UnreadableArticle(_too_long(name, f"has more than {PARAGRAPH_LIMIT:,} paragraphs"))
    if not parsed.paragraphs:
        what = "has a headline, but no text below it" if parsed.headline else "is empty: there is no text in it"
        raise UnreadableArticle(f"{name} {what}.")
    return Article.build(
        parsed.headline,
        parsed.paragraphs,
        published=parsed.published,
        url=url or parsed.url,
        origin=origin,
        byline=parsed.byline,
        headings=parsed.headings,
        notices=(*notices, *parsed.notices),
    )


def too_large(name: str) -> str:
    """Say that a file has more than ``SIZE_LIMIT``."""
    return _too_long(name, f"is larger than {SIZE_LIMIT // 1_000_000} MB")


def _too_long(name: str, how: str) -> str:
    return f"{name} {how}: more than an article. Split it, and open the parts."


def _parse(text: str, suffix: str) -> Parsed:
    # The other parsers are loaded late: nearly all articles are plain text, and that should open at once.
    match format_of(text, suffix):
        case Format.HTML:
            from library.html import parse_html

            return parse_html(text)
        case Format.MARKDOWN:
            from library.markdown import parse_markdown

            return parse_markdown(text)
        case Format.PLAIN:
            return parse_plain_text(text)


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise UnreadableArticle("There is no standard input. Name a file.")
    try:
        return sys.stdin.buffer.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise UnreadableArticle(f"Standard input can't be read: {error.strerror}.") from error


def _read_file(path: Path, name: str) -> bytes:
    """Read a regular file or a pipe, one byte beyond the limit at the most."""
    try:
        # Not blocking: opening a named pipe that nobody writes to would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
                return _read_bounded(descriptor, name)
        finally:
            os.close(descriptor)
    except FileNotFoundError as error:
        raise UnreadableArticle(f"There is no file {name}.") from error
    except PermissionError as error:
        raise UnreadableArticle(f"{name} can't be read: you have no permission to. See its owner and mode.") from error
    except OSError as error:
        raise UnreadableArticle(f"{name} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise UnreadableArticle(f"{name} can't be read: its name holds a zero byte.") from error
    if stat.S_ISDIR(mode):
        raise UnreadableArticle(f"{name} is a folder. Name the files in it, such as {name.rstrip('/')}/*.txt.")
    raise UnreadableArticle(f"{name} is a device or a socket, not a file of text.")


def _read_bounded(descriptor: int, name: str) -> bytes:
    ready = select.poll()
    ready.register(descriptor, select.POLLIN)
    data = bytearray()
    while len(data) <= SIZE_LIMIT:
        if not ready.poll(PIPE_PATIENCE_S * 1000):
            raise UnreadableArticle(
                f"{name} is a pipe, and nothing came out of it for {PIPE_PATIENCE_S:g} seconds. "
                "Start what writes to it first."
            )
        piece = os.read(descriptor, PIECE_BYTES)
        if not piece:
            break
        data += piece
    return bytes(data)
