"""Our themes can be read: contrast by WCAG 2.2."""

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.themes import DARK, HUES, LIGHT, counterpart

TEXT, SMALL = 7.0, 4.5
"""The contrast ratios of level AAA for running text, and of level AA for the rest."""


def contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        parts = [value / 255 for value in Color.parse(color).rgb]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_stands_out(theme: Theme) -> None:
    assert theme.background is not None
    assert theme.surface is not None
    assert theme.foreground is not None
    assert theme.accent is not None
    assert theme.error is not None
    colours = theme.variables
    soft = [colours[f"hue-{hue}-soft"] for hue in range(HUES)]
    for ground in (theme.background, theme.surface, colours["cited"], colours["highlighted"], *soft):
        assert contrast(theme.foreground, ground) >= TEXT
    for ground in (theme.background, theme.surface):
        assert contrast(theme.accent, ground) >= SMALL
        assert contrast(theme.error, ground) >= SMALL
        assert contrast(colours["muted"], ground) >= SMALL
    for hue in range(HUES):
        assert contrast(colours["on-hue"], colours[f"hue-{hue}"]) >= SMALL
        assert contrast(colours[f"hue-{hue}"], theme.background) >= SMALL


@pytest.mark.parametrize(
    ("name", "dark", "other"),
    [
        ("newsreader-dark", True, "newsreader-light"),
        ("newsreader-light", False, "newsreader-dark"),
        ("nord", True, "newsreader-light"),
        ("solarized-light", False, "newsreader-dark"),
    ],
)
def test_the_other_shade(name: str, dark: bool, other: str) -> None:
    assert counterpart(name, dark) == other
