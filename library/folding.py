"""Text without case and accents, which nobody types to find something."""

from unicodedata import combining, normalize


def folded(text: str) -> str:
    """Give a text without case and accents."""
    return "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char))
