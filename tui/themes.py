"""The app's own themes: quiet ink and paper, and one accent for what the reader acts on."""

from collections.abc import Sequence
from typing import Final

from textual.theme import Theme

DARK_HUES: Final = (
    ("#86b6e6", "#20364e"),
    ("#f0a0ba", "#4c2635"),
    ("#8fd08f", "#1f3d26"),
    ("#c4a8f2", "#382c53"),
    ("#6fd0c8", "#163c3b"),
    ("#c6d36c", "#343a15"),
)
LIGHT_HUES: Final = (
    ("#0f5499", "#d5e6f7"),
    ("#a3174f", "#fadbe6"),
    ("#1f6b2e", "#d3efd6"),
    ("#5b2d9e", "#e6dcf8"),
    ("#0a5f63", "#cdeeee"),
    ("#555b00", "#ecefc0"),
)
"""Colours that tell one name from another, each strong and soft: blue, rose, green, violet, teal, lime."""

HUES: Final = len(DARK_HUES)


def _hues(colours: Sequence[tuple[str, str]]) -> dict[str, str]:
    named = [(f"hue-{n}", f"hue-{n}-soft") for n in range(HUES)]
    return {
        name: colour
        for names, pair in zip(named, colours, strict=True)
        for name, colour in zip(names, pair, strict=True)
    }


DARK: Final = Theme(
    name="newsreader-dark",
    dark=True,
    background="#14171c",
    surface="#191d23",
    panel="#232830",
    foreground="#d9dce1",
    primary="#e3b062",
    accent="#e3b062",
    secondary="#86b6e6",
    success="#8cc28c",
    warning="#e3b062",
    error="#ec8a80",
    variables={
        "muted": "#949ba7",
        "faint": "#6b7380",
        "rule": "#2c323c",
        "cited": "#4a3a1c",
        "highlighted": "#33361a",
        "on-hue": "#10151b",
        **_hues(DARK_HUES),
        "footer-background": "#191d23",
        "footer-key-foreground": "#e3b062",
        "footer-description-foreground": "#949ba7",
        "block-cursor-background": "#2b323d",
        "block-cursor-foreground": "#f2f3f5",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#20252d",
        "block-cursor-blurred-foreground": "#d9dce1",
        "block-cursor-blurred-text-style": "none",
        "input-selection-background": "#e3b062 30%",
        "scrollbar": "#333a45",
        "scrollbar-hover": "#454e5b",
        "scrollbar-active": "#e3b062",
        "scrollbar-background": "#14171c",
        "scrollbar-background-hover": "#14171c",
        "scrollbar-background-active": "#14171c",
        "scrollbar-corner-color": "#14171c",
    },
)

LIGHT: Final = Theme(
    name="newsreader-light",
    dark=False,
    background="#fbf9f5",
    surface="#f3f0e9",
    panel="#e8e4da",
    foreground="#23272e",
    primary="#8a4b00",
    accent="#8a4b00",
    secondary="#0f5499",
    success="#2c6b2f",
    warning="#8a4b00",
    error="#a92a1f",
    variables={
        "muted": "#5c636e",
        "faint": "#767c86",
        "rule": "#d9d4c7",
        "cited": "#f6dfae",
        "highlighted": "#faf3a0",
        "on-hue": "#ffffff",
        **_hues(LIGHT_HUES),
        "footer-background": "#f3f0e9",
        "footer-key-foreground": "#8a4b00",
        "footer-description-foreground": "#5c636e",
        "block-cursor-background": "#e2dccd",
        "block-cursor-foreground": "#15181c",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#ece8de",
        "block-cursor-blurred-foreground": "#23272e",
        "block-cursor-blurred-text-style": "none",
        "input-selection-background": "#8a4b00 25%",
        "scrollbar": "#cfc9ba",
        "scrollbar-hover": "#b5ae9c",
        "scrollbar-active": "#8a4b00",
        "scrollbar-background": "#fbf9f5",
        "scrollbar-background-hover": "#fbf9f5",
        "scrollbar-background-active": "#fbf9f5",
        "scrollbar-corner-color": "#fbf9f5",
    },
)

OWN_VARIABLES: Final = ("muted", "faint", "rule", "cited", "highlighted", "on-hue", *_hues(DARK_HUES))


def fallback_variables(dark: bool) -> dict[str, str]:
    """Give our own colour names a value under a theme that is not ours."""
    theme = DARK if dark else LIGHT
    return {name: theme.variables[name] for name in OWN_VARIABLES}


def counterpart(name: str, dark: bool) -> str:
    """Give the theme to change to: our other one, or ours of the other shade where another theme is set."""
    if name == DARK.name:
        return LIGHT.name
    if name == LIGHT.name:
        return DARK.name
    return (LIGHT if dark else DARK).name
