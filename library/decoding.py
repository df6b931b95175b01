"""Turns the bytes of a file into text, as well as can be, and says so where it was not certain."""

import codecs
import re
from typing import Final, NamedTuple

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

SAMPLE_BYTES: Final = 64 * 1024
"""How much of a file is looked at to tell text from data."""

CONTROL_SHARE: Final = 0.02
"""Control characters in a file of text, at most: random bytes hold 0.1, a program far more."""

DAMAGED_SHARE: Final = 0.1
"""Undecodable characters in a file of text, at most: beyond that, there is nothing to read in it."""

MOSTLY_ASCII: Final = 0.15
"""Up to this share of bytes beyond ASCII, too little stands there to guess an alphabet by: it is taken as Western."""

WESTERN: Final = "cp1252"
"""What a file of unknown encoding is taken for; browsers do the same (WHATWG Encoding Standard)."""

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_KNOWN_BEGINNINGS: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"GGUF", "a model file"),
)

_CHARSET: Final = re.compile(
    rb"<meta[^<>]{1,200}charset=[\"' ]?([\w-]+)|<\?xml[^<>]{1,200}encoding=[\"']([\w-]+)", re.I
)

_PAGE_ENCODINGS: Final = ("cp", "iso8859", "koi8", "mac", "tis", "big5", "gb", "euc", "shift", "iso2022")
"""How the names begin of those encodings, besides UTF-8 and UTF-16, that pages are written in."""

_CONTROLS: Final = bytes({*range(32), 127} - {*b"\t\n\r\f\x1b"})


class NotText(Exception):
    """The bytes are no text. The message names what they seem to be, to stand after "it is"."""


class Decoded(NamedTuple):
    """Text, and what the reader should be told about how it was decoded."""

    text: str
    notices: tuple[str, ...] = ()


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Decode ``data``, whatever its encoding. Raises ``NotText`` for binary data.

    ``charset`` is what its server calls the encoding: believed where the data neither tells nor is UTF-8.
    """
    for beginning, what in _KNOWN_BEGINNINGS:
        if data.startswith(beginning):
            raise NotText(what)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    if utf16 := _utf16_without_mark(data):
        return _lenient(data, utf16)
    sample = data[:SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > CONTROL_SHARE * len(sample):
        raise NotText("binary data")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_foreign(data, charset)


def _decode_foreign(data: bytes, charset: str | None) -> Decoded:
    """Decode what is no proper UTF-8: damaged UTF-8, or another encoding."""
    damaged = data.decode("utf-8", errors="replace")
    multibyte = len(re.findall(rf"[^\x00-\x7f{REPLACEMENT}]", damaged))
    if multibyte > damaged.count(REPLACEMENT):
        return _lenient(data, "utf-8")
    if declared := _declared(data) or _page_encoding(charset or ""):
        return _lenient(data, declared)
    encoding = _guess(data)
    text, notices = _lenient(data, encoding)
    return Decoded(text, (f"The file is not UTF-8; it was read as {encoding}, which is a guess.", *notices))


def _guess(data: bytes) -> str:
    beyond_ascii = len(data.translate(None, bytes(range(128))))
    if beyond_ascii <= MOSTLY_ASCII * len(data):
        return WESTERN
    from charset_normalizer import from_bytes  # late: hardly any file needs it

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    return best.encoding if best else WESTERN


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count(REPLACEMENT)
    if encoding.startswith("utf-8"):
        lost -= data.count(REPLACEMENT.encode())  # those that were written so
    if lost > DAMAGED_SHARE * len(text):
        raise NotText("binary data")
    if not lost:
        return Decoded(text)
    places = "1 place" if lost == 1 else f"{lost} places"
    return Decoded(text, (f"The file could not be decoded in {places}, shown as {REPLACEMENT}.",))


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by its zero bytes, which stand at every other place wherever the text is mostly ASCII."""
    sample = data[:SAMPLE_BYTES]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """Give the encoding that an HTML page or an XML document says it is in, if it is one and Python knows it."""
    found = _CHARSET.search(data[:SAMPLE_BYTES])
    return _page_encoding((found[1] or found[2]).decode()) if found else None


def _page_encoding(name: str) -> str | None:
    """Give the encoding of a name, if pages are written in it."""
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if not encoding.startswith(_PAGE_ENCODINGS):
        return None
    return WESTERN if encoding == "iso8859-1" else encoding  # as browsers do
