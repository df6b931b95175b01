"""Counts in sentences."""


def counted(count: int, noun: str) -> str:
    """Give a number of things in words: ``1 feed``, ``2 feeds``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
