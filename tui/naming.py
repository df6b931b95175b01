"""How articles and days are named in lists."""

from datetime import date

from models.article import Article


def brief_date(day: date | None) -> str:
    """Give a date as it stands in a list."""
    return f"{day.day} {day:%b %Y}" if day else "no date"


def source_name(article: Article) -> str:
    """Name an article where it is cited beside others; the date first, for a long headline is cut."""
    return f"{brief_date(article.published)} · {article.headline}"
