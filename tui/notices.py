"""What a reader should be told about an article before reading it."""

from entities.language import language_notice
from models.article import Article


def notices_of(article: Article) -> list[str]:
    """Give how the text was read, where that needs a word, and in which language it is, where that is not English."""
    language = language_notice(article)
    return [f"Note: {notice}" for notice in (*article.notices, *([language] if language else []))]
