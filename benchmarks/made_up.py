"""Articles of any length, for what depends on nothing but that."""

from typing import Final

from models.article import Article

SENTENCES: Final = (
    "The harbour board said on Monday that sailing {n} would leave at a quarter past six, weather permitting. ",
    "Fishermen offered {n} boats for the mail. ",
    "A spokeswoman for the island council called that a beginning, and asked for a bus over the causeway as well. ",
    "Nobody could say who would pay for it.",
)
"""Of a paragraph: some 300 characters, as in the news."""


def made_up(paragraphs: int, where: str) -> Article:
    """Make an article of so many paragraphs; ``where`` tells it from others of as many."""
    texts = [f"{where}, day {n}. " + "".join(SENTENCES).format(n=n) for n in range(paragraphs)]
    return Article.build(f"The timetable of {where}", texts, origin=f"{where}.txt")
