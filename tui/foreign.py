"""Foreign text made safe to show: what an article, a file name or a model writes never steers the terminal."""

from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_BIDIRECTIONAL: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
"""Characters that turn the direction of what follows them: they could make a quote read as its opposite."""

_SAFE: Final = dict.fromkeys((*range(32), *range(127, 160), *_BIDIRECTIONAL), REPLACEMENT) | {
    ord("\t"): " ",
    ord("\r"): " ",
    ord("\n"): " ",
}


def shown(text: str) -> str:
    """Give text of the same length without control characters, on one line, so that offsets into it stay right."""
    return text.translate(_SAFE)
